"""Brings what all adapters hand in to the engine: a batch is what waits when the last commit ends."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import structlog

from core.domain.events import Asked, ButtonPressed, CommandCalled, Event
from core.domain.forms import Form
from core.domain.pulse import Pulse
from core.domain.stars import refusal
from core.engine import Accepted, Engine
from core.kit.suggesting import Suggestion
from core.kit.texts import Texts, language_of
from core.store.unit import DatabaseDown

PACE = 0.05  # seconds: how long one commit may take, for a command that comes meanwhile waits for it
SHARED_PACE = 0.04  # the same where several lanes commit: what they do comes in between
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


class _Lane:
    """A queue of spaces' events, and how many of them make a batch."""

    def __init__(self, pace: float) -> None:
        self._pace = pace
        self.front: deque[tuple[Event, _Waiting]] = deque()
        self.back: deque[tuple[Event, _Waiting]] = deque()
        self.came = asyncio.Event()
        self.size = 500

    def __len__(self) -> int:
        return len(self.front) + len(self.back)

    def take(self) -> list[tuple[Event, _Waiting]]:
        """Return the next batch, and drop it from the queue."""
        queue = self.front or self.back
        return [queue.popleft() for _ in range(min(self.size, len(queue)))]

    def adjust(self, size: int, seconds: float) -> None:
        """Move the batch towards what this machine commits within the pace; small batches tell nothing."""
        if size == self.size:
            wanted = int(size * self._pace / max(seconds, 0.001))
            self.size = max(LEAST, min(MOST, (size + wanted) // 2))


class Intake:
    """Group commit over all platforms; what holds a command or a pressed button goes ahead of the rest.

    Each of `lanes` commits the batches of its spaces in order, beside the others.
    """

    def __init__(self, engine: Engine, pause: float = 1.0, lanes: int = 1) -> None:
        self._engine = engine
        self._pause = pause
        self._lanes = [_Lane(PACE if lanes == 1 else SHARED_PACE) for _ in range(lanes)]
        self._lane_of: dict[str, _Lane] = {}
        self._room = asyncio.Condition()
        self.down_since: float | None = None
        self.accepted = Accepted()
        self.pulse = Pulse()

    @property
    def waiting(self) -> int:
        """Return how many events wait for their commit."""
        return sum(map(len, self._lanes))

    async def submit(self, events: Sequence[Event]) -> None:
        """Return when `events` are committed; wait while more than 10,000 are ahead of them."""
        if not events:
            return
        # What came with a command goes ahead with it: a message and the question after it keep their order.
        ahead = any(isinstance(event, Asked) for event in events)
        queues = {event.space: self._queue_of(event.space, ahead=ahead) for event in events}
        async with self._room:
            await self._room.wait_for(lambda: all(len(queue) < LIMIT for queue in queues.values()))
        waiting = _Waiting(events, asyncio.get_running_loop().create_future())
        for event in events:
            queues[event.space].append((event, waiting))
        for lane in self._lanes:
            lane.came.set()
        await waiting.done

    def _queue_of(self, space: str, *, ahead: bool) -> deque[tuple[Event, _Waiting]]:
        lane = self._lane_of.setdefault(space, self._lanes[len(self._lane_of) % len(self._lanes)])
        return lane.front if ahead else lane.back

    async def form(self, asked: ButtonPressed | CommandCalled, most: int) -> Form | None:
        """Return the form that a button or menu opens, at most so many fields; None for what is to be submitted."""
        try:
            return await self._engine.form(asked, most)
        except DatabaseDown:
            return None

    async def park(self, platform: str, key: str, space: str | None, raw: Any, reason: str) -> None:
        """Put aside what can't be translated; wait while there is no database."""
        while True:
            try:
                return await self._engine.park(platform, key, space, raw, reason)
            except DatabaseDown:
                await self._wait_for_database()

    async def suggest(self, call: CommandCalled, option: str) -> Sequence[Suggestion]:
        """Return what may be meant by an option of a command that somebody is typing; nothing without a database."""
        try:
            return await self._engine.suggest(call, option)
        except DatabaseDown:
            return ()

    def refusal(self, platform: str, person: str, payload: str, stars: int, locale: str | None) -> str | None:
        """Return why somebody can't pay so many Stars for an offer; None where they can."""
        engine = self._engine
        why = refusal(payload, platform, person, stars, engine.clock.now(), engine.sealer.hash)
        return None if why is None else Texts(language_of(locale)).plain(why)

    async def run(self) -> None:
        """Commit batch after batch until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for lane in self._lanes:
                tasks.create_task(self._empty(lane))

    async def _empty(self, lane: _Lane) -> None:
        while True:
            await lane.came.wait()
            batch = lane.take()
            if not batch:
                lane.came.clear()
                continue
            began = perf_counter()
            await self._commit([event for event, _ in batch])
            lane.adjust(len(batch), perf_counter() - began)
            for _, waiting in batch:
                waiting.left -= 1
                if waiting.left == 0 and not waiting.done.done():
                    waiting.done.set_result(None)
            async with self._room:
                self._room.notify_all()

    async def _commit(self, events: list[Event]) -> None:
        while True:
            try:
                self.accepted += await self._engine.accept(events)
            except DatabaseDown:
                await self._wait_for_database()
            else:
                self.pulse.worked(self._engine.clock.now())
                if self.down_since is not None:
                    _log.info("database is back")
                    self.down_since = None
                return

    async def _wait_for_database(self) -> None:
        self.pulse.failed(self._engine.clock.now(), "the database can't be reached")
        if self.down_since is None:
            self.down_since = asyncio.get_running_loop().time()
            _log.error("database can't be reached: waiting, nothing is acknowledged meanwhile")
        await asyncio.sleep(self._pause)
