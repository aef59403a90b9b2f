"""Brings what all adapters hand in to the engine: a batch is what waits when the last commit ends."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import structlog

from core.domain.events import Asked, Event
from core.engine import Accepted, Engine
from core.store.unit import DatabaseDown

PACE = 0.05  # seconds: how long one commit may take, for a command that comes meanwhile waits for it
LEAST, MOST = 50, 2_000  # events in a batch
LIMIT = 10_000  # events waiting; past that whoever hands in waits
_log = structlog.get_logger()


@dataclass(eq=False, slots=True)
class _Waiting:
    events: Sequence[Event]
    done: asyncio.Future[None]
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = len(self.events)


class Intake:
    """Group commit over all platforms; what holds a command or a pressed button goes ahead of the rest."""

    def __init__(self, engine: Engine, pause: float = 1.0) -> None:
        self._engine = engine
        self._pause = pause
        self._front: deque[tuple[Event, _Waiting]] = deque()
        self._back: deque[tuple[Event, _Waiting]] = deque()
        self._came = asyncio.Event()
        self._room = asyncio.Condition()
        self._size = 500
        self.down_since: float | None = None
        self.accepted = Accepted()

    @property
    def waiting(self) -> int:
        """Return how many events wait for their commit."""
        return len(self._front) + len(self._back)

    async def submit(self, events: Sequence[Event]) -> None:
        """Return when `events` are committed; wait while more than 10,000 are ahead of them."""
        if not events:
            return
        # What came with a command goes ahead with it: a message and the question after it keep their order.
        lane = self._front if any(isinstance(event, Asked) for event in events) else self._back
        async with self._room:
            await self._room.wait_for(lambda: len(lane) < LIMIT)
        waiting = _Waiting(events, asyncio.get_running_loop().create_future())
        lane.extend((event, waiting) for event in events)
        self._came.set()
        await waiting.done

    async def park(self, platform: str, key: str, space: str | None, raw: Any, reason: str) -> None:
        """Put aside what can't be translated; wait while there is no database."""
        while True:
            try:
                return await self._engine.park(platform, key, space, raw, reason)
            except DatabaseDown:
                await self._wait_for_database()

    async def run(self) -> None:
        """Commit batch after batch until cancelled."""
        while True:
            await self._came.wait()
            batch = self._take()
            if not batch:
                self._came.clear()
                continue
            began = perf_counter()
            await self._commit([event for event, _ in batch])
            self._adjust(len(batch), perf_counter() - began)
            for _, waiting in batch:
                waiting.left -= 1
                if waiting.left == 0 and not waiting.done.done():
                    waiting.done.set_result(None)
            async with self._room:
                self._room.notify_all()

    def _take(self) -> list[tuple[Event, _Waiting]]:
        lane = self._front or self._back
        return [lane.popleft() for _ in range(min(self._size, len(lane)))]

    def _adjust(self, size: int, seconds: float) -> None:
        """Move the batch towards what this machine commits within the pace; small batches tell nothing."""
        if size == self._size:
            wanted = int(size * PACE / max(seconds, 0.001))
            self._size = max(LEAST, min(MOST, (size + wanted) // 2))

    async def _commit(self, events: list[Event]) -> None:
        while True:
            try:
                self.accepted += await self._engine.accept(events)
            except DatabaseDown:
                await self._wait_for_database()
            else:
                if self.down_since is not None:
                    _log.info("database is back")
                    self.down_since = None
                return

    async def _wait_for_database(self) -> None:
        if self.down_since is None:
            self.down_since = asyncio.get_running_loop().time()
            _log.error("database can't be reached: waiting, nothing is acknowledged meanwhile")
        await asyncio.sleep(self._pause)
