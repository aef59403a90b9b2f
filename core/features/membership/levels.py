"""Says that somebody reached a level: in the room where it happened, to them alone, or not at all."""

from __future__ import annotations

from core.domain.facts import LevelReached
from core.domain.outgoing import Outgoing
from core.domain.people import Notify, served
from core.domain.tiers import Tier
from core.kit import Happening, Markup, Texts, on
from core.kit.words import tier_name
from core.store.outbox import OutboxRow


@on(LevelReached)
def announce(happening: Happening, reached: LevelReached) -> None:
    """Announce a level where the community and the member want it."""
    where = _where(happening, reached)
    if where is Notify.OFF:
        return
    settings = happening.community.settings
    in_room = where is Notify.ROOM
    t = Texts(settings.language if in_room else reached.member.language or settings.language)
    outgoing = Outgoing(
        text=_words(t, reached, _opened(settings.tiers, reached), in_room=in_room),
        platform=happening.space.platform,
        space=happening.space.external_id,
        room=happening.room.external_id if in_room and happening.room else None,
        to=None if in_room else reached.account.external_id,
        private=not in_room,
        direct=not in_room,
        delete_after=settings.quiet_seconds if in_room else 0,
        locale=t.language,
    )
    account_id = None if in_room else reached.account.id
    happening.books.outbox.append(OutboxRow(outgoing, happening.community.id, account_id, kind="push"))


def _where(happening: Happening, reached: LevelReached) -> Notify:
    if not served(reached.member):
        return Notify.OFF
    wanted = {Notify(happening.community.settings.level_notice), reached.member.notify}
    if Notify.OFF in wanted:
        return Notify.OFF
    elsewhere = reached.account.platform != happening.space.platform
    if Notify.DIRECT in wanted or happening.direct:
        return Notify.OFF if elsewhere or reached.account.behind_bridge else Notify.DIRECT
    return Notify.ROOM


def _opened(tiers: tuple[Tier, ...], reached: LevelReached) -> Tier | None:
    """Return the highest tier whose level was reached just now and not before."""
    return next((tier for tier in reversed(tiers) if reached.old < tier.level <= reached.new), None)


def _words(t: Texts, reached: LevelReached, tier: Tier | None, *, in_room: bool) -> Markup:
    name = reached.member.name or t.plain("somebody")
    said = t("level-reached" if in_room else "level-reached-direct", name=name, level=reached.new)
    if tier is None:
        return said
    next_step = t("level-opens", tier=tier_name(t, tier), days=tier.days, benefits=tier.benefits or "none")
    return t("level-and-more", said=said, more=next_step)
