"""For whom an activity is: who that is now, how many, and whether somebody is of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.activities import EVERYBODY, Activity, Run
from core.domain.audience import Audience
from core.domain.errors import NotAllowed
from core.domain.network_result import CIRCLES, Baseline
from core.domain.segments import SEGMENTS, SegmentsResult
from core.kit.consent import personal
from core.kit.context import Context
from core.kit.words import tier_name

WEEK = 7  # days for which somebody is new


@dataclass(frozen=True, slots=True)
class Chosen:
    """For whom something is at a time, and how many of a circle or segment didn't agree to be known."""

    audience: Audience
    disagree: int = 0


async def chosen(context: Context, activity: Activity, at: datetime | None = None) -> Chosen:
    """Return for whom an activity is, now or at another time."""
    audience, at = activity.audience, at or context.now
    if not audience.circle and not audience.segment:
        return Chosen(audience.at(at))
    if audience.circle:
        there = await _circle(context, audience.circle)
        size = len(there)
    else:
        size, there = await _segment(context, audience.segment)
    agreed = await context.unit.members.who_agreed(there)
    return Chosen(audience.at(at, agreed), max(size - len(agreed), 0))


async def is_empty(context: Context, activity: Activity) -> bool:
    """Say whether an activity is for nobody now."""
    if activity.audience == EVERYBODY:
        return False
    audience = (await chosen(context, activity)).audience
    return await context.unit.pushes.size(context.community.id, audience, context.now) == 0


async def must_be_asked(context: Context, run: Run) -> None:
    """Raise NotAllowed where a run isn't for whoever asks, with whom it is for."""
    await must_be_for(context, run.activity, run.began_at)
    joined = run.activity.audience.joined
    if joined and joined not in await context.unit.activity_members.joined(await context.my_accounts()):
        raise NotAllowed("error-activity-join-first")


async def must_be_for(context: Context, activity: Activity, at: datetime | None = None) -> None:
    """Raise NotAllowed where an activity isn't for whoever asks at a time, be they in it or not."""
    audience, me = activity.audience, context.me
    if me.tier < audience.tier:
        tiers = context.community.settings.tiers
        name = tier_name(context.t, tiers[min(audience.tier, len(tiers) - 1)])
        raise NotAllowed("error-activity-tier", tier=name)
    since = (at or context.now) - timedelta(days=audience.newcomers)
    if audience.newcomers and (me.joined_at is None or me.joined_at < since):
        raise NotAllowed("error-activity-newcomers", days=audience.newcomers)
    if audience.circle and not (personal([me]) and me.id in await _circle(context, audience.circle)):
        raise NotAllowed("error-activity-circle")
    if audience.segment:
        _, there = await _segment(context, audience.segment)
        if not (personal([me]) and me.id in there):
            raise NotAllowed("error-activity-segment")


async def is_for(context: Context, activity: Activity) -> bool:
    """Say whether an activity is for whoever asks, be they in it or not."""
    try:
        await must_be_for(context, activity)
    except NotAllowed:
        return False
    return True


async def _circle(context: Context, circle: int) -> list[int]:
    """Return who is in a circle by the newest look at the network."""
    found = await context.unit.snapshots.newest(context.community.id, CIRCLES, Baseline)
    if found is None:
        return []
    pairs = zip(found.result.members, found.result.circle, strict=True)
    return [member for member, number in pairs if number == circle and member is not None]


async def _segment(context: Context, segment: str) -> tuple[int, list[int]]:
    """Return how many a segment has by the newest look for them, and who of it agreed to be known."""
    found = await context.unit.snapshots.newest(context.community.id, SEGMENTS, SegmentsResult)
    if found is None:
        return 0, []
    there = await context.unit.segments.members(context.community.id, found.result.month, segment)
    return next((each.size for each in found.result.segments if each.segment == segment), 0), there
