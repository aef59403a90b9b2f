"""What one member did in the last twelve weeks: for themself, and for moderators where they agreed.

Weeks are seven days (UTC) each, the last of them ending today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from core.domain.clock import day_number
from core.domain.errors import NotAllowed
from core.domain.message import Reply
from core.domain.people import Member
from core.domain.pictures import Chart, Series
from core.features.insight.days import said_day
from core.kit import Context, Markup
from core.kit.consent import deeds_of, personal, service
from core.kit.words import tier_name

WEEKS = 12
_WEEK = 7
SPAN = WEEKS * _WEEK


async def told(context: Context, member: Member) -> Reply:
    """Return a member's twelve weeks, for their asker alone; raise NotAllowed where they may not be looked at.

    Whoever asks of themself needs no more than to be served: messages and reactions stand there only for who agreed.
    """
    shown = await service(context, member, SPAN)
    own = member.id == context.me.id
    if not own and not personal([member]):
        raise NotAllowed("stats-member-counted", name=member.name or context.t.plain("somebody"))
    t, first = context.t, day_number(context.now) - SPAN + 1
    panels = {
        "days": _by_week((i, 1) for i, deeds in enumerate(shown.days) if deeds),
        "points": await _points(context, member, first),
    }
    if personal([member]):
        deeds = await deeds_of(context, member, SPAN)
        for name in ("messages", "reactions"):
            panels[name] = _by_week((day - first, done[name]) for day, done in deeds.items())
    whose = "own" if own else "other"
    name = member.name or t.plain("somebody")
    standing = _standing(context, member)
    days, weeks = sum(panels["days"]), sum(1 for each in panels["days"] if each)
    if not any(map(any, panels.values())):
        return Reply(Markup("\n".join([t("weeks-nothing", whose=whose, name=name), standing])), private=True)
    lines = [
        t("weeks-days", whose=whose, name=name, days=days, weeks=weeks),
        *(
            [t("weeks-deeds", messages=sum(panels["messages"]), reactions=sum(panels["reactions"]))]
            if "messages" in panels
            else []
        ),
        t("weeks-points", points=sum(panels["points"])),
        standing,
        *([] if "messages" in panels else [t("weeks-agree")]),
        t("stats-sees"),
    ]
    return Reply(Markup("\n".join(lines)), picture=_chart(context, name, whose, panels, standing), private=True)


def _chart(context: Context, name: str, whose: str, panels: dict[str, tuple[int, ...]], standing: str) -> Chart:
    t, today = context.t, day_number(context.now)
    best = max(range(WEEKS), key=lambda week: (panels["days"][week], week))
    begun = [said_day(context, today - SPAN + 1 + _WEEK * week, short=True) for week in range(WEEKS)]
    return Chart(
        title=t.plain(
            "weeks-title",
            whose=whose,
            name=name,
            days=panels["days"][best],
            sum=sum(panels["days"]),
            week=said_day(context, today - SPAN + 1 + _WEEK * best),
        ),
        foot=t.plain("weeks-foot", standing=standing, day=said_day(context, today)),
        kind="multiples",
        x=tuple(begun),
        series=tuple(
            Series(label=t.plain(f"weeks-{panel}-panel"), values=panels[panel])
            for panel in ("messages", "days", "reactions", "points")
            if panel in panels
        ),
        own_scales=True,
        # Each panel begins at nothing: a quiet week is no fall to the ground.
        least_span=float(max(map(max, panels.values()))),
        limits=(min(0, *panels["points"]), 1),
    )


def _standing(context: Context, member: Member) -> Markup:
    """Return level, tier and streak."""
    tiers = context.community.settings.tiers
    yesterday = (date.fromisoformat(context.today) - timedelta(days=1)).isoformat()
    goes_on = member.checked_in_on is not None and member.checked_in_on >= yesterday
    return context.t(
        "weeks-standing",
        level=member.level,
        tier=tier_name(context.t, tiers[min(member.tier, len(tiers) - 1)]),
        streak=member.streak if goes_on else 0,
    )


async def _points(context: Context, member: Member, first: int) -> tuple[int, ...]:
    since = datetime.fromtimestamp(first * 86_400, UTC)
    entries = await context.unit.ledger.earned_in(member.id, since, since + timedelta(days=SPAN))
    return _by_week((day_number(at) - first, earned) for at, earned in entries)


def _by_week(values: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Return sums by week of values by day from the first."""
    weeks = [0] * WEEKS
    for day, value in values:
        weeks[day // _WEEK] += value
    return tuple(weeks)
