"""A process of Kith's own that begins and ends runs, to be killed at a step of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bot.build import build
from core.domain.activities import HOURS, Run
from core.domain.clock import ManualClock
from core.domain.message import Reply
from core.domain.tasks import Lane
from core.engine import discover
from core.engine.seal import Sealer
from core.kit.activities import activity
from core.kit.context import Context
from core.store.unit import Store
from tests.reliability.child import nursery, running, stopping
from tests.world.platform import FakePlatform
from tests.world.world import KEY

STEPS = ("unclaimed", "beginning")
_nursery = nursery(__name__)


@contextmanager
def runner(url: str, now: datetime, stop: str = "") -> Iterator[tuple[BaseProcess, Connection]]:
    """Run a process that does what is due at `now` until nothing is; it stays at the step `stop` and tells so."""
    with running(_nursery, work, url, now, stop) as child:
        yield child


def work(url: str, now: datetime, stop: str, tell: Connection) -> None:
    """Do what is due, and tell that it is done."""
    asyncio.run(_work(url, now, stop, tell))


async def _work(url: str, now: datetime, stop: str, tell: Connection) -> None:
    step = stopping(stop, tell)

    @activity(fields=(HOURS,))
    async def slow(context: Context, run: Run) -> Reply:
        await step("beginning")
        return Reply("Now!")

    @slow.ending
    async def over(context: Context, run: Run) -> Reply:
        await step("ending")
        return Reply("Over.")

    store = Store(url)
    registry = replace(discover(), kinds={"slow": slow})
    house = build(store, ManualClock(now), Sealer([KEY]), [FakePlatform()], registry)
    await step("unclaimed")
    while True:
        begun = await house.engine.work()
        async with store.read() as unit:
            if not begun and Lane.LIGHT not in await unit.tasks.look(now):
                break
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    await house.close()
    tell.send("done")
