"""Does what is due: claims tasks lane by lane, holds on to them while it works, and settles each with what it wrote."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from concurrent.futures import BrokenExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from core.domain.clock import Clock
from core.domain.community import Community
from core.domain.tasks import ANSWER, NEWS, PLAN, Lane, Task
from core.engine.answers import Answers
from core.engine.news import Gathering, follow_tiers, roll_up
from core.engine.plans import plan
from core.engine.registry import Registry
from core.engine.settle import settle
from core.kit.context import Context
from core.kit.declare import Again, TaskHandler, Work
from core.kit.planning import plan_next
from core.kit.texts import Texts
from core.store.tasks import LEASE, TRIES, Lost, lease
from core.store.unit import DatabaseDown, Store, UnitOfWork

AT_MOST = {Lane.ANSWER: 4, Lane.NEWS: 2, Lane.LIGHT: 4, Lane.HEAVY: 1}  # at once, by one process
_ONCE_BEGUN = (Lane.ANSWER, Lane.LIGHT, Lane.NEWS, Lane.HEAVY)  # light tasks bring news: one look does for all of them
BACK = timedelta(minutes=1)  # by which a clock that went back moves what is planned
Heavy = Callable[[Work], Awaitable[Any]]  # computes outside the event loop
_log = structlog.get_logger()


@dataclass(slots=True)
class Tasks:
    """Run the tasks of a store: `begin` what is due and leave it to itself, or `drain` all of it in order."""

    store: Store
    registry: Callable[[], Registry]
    clock: Clock
    erasure_hash: Callable[[str, str], str]
    heavy: Heavy
    answers: Answers
    gathering: Gathering
    waiting: asyncio.Event = field(default_factory=asyncio.Event)  # set when it is time to look
    at_most: dict[Lane, int] = field(default_factory=lambda: dict(AT_MOST))
    _planned_at: datetime | None = None
    _under_way: dict[asyncio.Task[None], Task] = field(default_factory=dict)

    async def begin(self) -> int:
        """Claim as much of what is due as there is room for, begin it and return how much that was."""
        await self._plan_all()
        room, mine = self._room()
        begun = 0
        async with self.store.read() as unit:
            seen = await unit.tasks.look(self.clock.now(), mine)
        for lane in sorted(seen):
            for task in await self._claimed(lane, room[lane], mine):
                running = asyncio.create_task(self._run_alone(task))
                self._under_way[running] = task
                running.add_done_callback(self._ended)
                begun += 1
        return begun

    def _room(self) -> tuple[dict[Lane, int], list[int]]:
        """Return how many more may be begun in each lane, and what is under way."""
        busy = Counter(task.lane for task in self._under_way.values())
        mine = [task.id for task in self._under_way.values()]
        return {lane: most - busy[lane] for lane, most in self.at_most.items()}, mine

    async def next_in(self) -> float:
        """Return the seconds until there may be something to begin; what ends or is written down rings before."""
        room, mine = self._room()
        now = self.clock.now()
        async with self.store.read() as unit:
            at = await unit.tasks.next_at([lane for lane, left in room.items() if left > 0], now, mine)
        return math.inf if at is None else (at - now).total_seconds()

    def _ended(self, running: asyncio.Task[None]) -> None:
        del self._under_way[running]
        self.waiting.set()

    async def _run_alone(self, task: Task) -> None:
        try:
            await self.run(task)
        except DatabaseDown:
            _log.warning("the database went away before it was marked what became of a task", action=task.action)

    async def stop(self) -> None:
        """Let go of what is under way, and give it back: whoever comes next begins it anew, at once."""
        for running in list(self._under_way):
            running.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def drain(self, lanes: Collection[Lane] = tuple(Lane)) -> int:
        """Do all that is due in these lanes, one after another, and return how much that was."""
        if set(lanes) != {Lane.ANSWER}:
            await self._plan_all()
        done = 0
        order = tuple(Lane)
        while True:
            async with self.store.read() as unit:
                seen = await unit.tasks.look(self.clock.now(), early=True) & set(lanes)
            lane = min(seen, key=order.index, default=None)
            if lane is Lane.LIGHT:
                order = _ONCE_BEGUN
            claimed = [] if lane is None else await self._claimed(lane, self.at_most[lane], early=True)
            if not claimed:
                return done
            for place, task in enumerate(claimed):
                try:
                    await self.run(task)
                except BaseException:
                    await self._release(claimed[place + 1 :])
                    raise
                done += 1

    async def _claimed(self, lane: Lane, room: int, mine: Collection[int] = (), *, early: bool = False) -> list[Task]:
        """Claim tasks; whoever is cancelled meanwhile gives back what they never got to see."""
        if room <= 0:
            return []
        claiming = asyncio.ensure_future(self._claim(lane, room, mine, early))
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            with suppress(DatabaseDown):
                await self._release(await claiming)
            raise

    async def _claim(self, lane: Lane, room: int, mine: Collection[int], early: bool) -> list[Task]:
        async with self.store.begin() as unit:
            return await unit.tasks.claim(lane, self.clock.now(), room, mine, early=early)

    async def _release(self, tasks: Iterable[Task]) -> None:
        with suppress(DatabaseDown):
            async with self.store.begin() as unit:
                for task in tasks:
                    await unit.tasks.release(task)

    async def _plan_all(self) -> None:
        """Plan every community at the first look, and where the clock went back: what waits would wait longer."""
        now, before = self.clock.now(), self._planned_at
        if before is None or now < before - BACK:
            async with self.store.read() as looking:
                behind = await looking.rollups.behind()
            async with self.store.begin() as unit:
                await unit.tasks.cancel_all(PLAN, now)
                await plan(unit, self.registry(), await unit.communities.all(), now)
                await unit.tasks.want(NEWS, behind)
        self._planned_at = now

    async def run(self, task: Task) -> None:
        """Do one claimed task, once: what it writes is committed with its end, or not at all."""
        async with self._holding(task):
            try:
                await self._do(task)
            except DatabaseDown:
                raise
            except asyncio.CancelledError:
                await self._release([task])
                raise
            except Lost:
                _log.warning("a task was taken over meanwhile: nothing was written", action=task.action)
            except Exception as error:
                if isinstance(error, BrokenExecutor):
                    _log.warning("task put back: whoever did it was killed", action=task.action)
                else:
                    _log.exception("task failed", action=task.action, community=task.community_id)
                await self._failed(task, type(error).__name__)

    @asynccontextmanager
    async def _holding(self, task: Task) -> AsyncIterator[None]:
        """Renew a claim meanwhile, so that it can be short: after a crash its task waits for it."""
        holding = asyncio.create_task(self._hold(task))
        try:
            yield
        finally:
            holding.cancel()

    async def _hold(self, task: Task) -> None:
        while True:
            await asyncio.sleep(lease(task.lane).total_seconds() / 3)
            with suppress(DatabaseDown):
                async with self.store.begin() as unit:
                    await unit.tasks.renew(task, self.clock.now())

    async def _do(self, task: Task) -> None:
        if task.attempts > TRIES:
            await self._give_up(task, "whoever did it was killed each time")
        elif task.action == ANSWER:
            await self.answers.work_out(task)
        elif task.action == PLAN:
            await self._plan(task)
        elif task.action == NEWS:
            await self._news(task)
        elif (handler := self.registry().tasks.get(task.action)) is None:
            await self._give_up(task, "nobody knows this action")
        else:
            await self._handle(task, handler)

    async def _plan(self, task: Task) -> None:
        async with self.store.begin() as unit:
            await unit.lock(task.community_id)
            await unit.tasks.settle(task)
            await plan(unit, self.registry(), [await unit.communities.get(task.community_id)], self.clock.now())

    async def _news(self, task: Task) -> None:
        """Roll up what came, and let what looks at news look: settled where batches of the community are kept out."""
        self.gathering.forget(task.community_id)
        await roll_up(self.store, task.community_id)
        for handler in self.registry().tasks.values():
            if handler.news:
                await self._look(task, handler)
        async with self.store.begin() as unit:
            await unit.lock(task.community_id)
            came = await unit.rollups.advance(task.community_id)
            await unit.tasks.settle(task)
            community = await unit.communities.get(task.community_id)
            if await follow_tiers(unit, community, self.clock.now()) or came:
                await unit.tasks.want(NEWS, [task.community_id])

    async def _look(self, task: Task, handler: TaskHandler) -> None:
        """Do one action on news; where it fails, what else there is to be done is done."""
        try:
            async with self.store.begin() as unit:
                await unit.lock(task.community_id)
                context = await self._context(unit, task)
                await handler.handler(context, task)
                await settle(unit, context, self.registry())
        except DatabaseDown:
            raise
        except Exception:
            _log.exception("task failed", action=handler.name, community=task.community_id)

    async def _handle(self, task: Task, handler: TaskHandler) -> None:
        schedule = task.schedule or (handler.every if not task.subject else None)
        now = self.clock.now()
        if schedule is not None and not task.progress and now - task.due_at > timedelta(hours=handler.catch_up):
            async with self.store.begin() as unit:  # too long past: what came since is looked for
                await unit.tasks.put_back(task, now - LEASE)
                await plan(unit, self.registry(), [await unit.communities.get(task.community_id)], now)
            return
        work, result = await self._first_half(task, handler) if handler.heavy else (None, None)
        async with self.store.begin() as unit:
            await unit.lock(task.community_id)
            context = await self._context(unit, task)
            outcome: Any = None
            if work is not None:
                outcome = await work.save(context, result)
            elif not handler.heavy:
                outcome = await handler.handler(context, task)
            news = handler.brings_news(context.facts, context.outbox)
            await settle(unit, context, self.registry())
            if isinstance(outcome, Again):
                await unit.tasks.go_on(task, outcome.progress, outcome.at or context.now)
            else:
                await self._next(unit, await unit.tasks.settle(task), context.community)
            if news:
                await unit.tasks.want(NEWS, [task.community_id])

    async def _first_half(self, task: Task, handler: TaskHandler) -> tuple[Work | None, Any]:
        """Read and compute, and return what is left to be written."""
        async with self.store.read() as unit:
            work = await handler.handler(await self._context(unit, task), task)
        if work is None:
            return None, None
        if not isinstance(work, Work):
            raise TypeError(f"{handler.name} is heavy, and returns no Work")
        return work, await self.heavy(work)

    async def _context(self, unit: UnitOfWork, task: Task) -> Context:
        community = await unit.communities.get(task.community_id)
        words = Texts(community.settings.language)
        known = self.registry()
        return Context(
            unit,
            self.clock.now(),
            community,
            words,
            erasure_hash=self.erasure_hash,
            kinds=known.kinds,
            fetch_private=known.fetch_private,
        )

    async def _failed(self, task: Task, why: str) -> None:
        """Let a task be tried again in a moment, three times in all."""
        if task.attempts >= TRIES:
            await self._give_up(task, why)
            return
        async with self.store.begin() as unit:
            await unit.tasks.put_back(task, self.clock.now())

    async def _give_up(self, task: Task, why: str) -> None:
        _log.error("task given up", action=task.action, community=task.community_id, why=why)
        with suppress(Lost):
            async with self.store.begin() as unit:
                community = await unit.communities.get(task.community_id)
                await self._next(unit, await unit.tasks.fail(task, why), community)

    async def _next(self, unit: UnitOfWork, task: Task, community: Community) -> None:
        """Plan the slot that follows, where a task comes again: by code, or by the schedule that it has."""
        handler = self.registry().tasks.get(task.action)
        schedule = task.schedule or (handler.every if handler is not None and not task.subject else None)
        if schedule is not None:
            after = max(self.clock.now(), task.due_at)
            await plan_next(unit, task, schedule, after, community.settings.timezone)
