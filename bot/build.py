"""The composition root: the one place that knows every part."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Any

import structlog

from bot.asking import Asking
from bot.deliver import Deliverer
from bot.intake import Intake
from bot.platforms import again
from bot.platforms.port import Platform
from core.domain.clock import Clock
from core.domain.events import Event
from core.domain.tasks import Lane
from core.engine import Engine, Registry, discover
from core.engine.roll_call import roll_call
from core.engine.seal import Sealer
from core.engine.till import missing
from core.store.unit import DatabaseDown, Store

ROLL, ROLL_AGAIN = 24 * 3_600.0, 60.0  # seconds until the next roll call, and where none was answered
UNTIL_UP = 1.0  # seconds between two looks whether a platform answers yet
_log = structlog.get_logger()


@dataclass(slots=True)
class House:
    """Kith, put together: run it, or drive it step by step."""

    store: Store
    clock: Clock
    registry: Registry
    engine: Engine
    intake: Intake
    platforms: dict[str, Platform]
    deliverers: dict[str, Deliverer]
    running: set[str] = field(default_factory=set)  # platforms that are at work

    async def run(self) -> None:
        """Run intake, deliveries and platforms until one of them ends or fails."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.intake.run())
            tasks.create_task(self.store.listen())
            for name, platform in self.platforms.items():
                delivering = tasks.create_task(self.deliverers[name].run())
                tasks.create_task(self._run(platform, delivering))

    async def run_answers(self) -> None:
        """Work out, until cancelled, what people asked for and could not be answered at once."""
        waiting = self.engine.tasks.waiting
        while True:
            waiting.clear()
            try:
                await self.engine.answer()
            except DatabaseDown as error:
                _log.warning("nobody can be answered: the database can't be reached", why=str(error).splitlines()[0])
            await self.store.bell.rung(waiting)

    async def _run(self, platform: Platform, delivering: asyncio.Task[None]) -> None:
        """Run a platform; at the end it goes last, since what is on its way arrives through it."""
        self.running.add(platform.name)
        calling = asyncio.create_task(self._call_the_roll(platform))
        running = asyncio.create_task(platform.run(self.intake))
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait({delivering})
            raise
        finally:
            for each in (calling, running):
                each.cancel()
            await asyncio.gather(calling, running, return_exceptions=True)
            self.running.discard(platform.name)

    async def _call_the_roll(self, platform: Platform) -> None:
        """Ask at the start, and once a day, who left and who paid, and nobody told."""
        while platform.pulse.worked_at is None:  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(UNTIL_UP)
        while True:
            try:
                gone = await roll_call(self.store, self.engine.rights, platform.name, self.clock.now)
                await self.intake.submit(gone or ())
                await self.reconcile(platform)
            except DatabaseDown:
                gone = None
            await asyncio.sleep(ROLL_AGAIN if gone is None else ROLL)

    async def reconcile(self, platform: Platform) -> None:
        """Book what a platform lists of payments and never told; where it doesn't answer nothing is changed."""
        try:
            async for listed in platform.transactions():
                async with self.store.read() as unit:
                    news = await missing(unit, listed)
                await self.intake.submit(news)
        except DatabaseDown:
            raise
        except Exception as error:
            _log.warning("payments could not be looked through", platform=platform.name, why=type(error).__name__)

    async def close(self) -> None:
        """Let go of the database and of whoever does heavy work."""
        if self.engine.executor is not None:
            self.engine.executor.shutdown(wait=False, cancel_futures=True)
        await self.store.close()


def build(
    store: Store,
    clock: Clock,
    sealer: Sealer,
    platforms: Sequence[Platform],
    registry: Registry | None = None,
    executor: Executor | None = None,
    public_address: str = "",
    *,
    fetch_private: bool = False,
) -> House:
    """Put Kith together from a database, a clock, keys and platforms; `executor` does the heavy work (else threads)."""
    named = {platform.name: platform for platform in platforms}
    asking = Asking(named)
    found = replace(registry or discover(), public_address=public_address, fetch_private=fetch_private)

    def translate(platform: str, raw: Any) -> Sequence[Event]:
        return again.translate(platform, raw, found.commands)

    ephemeral = frozenset(platform.name for platform in platforms if platform.capabilities.ephemeral)
    dialogs = frozenset(platform.name for platform in platforms if platform.capabilities.forms)
    apart = frozenset(platform.name for platform in platforms if platform.capabilities.answers_apart)
    engine = Engine(
        store,
        found,
        clock,
        sealer,
        asking.rights,
        ephemeral,
        dialogs,
        apart,
        inspect=asking.inspect,
        roles=asking.roles,
        translate=translate,
        fetch=asking.fetch_now,
        executor=executor,
    )
    engine.tasks.at_most[Lane.HEAVY] = getattr(executor, "at_once", 1)
    deliverers = {
        name: Deliverer(store, platform, clock, asyncio.Event(), asking.fetch) for name, platform in named.items()
    }
    for deliverer in deliverers.values():
        store.bell.hang("outbox", deliverer.waiting)
    return House(store, clock, found, engine, Intake(engine, lanes=store.writers), named, deliverers)
