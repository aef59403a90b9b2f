"""Works out every day who ties the community together, for all commands that tell of it."""

from __future__ import annotations

from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.kit import Context, Work, task
from core.kit.network import known, work


@task(every=Daily("03:30"), heavy=True)
async def network_snapshot(context: Context, task: Task) -> Work | None:
    """Take a snapshot of the community graph."""
    given = await known(context.unit, context.community.id, context.now)
    return None if given is None else work(given)
