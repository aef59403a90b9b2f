"""Time in the playground: it runs as ever, and can be moved on with all that comes due in between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise

from bot.build import House
from bot.platforms.playground.adapter import Playground
from bot.platforms.playground.scene import Change, Notice
from bot.sandbox.actors import Life
from core.domain.clock import ShiftedClock
from core.domain.schedule import Daily
from core.domain.tasks import Lane

# For how long time moves at once, and how often it stops on the way.
_STEPS = ((timedelta(days=2), timedelta(hours=1)), (timedelta(days=10), timedelta(hours=6)))
_LONG_STEP = timedelta(hours=24)
_LEAST = timedelta(minutes=10)  # stops nearer to each other than this are one
_NIGHT = timedelta(hours=1)  # the same of slots where time moves far: what a night holds is done at its end
_SHORT = timedelta(hours=4)
_LUNCH = Daily("13:00")  # when it stops in any case: a morning's run that is late by six hours is left out
PULSE = 20.0  # seconds
SETTLING = 3.0  # seconds before the first heavy work: whoever starts Kith wants to see the page


class TimeMachine:
    """Move a playground's clock on step by step: people talk, tasks are done, messages arrive when they are due."""

    def __init__(self, house: House, clock: ShiftedClock, playground: Playground, lives: Sequence[Life]) -> None:
        self._house = house
        self._clock = clock
        self._playground = playground
        self.lives = list(lives)
        self.lived_until = clock.now()
        self.standing_still = asyncio.Lock()  # whoever holds it knows that time doesn't move
        self.moving = False
        self._moved = asyncio.Event()
        self._far = False  # time moves far at once: people take part in no activities, which would take long

    async def advance(self, by: timedelta, step: timedelta | None = None) -> None:
        """Move time on by `by`, stopping at every `step` and each task's slot."""
        async with self.standing_still:
            self.moving = True
            try:
                await self._live_until(self._clock.now() + by, step or _step_for(by))
            finally:
                self.moving = False
        self._moved.set()
        self._tell()

    async def run(self) -> None:
        """Let time pass as it does, until cancelled; heavy work is done when time has come to rest."""
        await asyncio.sleep(SETTLING)
        while True:
            async with self.standing_still:
                await self._step(self._clock.now())
            self._tell()
            self._moved.clear()
            await self._house.engine.due()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), PULSE)

    async def _live_until(self, until: datetime, step: timedelta) -> None:
        self._far = step > _SHORT
        for stop, due in self._stops(self._clock.now(), until, step):
            while step <= _SHORT and (between := await self._something_at(stop)) is not None:
                await self._step(between)
            await self._step(stop, due=due)
            self._tell()
            await asyncio.sleep(0)

    async def _something_at(self, stop: datetime) -> datetime | None:
        """Return when up to `stop` a task is due, or people take part in an activity."""
        now = self._clock.now()
        async with self._house.store.read() as unit:
            planned = await unit.tasks.next_at([Lane.LIGHT], now)
        times = [at for at in (planned, *(life.joins_at() for life in self.lives)) if at is not None]
        return min((max(at, now + _LEAST) for at in times if max(at, now + _LEAST) <= stop), default=None)

    async def _step(self, stop: datetime, *, due: bool = True) -> None:
        """Bring everything to the moment `stop`; `due` does the tasks whose time has come."""
        await self._playground.answer_all()  # what was asked is answered before time moves on
        self._clock.advance(max(stop - self._clock.now(), timedelta(0)))
        since, self.lived_until = self.lived_until, stop
        done = [
            event
            for life in self.lives
            for event in (*life.live(since, stop), *(() if self._far else life.joins(stop)))
        ]
        await self._house.engine.accept(done)
        if due:
            await self._house.engine.due_but_heavy()
        for deliverer in self._house.deliverers.values():
            await deliverer.drain()

    def _stops(self, since: datetime, until: datetime, step: timedelta) -> Iterator[tuple[datetime, bool]]:
        """Yield the moments to stop at, and whether a task is due then: each slot, some in between, `until` last.

        Heavy tasks wait until time has come to rest.
        """
        grid = [since + step * n for n in range(1, int((until - since) / step) + 1)]
        zones = {life.scene.timezone for life in self.lives}
        slots = {
            slot.at
            for every in (*(each.every for each in self._house.registry.tasks.values() if not each.heavy), _LUNCH)
            if every is not None
            for zone in zones
            for at in [*grid, until]
            if (slot := every.last(at, zone)) is not None
        }
        apart = _NIGHT if step >= _LONG_STEP else timedelta(0)
        last, due = since, False
        for stop, after in pairwise([*sorted({at for at in {*slots, *grid} if since < at < until}), until]):
            due = due or stop in slots
            if after - stop > apart if due else stop - last >= _LEAST:
                yield stop, due
                last, due = stop, False
        yield until, True

    def _tell(self) -> None:
        for scene in self._playground.scenes.values():
            scene.tell(Notice(Change.TIME))


def _step_for(by: timedelta) -> timedelta:
    return next((step for longest, step in _STEPS if by <= longest), _LONG_STEP)
