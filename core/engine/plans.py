"""Plans what recurs: each action of each community has one slot that waits, wherever code, zones and clocks moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import islice

from core.domain.community import Community
from core.domain.schedule import Schedule, Slot
from core.domain.tasks import Task
from core.engine.registry import Registry
from core.kit.planning import FURTHEST
from core.store.tasks import Planned
from core.store.unit import UnitOfWork

Key = tuple[str, int, str]
MOVED = timedelta(days=3)  # by which a slot of one name may be due earlier than it was, in another zone


async def plan(unit: UnitOfWork, registry: Registry, communities: Sequence[Community], now: datetime) -> None:
    """Let one slot wait for each schedule of these communities.

    It is the newest one that came, where that is young enough to be made up for and wasn't settled; else the next.
    """
    handlers = {name: each for name, each in registry.tasks.items() if each.every is not None}
    since = now - MOVED - timedelta(hours=max((each.catch_up for each in registry.tasks.values()), default=0))
    homes = {each.id: each for each in communities}
    rows: dict[Key, list[Planned]] = defaultdict(list)
    for row in await unit.tasks.planned(list(handlers), now, since, list(homes)):
        rows[row.task.key].append(row)
    wanted: dict[Key, Task] = {}
    for name, handler in handlers.items():
        for community in communities:
            bare = Task(action=name, community_id=community.id, lane=handler.lane)
            wanted[bare.key] = replace(bare, schedule=handler.every)
    for key, some in rows.items():
        waiting = [row.task for row in some if not row.over and row.task.schedule is not None]
        if waiting and key not in wanted:
            wanted[key] = waiting[-1]
    slots = _slots(now)
    changes = [
        _change(task, rows[key], slots, homes[key[1]].settings.timezone, now, _catch_up(registry, task, now))
        for key, task in wanted.items()
    ]
    await _write(unit, registry, changes)


def _catch_up(registry: Registry, task: Task, now: datetime) -> datetime:
    """Return how old a slot may be that is still made up for."""
    handler = registry.tasks.get(task.action)
    return now - timedelta(hours=handler.catch_up if handler else 0)


Slots = Callable[[Schedule, str], Iterator[Slot]]
Change = tuple[Task | None, list[int], dict[int, datetime]]  # what is new, what goes, what is due at another time


def _slots(now: datetime) -> Slots:
    """Return how the slots of a schedule follow each other, from the newest that came on; found once for a zone."""

    @cache
    def first(schedule: Schedule, zone: str) -> tuple[Slot | None, Slot | None]:
        return schedule.last(now, zone), schedule.after(now, zone)

    def slots(schedule: Schedule, zone: str) -> Iterator[Slot]:
        last, following = first(schedule, zone)
        if last is not None:
            yield last
        while following is not None:
            yield following
            following = schedule.after(following.at, zone)

    return slots


def _change(task: Task, rows: Sequence[Planned], slots: Slots, zone: str, now: datetime, oldest: datetime) -> Change:
    schedule = task.schedule
    if schedule is None or any(row.held for row in rows if not row.over):
        return None, [], {}  # whoever is at it plans the next
    over = {row.task.slot for row in rows if row.over}
    waiting = {row.task.slot: row.task for row in rows if not row.over}
    first = min(waiting, default="") if task.id else ""  # nothing that people plan is due before they planned it
    free = (slot for slot in islice(slots(schedule, zone), FURTHEST) if slot.name not in over)
    slot = next((each for each in free if each.at > now or (each.at >= oldest and each.name >= first)), None)
    kept = waiting.pop(slot.name, None) if slot is not None else None
    gone = [each.id for each in waiting.values()]
    if slot is None:
        return None, gone, {}
    if kept is not None:
        return None, gone, {} if kept.due_at == slot.at else {kept.id: slot.at}
    return replace(task, slot=slot.name, due_at=slot.at, progress={}, id=0, attempts=0), gone, {}


async def _write(unit: UnitOfWork, registry: Registry, changes: Sequence[Change]) -> None:
    gone = [each for _, some, _ in changes for each in some]
    if gone:
        await unit.tasks.drop(gone)
    await unit.tasks.move({each: at for _, _, moved in changes for each, at in moved.items()})
    new = [task for task, _, _ in changes if task is not None]
    # What code declares it declares anew each time: only schedules that people made are written down.
    bare = [replace(task, schedule=None) if _by_code(registry, task) else task for task in new]
    for start in range(0, len(bare), 500):
        await unit.tasks.add(bare[start : start + 500])


def _by_code(registry: Registry, task: Task) -> bool:
    handler = registry.tasks.get(task.action)
    return task.subject == "" and handler is not None and handler.every is not None
