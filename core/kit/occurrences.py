"""When activities run next, in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.activities import Activity, Phase
from core.kit.context import Context
from core.kit.texts import Markup, Texts

_MOST = 200  # runs of one activity that are looked at


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


def said_time(context: Context, at: datetime, t: Texts | None = None) -> Markup:
    """Return a time in the community's zone as people write it."""
    local = at.astimezone(ZoneInfo(context.community.settings.timezone))
    return (t or context.t)("activity-time", day=context.said_day(at, t), time=f"{local:%H:%M}")
