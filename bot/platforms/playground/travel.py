"""Time in the playground: it runs as ever, and can be moved on with all that comes due in between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.build import House
from bot.platforms.playground.adapter import Playground
from bot.platforms.playground.life import Life
from bot.platforms.playground.scene import Change, Notice
from core.domain.clock import ShiftedClock

_DAY_STEP = timedelta(hours=1)
_LONG_STEP = timedelta(hours=6)
_LONG = timedelta(days=2)
_LEAST = timedelta(minutes=10)  # slots nearer to each other than this are run together
PULSE = 20.0  # seconds


class TimeMachine:
    """Move a playground's clock on step by step: people talk, jobs run, messages arrive when they are due."""

    def __init__(self, house: House, clock: ShiftedClock, playground: Playground, lives: Sequence[Life]) -> None:
        self._house = house
        self._clock = clock
        self._playground = playground
        self.lives = list(lives)
        self._lived_until = clock.now()
        self.standing_still = asyncio.Lock()  # whoever holds it knows that time doesn't move
        self.moving = False
        self._moved = asyncio.Event()

    async def advance(self, by: timedelta, step: timedelta | None = None) -> None:
        """Move time on by `by`, stopping at every `step` and each job's slot; whoever asks meanwhile waits."""
        async with self.standing_still:
            self.moving = True
            try:
                await self._live_until(self._clock.now() + by, step or (_LONG_STEP if by > _LONG else _DAY_STEP))
            finally:
                self.moving = False
        self._moved.set()
        self._tell()

    async def run(self) -> None:
        """Let time pass as it does, until cancelled; heavy work is done when time has come to rest."""
        while True:
            async with self.standing_still:
                await self._step(self._clock.now())
            self._tell()
            self._moved.clear()
            await self._house.engine.due()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), PULSE)

    async def _live_until(self, until: datetime, step: timedelta) -> None:
        for stop in self._stops(self._clock.now(), until, step):
            await self._step(stop)
            self._tell()
            await asyncio.sleep(0)

    async def _step(self, stop: datetime) -> None:
        """Bring everything to the moment `stop`."""
        self._clock.advance(max(stop - self._clock.now(), timedelta(0)))
        since, self._lived_until = self._lived_until, stop
        for life in self.lives:
            await life.live(since, stop)
        await self._house.engine.due(heavy=False)
        for deliverer in self._house.deliverers.values():
            await deliverer.drain()

    def _stops(self, since: datetime, until: datetime, step: timedelta) -> Iterator[datetime]:
        """Yield the moments to stop at: each slot of a job, and some in between; `until` is the last."""
        grid = [since + step * n for n in range(1, int((until - since) / step) + 1)]
        zones = {scene.timezone for scene in self._playground.scenes.values()}
        slots = {
            slot.at
            for job in self._house.registry.jobs
            if job.schedule is not None
            for zone in zones
            for at in [*grid, until]
            if (slot := job.schedule.last(at, zone)) is not None
        }
        last = since
        for stop in sorted({at for at in {*slots, *grid} if since < at < until}):
            if stop - last >= _LEAST or stop in slots:
                yield stop
                last = stop
        yield until

    def _tell(self) -> None:
        for scene in self._playground.scenes.values():
            scene.tell(Notice(Change.TIME))
