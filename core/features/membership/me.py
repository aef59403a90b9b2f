"""/me: a member's card, as a picture and one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from core.domain.message import Reply, escape
from core.domain.people import Member
from core.domain.pictures import Card
from core.domain.points import step, threshold
from core.kit import Context, command
from core.kit.consent import Service, personal, service
from core.kit.words import tier_name


@command()
async def me(context: Context, member: Member | None = None) -> Reply:
    """Show your card: level, tier, rank, streak and the last 30 days."""
    member = member or context.me
    shown = await service(context, member)
    if member.id != context.me.id and not personal([member]):
        shown = replace(shown, days=())  # on which days somebody was here is theirs to show
    card = _card(context, member, shown)
    parts = [f"{card.level_label} {card.level}", card.tier, card.rank, card.bar_label, _streak(context, member)]
    return Reply(escape(" · ".join(part for part in parts if part)), picture=card)


def _card(context: Context, member: Member, shown: Service) -> Card:
    t, tiers = context.t, context.community.settings.tiers
    done = member.earned - threshold(member.level)
    whole = step(member.level)
    place = shown.place
    return Card(
        name=member.name or t.plain("somebody"),
        level=member.level,
        level_label=t.plain("me-level"),
        progress=min(max(done / whole, 0.0), 1.0),
        points=t.plain("me-points", points=member.balance),
        bar_label=t.plain("me-to-next", missing=max(whole - done, 0), next=member.level + 1),
        tier=tier_name(t, tiers[min(member.tier, len(tiers) - 1)]),
        rank="" if place is None else t.plain("me-rank", rank=place.rank, of=shown.of),
        streak=_streak(context, member),
        days=shown.days,
        days_label=t.plain("me-days", present=shown.present, days=len(shown.days)) if shown.days else "",
    )


def _streak(context: Context, member: Member) -> str:
    """Return the streak in words, empty where there is none that still goes on."""
    yesterday = (date.fromisoformat(context.today) - timedelta(days=1)).isoformat()
    goes_on = member.checked_in_on is not None and member.checked_in_on >= yesterday
    return context.t.plain("me-streak", streak=member.streak) if goes_on and member.streak > 1 else ""
