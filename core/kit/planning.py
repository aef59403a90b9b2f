"""When what recurs comes next: the first slot that wasn't settled, unless one waits already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.domain.schedule import Schedule
from core.domain.tasks import Task
from core.store.unit import UnitOfWork

FURTHEST = 100  # slots that were settled already: a clock was ahead when they were


async def plan_next(unit: UnitOfWork, task: Task, schedule: Schedule, after: datetime, zone: str) -> None:
    """Write down the first slot of a task after an instant."""
    for _ in range(FURTHEST):
        slot = schedule.after(after, zone)
        if slot is None:
            return
        fresh = replace(task, slot=slot.name, due_at=slot.at, progress={}, id=0, attempts=0)
        if await unit.tasks.add([fresh]) or await unit.tasks.waits(*task.key):
            return
        after = slot.at
