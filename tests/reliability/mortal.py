"""A world that ends at each place where something is committed, once before and once after, and goes on as another."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from bot.build import build
from core.domain.events import Event
from core.domain.outgoing import Action, Receipt
from core.domain.tasks import Lane, Task
from core.engine.seal import Sealer
from core.store.outbox import Claimed
from core.store.tasks import LEASE, TRIES
from core.store.unit import Store, UnitOfWork
from tests.world.platform import FakePlatform
from tests.world.world import KEY, REGISTRY, World

Place = tuple[object, ...]


class Killed(BaseException):
    """The process ends here."""


class Knowing(FakePlatform):
    """Knows what it was told before, as where a nonce comes along: it does it once."""

    def __init__(self) -> None:
        super().__init__()
        self._receipts: dict[int, Receipt] = {}

    async def perform(self, letter_id: int, action: Action, image: bytes | None) -> Receipt:
        if letter_id not in self._receipts:
            self._receipts[letter_id] = await super().perform(letter_id, action, image)
        return self._receipts[letter_id]


class MortalWorld(World):
    """Ends, while it is `mortal`, at each place of each step where something is committed."""

    mortal = False
    step = 0  # of what is played

    def __init__(self, store: Store) -> None:
        super().__init__(store, Knowing())
        self.deaths: Counter[tuple[type, int]] = Counter()
        self.been: set[Place] = set()
        self._begin = store.begin
        self._start()
        store.begin = self._dying  # type: ignore[method-assign]

    @asynccontextmanager
    async def _dying(self) -> AsyncIterator[UnitOfWork]:
        place, about = self._where()
        async with self._begin() as unit:
            yield unit
            self._die("before", place, about)
        self._die("after", place, about)

    def _where(self) -> tuple[Place, Task | Claimed | None]:
        """Return who opens a unit of work, in which step, and the task or letter that it is about."""
        frame: FrameType | None = sys._getframe(3)
        called, about = [], None
        while frame is not None and not frame.f_code.co_filename.endswith("mortal.py"):
            called.append((frame.f_code.co_qualname, frame.f_lineno))
            there = (frame.f_locals.get(name) for name in ("task", "row"))
            about = about or next((each for each in there if isinstance(each, Task | Claimed)), None)
            frame = frame.f_back
        return (self.step, about and about.id, *called), about

    def _die(self, when: str, place: Place, about: Task | Claimed | None) -> None:
        if not self.mortal or (when, *place) in self.been:
            return
        if about is not None:
            # What a community does every night is tried elsewhere; what kills whoever does it each time is given up.
            if (isinstance(about, Task) and not about.subject) or self.deaths[type(about), about.id] >= TRIES - 1:
                return
            self.deaths[type(about), about.id] += 1
        self.been.add((when, *place))
        raise Killed

    def _start(self) -> None:
        """Begin as a new process does, on a platform that shows forms."""
        self.house = build(self.store, self.clock, Sealer([KEY]), list(self.platforms.values()), REGISTRY)
        self.engine = self.house.engine
        self.engine.dialogs = frozenset(self.platforms)

    async def _survived(self, what: Callable[[], Awaitable[Any]]) -> None:
        """Do something again and again, each time as a new process, until it is done."""
        while True:
            try:
                await what()
                return
            except Killed:
                self.clock.advance(LEASE + timedelta(seconds=1))
                self._start()

    async def hand_in(self, *events: Event) -> None:
        """Hand events in, which come again until they were acknowledged."""
        self.step += 1
        await self._survived(lambda: self.engine.accept(events))
        await self._survived(self.deliver)

    async def come_to(self, moment: datetime) -> None:
        """Let it be a time, and what is due by then be done."""
        self.step += 1
        self.clock.advance(max(timedelta(), moment - self.clock.now()))
        await self._survived(lambda: self.engine.tasks.drain((Lane.ANSWER, Lane.LIGHT)))
        await self._survived(self.deliver)
