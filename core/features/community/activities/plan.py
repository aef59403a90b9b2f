"""When activities run, in words, and which are too near each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.domain.activities import Activity
from core.domain.schedule import Daily, Monthly, Once, Weekly
from core.kit import Context, Markup
from core.kit.activities import ActivityKind
from core.kit.audience import chosen
from core.kit.occurrences import Occurrence, upcoming

NEAR = timedelta(hours=1)
AHEAD = timedelta(weeks=4)
_WEEKDAYS = {"mon", "tue", "wed", "thu", "fri"}


async def clash(context: Context, activity: Activity, others: Sequence[Activity]) -> Occurrence | None:
    """Return the first run of another activity within an hour of one of this activity's, in the same room."""
    same = [each for each in others if (each.space_id, each.room_id) == (activity.space_id, activity.room_id)]
    until = context.now + AHEAD
    mine = await upcoming(context, [activity], until)
    theirs = await upcoming(context, [each for each in same if each.id != activity.id], until + NEAR)
    return next((each for each in theirs if any(abs(each.at - my.at) < NEAR for my in mine)), None)


async def too_many(context: Context, activity: Activity, others: Sequence[Activity]) -> tuple[int, int] | None:
    """Return how often an activity and others together write to members directly in a week, and how many want less.

    None where nobody does, or the activity writes to nobody.
    """
    if not _writes(context, activity):
        return None
    writing = [each for each in others if each.id != activity.id and _writes(context, each)]
    until = context.now + timedelta(weeks=1)
    times = len(await upcoming(context, [activity, *writing], until))
    audience = (await chosen(context, activity)).audience
    count = await context.unit.pushes.wanting_less(context.community.id, audience, times, context.now)
    return (times, count) if count else None


def _writes(context: Context, activity: Activity) -> bool:
    kind: ActivityKind | None = context.kinds.get(activity.kind)
    return kind is not None and kind.values(activity.settings).get("tell") == "direct"


def said_schedule(context: Context, activity: Activity) -> Markup:
    """Return when an activity runs, in words."""
    t, schedule = context.t, activity.schedule
    if isinstance(schedule, Daily):
        return t("activity-when-daily", time=schedule.at)
    if isinstance(schedule, Weekly):
        days, _, at = schedule.at.partition(" ")
        if set(days.split(",")) == _WEEKDAYS and schedule.every == 1:
            return t("activity-when-weekdays", time=at)
        named = t.listed(t.weekday(day) for day in days.split(","))
        return t("activity-when-weekly", days=named, every=schedule.every, time=at)
    if isinstance(schedule, Monthly):
        number, *weekday, at = schedule.at.split()
        if weekday:
            return t("activity-when-monthly-weekday", number=number, day=t.weekday(weekday[0]), time=at)
        return t("activity-when-monthly", number=number, time=at)
    if isinstance(schedule, Once):
        day, _, at = schedule.at.partition(" ")
        today = date.fromisoformat(context.today)
        return t("activity-when-once", day=t.day(date.fromisoformat(day), today=today), time=at)
    raise TypeError(f"nobody can set up {type(schedule).__name__}")
