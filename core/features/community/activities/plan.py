"""When activities run next, in words and in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.activities import Activity, Phase
from core.domain.schedule import Daily, Monthly, Once, Weekly
from core.kit import Context, Markup, Texts

NEAR = timedelta(hours=1)
AHEAD = timedelta(weeks=4)
_MOST = 200  # runs of one activity that are looked at
_WEEKDAYS = {"mon", "tue", "wed", "thu", "fri"}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A run to come: of which activity, for which slot, and when."""

    activity: Activity
    slot: str
    at: datetime
    moved: bool = False


async def upcoming(context: Context, activities: Sequence[Activity], until: datetime) -> list[Occurrence]:
    """Return the runs to come of activities, in order of time; what was left out or moved is."""
    zone = context.community.settings.timezone
    found: list[Occurrence] = []
    for activity in activities:
        known = await context.unit.activities.runs_of(activity, tuple(Phase), _MOST)
        slots = {run.slot for run in known}
        found += [
            Occurrence(activity, run.slot, run.due_at, moved=True)
            for run in known
            if run.phase is Phase.MOVED and run.due_at > context.now
        ]
        slot = activity.schedule.after(context.now, zone)
        for _ in range(_MOST):
            if slot is None or slot.at > until:
                break
            if slot.name not in slots:
                found.append(Occurrence(activity, slot.name, slot.at))
            slot = activity.schedule.after(slot.at, zone)
    return sorted(found, key=lambda each: (each.at, each.activity.id))


async def next_of(context: Context, activity: Activity) -> Occurrence | None:
    """Return the next run of an activity within a year."""
    for ahead in (timedelta(days=8), timedelta(days=366)):
        if found := await upcoming(context, [activity], context.now + ahead):
            return found[0]
    return None


async def clash(context: Context, activity: Activity, others: Sequence[Activity]) -> Occurrence | None:
    """Return the first run of another activity within an hour of one of this activity's, in the same room."""
    same = [each for each in others if (each.space_id, each.room_id) == (activity.space_id, activity.room_id)]
    until = context.now + AHEAD
    mine = await upcoming(context, [activity], until)
    theirs = await upcoming(context, [each for each in same if each.id != activity.id], until + NEAR)
    return next((each for each in theirs if any(abs(each.at - my.at) < NEAR for my in mine)), None)


def said_time(context: Context, at: datetime, t: Texts | None = None) -> Markup:
    """Return a time in the community's zone as people write it."""
    local = at.astimezone(ZoneInfo(context.community.settings.timezone))
    return (t or context.t)("activity-time", day=context.said_day(at, t), time=f"{local:%H:%M}")


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
