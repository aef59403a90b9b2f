"""/tier: what each tier asks and gives, and how far one is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain.message import Reply
from core.domain.people import Member
from core.domain.tiers import GRACE, Tier
from core.kit import Context, Markup, command
from core.kit.consent import service
from core.kit.words import tier_name


@command()
async def tier(context: Context) -> Reply:
    """Show what each tier asks and gives, and how far you are."""
    member = context.me
    shown = await service(context, member)
    tiers = context.community.settings.tiers
    held = min(member.tier, len(tiers) - 1)
    parts = [_held(context, member, tiers[held], kept_until(tiers[held], shown.days, context.now))]
    if held + 1 < len(tiers):
        parts.append(_next(context, member, tiers[held + 1], shown.present))
    parts += [_line(context, each) for each in tiers]
    return Reply(Markup("\n".join(parts)))


def kept_until(tier: Tier, days: Sequence[int], now: datetime) -> datetime | None:
    """Return until when at least a tier is kept if nothing is done any more; None where it asks for no presence.

    `days` counts what was done on each of the last days, oldest first. A tier is warned of at the first look at which
    presence no longer suffices, and lost after the grace.
    """
    if tier.days == 0:
        return None
    gone = next((i for i in range(len(days) + 1) if sum(1 for count in days[i:] if count) < tier.days), len(days))
    return now + timedelta(days=gone) + GRACE


def _held(context: Context, member: Member, held: Tier, until: datetime | None) -> Markup:
    name = tier_name(context.t, held)
    if member.tier_grace_until is not None:
        day = context.said_day(member.tier_grace_until)
        return context.t("tier-grace", tier=name, day=day, level=held.level, days=held.days)
    if until is None:
        return context.t("tier-held", tier=name)
    day = context.said_day(until)
    return context.t("tier-held-until", tier=name, day=day)


def _next(context: Context, member: Member, following: Tier, present: int) -> Markup:
    return context.t(
        "tier-next",
        tier=tier_name(context.t, following),
        level=following.level,
        days=following.days,
        mine=member.level,
        present=present,
    )


def _line(context: Context, each: Tier) -> Markup:
    return context.t(
        "tier-line",
        tier=tier_name(context.t, each),
        level=each.level,
        days=each.days,
        benefits=each.benefits or "none",
    )
