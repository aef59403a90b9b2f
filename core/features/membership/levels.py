"""Says that somebody reached a level: in the room where it happened, to them alone, or not at all."""

from __future__ import annotations

from core.domain.facts import LevelReached
from core.domain.message import Reply
from core.domain.outgoing import Outgoing
from core.domain.people import Notify, served
from core.domain.tiers import Tier
from core.kit import Happened, Happening, Markup, Texts, after, on
from core.kit.pushing import push
from core.kit.words import tier_name
from core.store.outbox import OutboxRow
from core.store.unit import UnitOfWork


@on(LevelReached)
def announce(happening: Happening, reached: LevelReached) -> None:
    """Announce a level in the room, where the community and the member want it.

    A line in a room is written to nobody: the push gate has no say in it.
    """
    if _where(happening, reached) is not Notify.ROOM:
        return
    settings = happening.community.settings
    t = Texts(settings.language)
    outgoing = Outgoing(
        text=_words(t, reached, _opened(settings.tiers, reached), in_room=True),
        platform=happening.space.platform,
        space=happening.space.external_id,
        room=happening.room.external_id if happening.room else None,
        delete_after=settings.quiet_seconds,
        locale=t.language,
    )
    happening.books.outbox.append(OutboxRow(outgoing, happening.community.id, kind="push"))


@after(LevelReached)
async def congratulate(unit: UnitOfWork, happened: Happened[LevelReached]) -> None:
    """Say it to members alone who want it so."""
    for happening, reached in happened:
        if _where(happening, reached) is not Notify.DIRECT:
            continue
        settings = happening.community.settings
        t = Texts(reached.member.language or settings.language)
        said = Reply(_words(t, reached, _opened(settings.tiers, reached), in_room=False))
        pushed = await push(unit, happening.community, reached.member, said, happening.now)
        if isinstance(pushed, OutboxRow):
            happening.books.outbox.append(pushed)


def _where(happening: Happening, reached: LevelReached) -> Notify:
    if not served(reached.member):
        return Notify.OFF
    wanted = {Notify(happening.community.settings.level_notice), reached.member.notify}
    if Notify.OFF in wanted:
        return Notify.OFF
    return Notify.DIRECT if Notify.DIRECT in wanted or happening.direct else Notify.ROOM


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
