"""A process of Kith's own that says something to many, to be killed at a step of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.build import build
from core.domain.clock import ManualClock
from core.domain.outgoing import Outgoing
from core.engine.seal import Sealer
from core.kit import broadcasts
from core.store.outbox import Claimed
from core.store.pushes import Broadcast, Pushes
from core.store.unit import Store
from tests.reliability.child import nursery, running
from tests.world.platform import FakePlatform
from tests.world.world import KEY

PAGE = 3  # members that one unit of work looks at
STEPS = ("unfolding", "unfolded", "claimed", "performed", "settled")
_nursery = nursery(__name__)


@contextmanager
def runner(
    url: str, now: datetime, log: Path, *, idempotent: bool, stop: str = ""
) -> Iterator[tuple[BaseProcess, Connection]]:
    """Run a process that does and sends all that is due at `now`; it stays at the step `stop` and tells so.

    The platform writes into `log` what it shows to whom.
    """
    with running(_nursery, work, url, now, log, idempotent, stop) as child:
        yield child


def work(url: str, now: datetime, log: Path, idempotent: bool, stop: str, tell: Connection) -> None:
    """Do and send what is due."""
    asyncio.run(_work(url, now, log, idempotent, stop, tell))


class _Showing(FakePlatform):
    """Show messages in a file; what comes again under one number is shown once, where the platform can."""

    def __init__(self, log: Path, idempotent: bool) -> None:
        super().__init__()
        self.capabilities = replace(self.capabilities, idempotent_send=idempotent)
        self.log = log

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        line = f"{letter_id} {outgoing.to}\n"
        shown = self.log.read_text("utf-8") if self.log.exists() else ""
        if not (self.capabilities.idempotent_send and line in shown):
            with self.log.open("a", encoding="utf-8") as file:
                file.write(line)
        return f"sent-{letter_id}"


async def _work(url: str, now: datetime, log: Path, idempotent: bool, stop: str, tell: Connection) -> None:
    async def step(name: str) -> None:
        if name == stop:
            tell.send(name)
            await asyncio.Event().wait()

    broadcasts.PAGE = PAGE
    advance, pages = Pushes.advance, 0

    async def advancing(self: Pushes, changed: Broadcast, at: datetime) -> None:
        nonlocal pages
        pages += 1
        await advance(self, changed, at)
        if pages == 2:
            await step("unfolding")  # its messages are written down, and nothing of that is committed

    Pushes.advance = advancing  # type: ignore[method-assign]
    store = Store(url)
    house = build(store, ManualClock(now), Sealer([KEY]), [_Showing(log, idempotent)])
    await house.engine.due()
    await step("unfolded")
    deliverer = house.deliverers["fake"]
    claimed: list[Claimed] = await deliverer.claim()
    await step("claimed")
    for row in claimed:
        if stop == "performed":
            await deliverer._platform.perform(row.id, row.outgoing, None)
            await step("performed")
        await deliverer._settle(row)
        await step("settled")
    await deliverer.drain()
    await house.close()
