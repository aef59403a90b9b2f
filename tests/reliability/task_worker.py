"""A process of Kith's own that does tasks, to be killed at a step of them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bot.build import build
from core.domain.clock import ManualClock
from core.domain.tasks import Lane, Task
from core.engine.registry import Registry
from core.engine.seal import Sealer
from core.kit.context import Context
from core.kit.declare import TaskHandler
from core.store.unit import Store
from tests.reliability.child import nursery, running, stopping
from tests.world.platform import FakePlatform
from tests.world.world import KEY

STEPS = ("unclaimed", "begun", "written")
_nursery = nursery(__name__)


@contextmanager
def doer(url: str, now: datetime, stop: str = "") -> Iterator[tuple[BaseProcess, Connection]]:
    """Run a process that does what is due at `now` until nothing is; it stays at the step `stop` and tells so."""
    with running(_nursery, work, url, now, stop) as child:
        yield child


def work(url: str, now: datetime, stop: str, tell: Connection) -> None:
    """Do what is due, and tell how many tasks that were."""
    asyncio.run(_work(url, now, stop, tell))


async def _work(url: str, now: datetime, stop: str, tell: Connection) -> None:
    step = stopping(stop, tell)

    async def note(context: Context, task: Task) -> None:
        await step("begun")
        await context.record("noted", slot=task.slot, by=os.getpid())
        await step("written")

    registry = Registry({}, {}, {"note": TaskHandler("note", note)})
    store = Store(url)
    house = build(store, ManualClock(now), Sealer([KEY]), [FakePlatform()], registry)
    await step("unclaimed")
    done = 0
    while True:
        begun = await house.engine.work()
        done += begun
        async with store.read() as unit:
            if not begun and Lane.LIGHT not in await unit.tasks.look(now):
                break
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    await house.close()
    tell.send(done)
