"""When activities run next, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.domain.activities import Activity, Phase, starts_at
from core.kit.context import Context
from core.kit.effects import known_off
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
    """Return the runs to come of activities, in order of time; what was left out or moved is.

    So is what a trial leaves out, as soon as its blocks are drawn.
    """
    zone = context.community.settings.timezone
    found: list[Occurrence] = []
    for activity in activities:
        known = await context.unit.activities.runs_of(activity, tuple(Phase), _MOST)
        slots = {run.slot for run in known}
        is_off = await _known_off(context, activity)
        found += [
            Occurrence(activity, run.slot, run.due_at, moved=True)
            for run in known
            if run.phase is Phase.MOVED and run.due_at > context.now and not is_off(run.due_at)
        ]
        slot = activity.schedule.after(context.now, zone)
        for _ in range(_MOST):
            if slot is None or slot.at > until:
                break
            if slot.name not in slots and not is_off(slot.at):
                found.append(Occurrence(activity, slot.name, slot.at))
            slot = activity.schedule.after(slot.at, zone)
    return sorted(found, key=lambda each: (each.at, each.activity.id))


async def ahead(context: Context, activities: Sequence[Activity], until: datetime) -> list[Occurrence]:
    """Return what people can look forward to, in order of time: when it starts, announced already or not."""
    found = [
        replace(each, at=starts_at(_values(context, each.activity), each.at))
        for each in await upcoming(context, activities, until)
    ]
    announced = {each.id: each for each in activities}
    for run in await context.unit.activities.open_runs(context.community.id):
        if run.activity.id in announced:
            at = starts_at(_values(context, run.activity), run.due_at)
            found += [Occurrence(run.activity, run.slot, at)] if at > context.now else []
    return sorted((each for each in found if each.at <= until), key=lambda each: (each.at, each.activity.id))


async def next_of(context: Context, activity: Activity) -> Occurrence | None:
    """Return the next run of an activity within a year."""
    for ahead in (timedelta(days=8), timedelta(days=366)):
        if found := await upcoming(context, [activity], context.now + ahead):
            return found[0]
    return None


async def starts_next(context: Context, activity: Activity) -> Occurrence | None:
    """Return what people can look forward to next of an activity, within a year."""
    for until in (timedelta(days=8), timedelta(days=366)):
        if found := await ahead(context, [activity], context.now + until):
            return found[0]
    return None


async def _known_off(context: Context, activity: Activity) -> Callable[[datetime], bool]:
    kind = context.kinds.get(activity.kind)
    return (lambda at: False) if kind is None else await known_off(context, kind, activity)


def _values(context: Context, activity: Activity) -> Mapping[str, Any]:
    kind = context.kinds.get(activity.kind)
    return {} if kind is None else kind.values(activity.settings)


def said_time(context: Context, at: datetime, t: Texts | None = None) -> Markup:
    """Return a time in the community's zone as people write it."""
    local = at.astimezone(ZoneInfo(context.community.settings.timezone))
    return (t or context.t)("activity-time", day=context.said_day(at, t), time=f"{local:%H:%M}")
