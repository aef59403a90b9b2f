"""Takes batches of events: one unit of work each, committed before anything is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

import structlog

from core.domain.clock import Clock
from core.domain.errors import NotFound
from core.domain.events import (
    Asked,
    ButtonPressed,
    CommandCalled,
    Event,
    Finding,
    Role,
    people_of,
)
from core.domain.forms import Form
from core.domain.message import Attachment
from core.domain.pulse import Pulse
from core.domain.tasks import Lane
from core.engine.answers import Answers
from core.engine.batch import Batch, interactions_of
from core.engine.calls import Caller
from core.engine.entitling import entitle
from core.engine.housekeeping import keep_house
from core.engine.inquiry import DIRECT, AnyEvent, Inquiry, Inspection, RightsLookup, RolesLookup
from core.engine.news import Gathering
from core.engine.opening import opened, opened_by_menu
from core.engine.polls import Votes
from core.engine.reactions import follow_up, look_up, react
from core.engine.registry import Registry
from core.engine.seal import Sealer, ids_in
from core.engine.settle import conclude
from core.engine.suggestions import offered
from core.engine.talk import Talk
from core.engine.tasks import Tasks
from core.kit.declare import Work
from core.kit.suggesting import Suggestion
from core.store.bell import LOOKS
from core.store.parked import ParkedEvent
from core.store.unit import DatabaseDown, Store, UnitOfWork

HEAVY_TRIES = 2  # in a row, where the process that does heavy work is killed
Translation = Callable[[str, Any], Sequence[Event]]
Fetch = Callable[[Attachment, int], Awaitable[bytes]]  # raises KithError where the platform doesn't give it
BREATH = 50  # events that react before others may go on: a command waits for the loop at each of its statements
_log = structlog.get_logger()
by_platform = attrgetter("platform")


@dataclass(slots=True)
class Accepted:
    """What became of a batch: how many events were new, had come before, or were parked."""

    new: int = 0
    known: int = 0
    parked: int = 0

    def __add__(self, other: Accepted) -> Accepted:
        return Accepted(self.new + other.new, self.known + other.known, self.parked + other.parked)


class NotUnderstood(Exception):
    """Say that what was put aside as a platform sent it still can't be translated."""


def _nothing_known(platform: str, raw: Any) -> Sequence[Event]:
    raise LookupError(f"nobody reads what {platform} sent")


async def _nothing_lacks(platform: str, space: str) -> Sequence[Finding]:
    return ()


async def _no_files(attachment: Attachment, most: int) -> bytes:
    raise NotFound("error-file-gone", name=attachment.name)


async def _no_roles(platform: str, space: str, every: bool) -> Sequence[Role]:
    return ()


@dataclass(slots=True)
class Engine:
    """Run events, commands, buttons and tasks through the features.

    `rights` asks a platform what somebody may do in a space now: (platform, space, person) → Rights.
    `ephemeral` names the platforms that show a private reply in the room itself, `dialogs` those that show a form
    whole, `apart` those where answers in a room needn't wait for one another. `inspect` asks a platform what Kith lacks
    in a space, `roles` which roles it may give there, or every one: (platform, space) → findings, (platform, space,
    every) → roles. `translate` reads again what an adapter put aside as it came: (platform, raw) → events. `fetch` asks
    a platform for a file that it keeps, of at most so many bytes: (attachment, bytes) → content.
    """

    store: Store
    registry: Registry
    clock: Clock
    sealer: Sealer
    rights: RightsLookup
    ephemeral: frozenset[str] = frozenset()
    dialogs: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    inspect: Inspection = _nothing_lacks
    roles: RolesLookup = _no_roles
    translate: Translation = _nothing_known
    fetch: Fetch = _no_files
    executor: Executor | None = None  # where heavy work is done: threads of this process if none
    pulse: Pulse = field(default_factory=Pulse)  # of tasks
    worker: Pulse = field(default_factory=Pulse)
    tasks: Tasks = field(init=False)
    _gathering: Gathering = field(default_factory=Gathering)
    _talk: Talk = field(default_factory=Talk)

    def __post_init__(self) -> None:
        answers = Answers(self.store, self._caller, self.clock, self.heavy)
        self.tasks = Tasks(
            self.store,
            lambda: self.registry,
            self.clock,
            self.sealer.hash,
            self.heavy,
            answers,
            self._gathering,
        )
        self.store.bell.hang("tasks", self.tasks.waiting)

    async def accept(self, events: Sequence[Event]) -> Accepted:
        """Apply `events` in one unit of work; raise DatabaseDown, with nothing applied, where there is no database.

        Where the batch fails its events are tried one by one, and those that still fail are parked.
        """
        if not events:
            return Accepted()
        now = self.clock.now()
        known = await self._talk.with_drafts(self.store, events, self.dialogs)
        events = await self._informed([event for event in known if not self._talk.told_lately(event, now)])
        if not events:
            return Accepted()
        try:
            accepted = await self._apply(events)
        except DatabaseDown:
            raise
        except Exception:
            _log.exception("batch failed, trying its events one by one", events=len(events))
            accepted = Accepted()
            for event in events:
                accepted += await self._apply_or_park(event)
        return accepted

    async def form(self, event: ButtonPressed | CommandCalled, most: int) -> Form | None:
        """Return the form that a button or a menu opens, at most so many fields; see `opened`, `opened_by_menu`."""
        if isinstance(event, CommandCalled):
            async with self.store.begin() as unit:
                return await opened_by_menu(self._caller(unit), event, most)
        async with self.store.read() as unit:
            return await opened(self._caller(unit), event, most)

    async def _apply_or_park(self, event: Event) -> Accepted:
        try:
            return await self._apply([event])
        except DatabaseDown:
            raise
        except Exception as error:
            _log.exception("event parked", platform=event.platform, key=event.key)
            await self.park(event.platform, event.key, event.space, event, type(error).__name__)
            return Accepted(parked=1)

    async def park(self, platform: str, key: str, space: str | None, content: Any, reason: str) -> None:
        """Put aside, sealed, what can't be translated or applied."""
        ids = [each.id for each in people_of(content)] if isinstance(content, Event) else ids_in(content)
        people = {self.sealer.hash(platform, each) for each in ids}
        async with self.store.begin() as unit:
            await unit.parked.add(
                platform, key, space, self.sealer.seal(content), reason, self.clock.now(), people=people
            )

    async def suggest(self, call: CommandCalled, option: str) -> list[Suggestion]:
        """Return what may be meant by an option of a command that somebody is typing, best first, at most 25."""
        (asked,) = await self._informed([call])
        async with self.store.read() as unit:
            return await offered(self._caller(unit), asked, option)

    async def _informed(self, events: Sequence[AnyEvent]) -> list[AnyEvent]:
        return await Inquiry(self.store, self._caller, self.rights, self.inspect, self.roles).informed(events)

    async def _apply(self, events: Sequence[Event]) -> Accepted:
        accepted, now = Accepted(), self.clock.now()
        touched: set[int] = set()
        async with self.store.begin() as unit:
            # Each platform's events keep their order; by turns they would be as many small batches.
            for platform, some in groupby(sorted(events, key=by_platform), key=by_platform):
                accepted += await self._apply_platform(unit, platform, list(some), touched)
            gathers = await self._gathering.note(unit, touched, now)
        self._gathering.known(gathers, now)
        return accepted

    async def _apply_platform(
        self, unit: UnitOfWork, platform: str, events: list[Event], touched: set[int]
    ) -> Accepted:
        caller = self._caller(unit)
        votes = Votes(unit, platform)
        left = await entitle(unit, platform, self.sealer.hash, self.clock.now(), events)
        found = await votes.placed(left)
        placed = [await caller.place(event) if event.space == DIRECT else event for event in found]
        known_spaces = [event for event in placed if event is not None]
        batch = Batch(unit, platform, self.clock.now(), self.sealer.hash)
        fresh = await batch.load(known_spaces)
        if fresh:
            touched.update(batch.places.communities)
        await batch.places.follow(fresh)
        heard = self.registry.heard()
        pairs = [(batch.happening(event), event) for event in fresh]
        happened = [(here, event) for here, event in pairs if type(event) in heard and not here.left_out]
        await look_up(unit, self.registry, batch.books, happened)
        rows = [row for here, event in pairs for row in interactions_of(batch.people, here, event)]
        writing = asyncio.ensure_future(unit.interactions.add(rows, staging=batch.places.rarities.staging))
        try:
            for place, (here, event) in enumerate(pairs):
                if place % BREATH == 0:
                    await asyncio.sleep(0)  # sends the rows, and lets whoever waits for a command go on
                batch.whereabouts.note(here, event)
                if not here.left_out:
                    react(self.registry, here, event)
        finally:
            await writing
        await follow_up(unit, self.registry, happened)
        await votes.keep(batch, fresh)
        asked = [event for event in fresh if isinstance(event, Asked)]
        if alone := {event.actor.id for event in asked if event.direct and event.actor is not None}:
            await unit.members.open_chats(platform, alone, self.clock.now())
        await batch.close()
        await conclude(unit, self.registry, batch.books)
        await unit.outbox.add(batch.books.outbox, self.clock.now())
        for event in asked:
            await caller.answer(batch, event)
        await caller.finish()
        return Accepted(len(fresh), max(0, len(events) - len(fresh)))

    async def due(self) -> int:
        """Keep house, then do what is due now, one after another, and return how many tasks that were."""
        await self.keep_house()
        with self._told():
            return await self.tasks.drain()

    async def due_but_heavy(self) -> int:
        """Do what is due now but for heavy tasks, one after another, and return how many that were."""
        with self._told():
            return await self.tasks.drain([lane for lane in Lane if lane is not Lane.HEAVY])

    async def work(self) -> int:
        """Begin what is due now, beside what is under way, and return how many tasks that were."""
        with self._told():
            return await self.tasks.begin()

    async def work_on(self) -> None:
        """Begin what is due when it is due, until cancelled; what is under way then is given back."""
        waiting = self.tasks.waiting
        try:
            while True:
                waiting.clear()  # before looking: what is written down or ends meanwhile sets it again
                pause = LOOKS
                try:
                    await self.work()
                    pause = await self.tasks.next_in()
                except DatabaseDown as error:
                    _log.warning("nothing due can be done: the database can't be reached", why=_line(error))
                except Exception:
                    _log.exception("nothing due could be looked for")
                await self.store.bell.rung(waiting, pause)
        finally:
            await self.tasks.stop()

    async def keep_house(self) -> None:
        """Try again what an owner asked for, and forget what is old."""
        with self._told():
            async with self.store.read() as unit:
                wanted = await unit.parked.wanted()
            await self._retry(wanted)
            await keep_house(self.store, self.clock.now())

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.pulse.failed(self.clock.now(), type(error).__name__)
            raise
        self.pulse.worked(self.clock.now())

    async def answer(self) -> int:
        """Work out what people asked for and wait for, and return how many answers that were."""
        return await self.tasks.drain([Lane.ANSWER])

    async def heavy(self, work: Work) -> Any:
        """Compute `work` where it holds nothing up; raise BrokenExecutor where whoever does it is killed twice."""
        given = work.given if work.file is None else await self.fetch(work.file, work.most)
        for left in reversed(range(HEAVY_TRIES)):
            try:
                done = await asyncio.get_running_loop().run_in_executor(self.executor, work.compute, given)
            except BrokenExecutor:
                self.worker.failed(self.clock.now(), "the process that does heavy work was killed")
                if not left:
                    raise
                _log.warning("the process that does heavy work was killed: another begins anew")
            else:
                self.worker.worked(self.clock.now())
                return done
        raise AssertionError("the last try returns or raises")

    def _caller(self, unit: UnitOfWork) -> Caller:
        return Caller(unit, self.registry, self.clock.now(), self.sealer, self.ephemeral, self.dialogs, self.apart)

    async def retry_parked(self) -> Accepted:
        """Try parked events again; those that still fail stay parked."""
        async with self.store.read() as unit:
            waiting = await unit.parked.all()
        return await self._retry(waiting)

    async def _retry(self, waiting: Sequence[ParkedEvent]) -> Accepted:
        accepted = Accepted()
        for each in waiting:
            try:
                accepted += await self._apply(await self._informed(self._events_of(each)))
            except DatabaseDown:
                raise
            except Exception as error:
                _log.exception("event stays parked", platform=each.platform, key=each.event_key)
                accepted.parked += 1
                reason = each.reason if isinstance(error, NotUnderstood) else type(error).__name__
                async with self.store.begin() as unit:
                    await unit.parked.failed_again(each.id, reason)
                continue
            async with self.store.begin() as unit:
                await unit.parked.drop(each.id)
        return accepted

    def _events_of(self, parked: ParkedEvent) -> Sequence[Event]:
        """Return the event that was put aside, or those that an adapter now finds in what the platform sent."""
        content = self.sealer.open(parked.sealed)
        if isinstance(content, Event):
            return [content]
        try:
            return self.translate(parked.platform, content)
        except Exception as error:
            raise NotUnderstood from error


def _line(error: Exception) -> str:
    return str(error).splitlines()[0]
