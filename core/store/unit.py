"""The database and its unit of work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from functools import cached_property
from typing import TypeVar

import structlog
from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store import dialect, locks
from core.store.activities import Activities
from core.store.activity_members import ActivityMembers
from core.store.audit import AuditLog
from core.store.begun import begun
from core.store.bell import Bell
from core.store.benefits import Benefits
from core.store.bounties import Bounties
from core.store.buttons import Buttons
from core.store.cards import Cards
from core.store.catalogue import Catalogue
from core.store.communities import Communities
from core.store.counts import Counts
from core.store.dead_links import DeadLinks
from core.store.drafts import Drafts
from core.store.erasure import Erasure
from core.store.exposures import Exposures
from core.store.feeds import Feeds
from core.store.forecasts import Forecasts
from core.store.handover import Handover
from core.store.homework import Homework
from core.store.imports import Imports
from core.store.interactions import Interactions
from core.store.joining import Joining
from core.store.lately import Lately
from core.store.ledger import Ledger
from core.store.links import LinkCodes
from core.store.members import Members
from core.store.mirrors import Mirrors
from core.store.outbox import Outbox
from core.store.parked import Parked
from core.store.past import Past
from core.store.payments import Payments
from core.store.picks import Picks
from core.store.plans import Plans
from core.store.polarity import PolarityDays
from core.store.polls import Polls
from core.store.posts import Posts
from core.store.presences import Presences
from core.store.pushes import Pushes
from core.store.queue import Queue
from core.store.recommended import Recommended
from core.store.reminders import Reminders
from core.store.role_grants import RoleGrants
from core.store.rollups import Rollups
from core.store.segments import Segments
from core.store.snapshots import Snapshots
from core.store.staged import StagedCommunities, StagedInteractions, StagedMembers
from core.store.staged_entries import StagedEntries
from core.store.stages import Stage, Stages
from core.store.stays import StayRows
from core.store.surveys import Surveys
from core.store.tasks import Tasks
from core.store.uses import Uses

RETRY = 1.0  # seconds until a lost connection is replaced
PATIENCE = 24 * 60 * 60.0  # seconds for which an import waits for another
BREATH = 0.015  # seconds at least between two short transactions of an import: whoever waits looks every 3 ms
SHARE = 0.25  # of the time that one took, between it and the next: on a busy machine both get longer
_log = structlog.get_logger()
A = TypeVar("A")


class DatabaseDown(Exception):
    """Say that the database can't be reached now; nothing was written."""


def _part(aggregate: Callable[[AsyncConnection], A]) -> cached_property[A]:
    """Return an attribute of a unit of work: an aggregate, made when it is first wanted."""

    def made(unit: UnitOfWork) -> A:
        return aggregate(unit.connection)

    return cached_property(made)


class UnitOfWork:
    """Everything that one transaction reads and writes; one attribute for each aggregate."""

    activities = _part(Activities)
    activity_members = _part(ActivityMembers)
    audit = _part(AuditLog)
    benefits = _part(Benefits)
    bounties = _part(Bounties)
    buttons = _part(Buttons)
    cards = _part(Cards)
    catalogue = _part(Catalogue)
    communities = _part(Communities)
    dead_links = _part(DeadLinks)
    drafts = _part(Drafts)
    erasure = _part(Erasure)
    exposures = _part(Exposures)
    feeds = _part(Feeds)
    forecasts = _part(Forecasts)
    role_grants = _part(RoleGrants)
    handover = _part(Handover)
    homework = _part(Homework)
    imports = _part(Imports)
    interactions = _part(Interactions)
    joining = _part(Joining)
    lately = _part(Lately)
    ledger = _part(Ledger)
    links = _part(LinkCodes)
    members = _part(Members)
    mirrors = _part(Mirrors)
    parked = _part(Parked)
    past = _part(Past)
    payments = _part(Payments)
    plans = _part(Plans)
    picks = _part(Picks)
    polarity_days = _part(PolarityDays)
    polls = _part(Polls)
    posts = _part(Posts)
    presences = _part(Presences)
    pushes = _part(Pushes)
    queue = _part(Queue)
    counts = _part(Counts)
    recommended = _part(Recommended)
    reminders = _part(Reminders)
    rollups = _part(Rollups)
    segments = _part(Segments)
    snapshots = _part(Snapshots)
    staged_entries = _part(StagedEntries)
    stages = _part(Stages)
    stays = _part(StayRows)
    surveys = _part(Surveys)
    uses = _part(Uses)

    def __init__(self, connection: AsyncConnection, written: set[str] | None = None) -> None:
        self.connection = connection
        self.written: set[str] = set() if written is None else written  # tables for which somebody waits

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection, self.written)

    @cached_property
    def tasks(self) -> Tasks:
        return Tasks(self.connection, self.written)

    async def lock(self, *community_ids: int) -> None:
        """Hold these communities against other writers until the end."""
        await locks.lock_communities(self.connection, community_ids)


class StagedUnit(UnitOfWork):
    """A unit of work of an import under way: what is new is written on its stage, and nobody else sees it."""

    def __init__(self, connection: AsyncConnection, stage: Stage, written: set[str]) -> None:
        super().__init__(connection, written)
        self.stage = stage
        self.communities = StagedCommunities(connection, stage)
        self.interactions = StagedInteractions(connection)
        self.members = StagedMembers(connection, stage)


class Store:
    """A database, opened once for a process."""

    def __init__(self, url: str) -> None:
        self.url = dialect.normal_url(url)
        self.bell = Bell()
        self._engine = dialect.open_engine(url)
        self._open: set[asyncio.Future[AsyncConnection]] = set()
        self._all_back = asyncio.Event()
        self._all_back.set()
        # SQLite has one writer: in one process they queue here, fairly, rather than poll for the file.
        self._writer = asyncio.Lock() if self.url.startswith("sqlite") else nullcontext()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Open a unit of work that commits at its end; raise DatabaseDown where there is no database."""
        async with self._writer, self._connection(reading=False) as connection:
            unit = UnitOfWork(connection)
            yield unit
            if unit.written:
                await self.bell.tell(connection, unit.written)
        self.bell.ring(unit.written)

    async def listen(self) -> None:
        """Let the bell ring for what other processes write, until cancelled; a connection that is lost is replaced."""
        while True:
            try:
                with _told_away():
                    async with self._opened() as connection:
                        await self.bell.listen(connection)
            except DatabaseDown as error:
                _log.warning("other processes aren't heard for now", why=str(error).splitlines()[0])
            await asyncio.sleep(RETRY)

    @asynccontextmanager
    async def importing(self, patience: float = PATIENCE) -> AsyncIterator[None]:
        """Hold every other import back, without a transaction, once those before have ended.

        Raise ImportUnderWay where one hasn't within `patience` seconds.
        """
        if (database := self._engine.url.database) and self.kind == "SQLite":
            async with locks.lock_file(f"{database}-importing", patience) as held:
                if not held:
                    raise locks.ImportUnderWay
                yield
            return
        with _told_away():
            async with self._opened() as connection:
                if not await locks.lock_imports(connection, patience):
                    raise locks.ImportUnderWay
                try:
                    yield
                finally:
                    await locks.unlock_imports(connection)

    @asynccontextmanager
    async def begin_import(self) -> AsyncIterator[UnitOfWork]:
        """Open a unit of work as `begin` does, once every other import has ended, however long that takes."""
        async with self.importing(), self.begin() as unit:
            yield unit

    @asynccontextmanager
    async def begin_staged(self, stage: Stage) -> AsyncIterator[StagedUnit]:
        """Open a short unit of work of an import under way; whoever waits to write meanwhile comes next.

        Raise MeanwhileChanged where the import has no place any longer.
        """
        now = asyncio.get_running_loop().time
        async with self.begin() as unit:
            start = now()
            await unit.lock(stage.home, stage.community)
            await unit.stages.look_again(stage)
            yield StagedUnit(unit.connection, stage, unit.written)
        await self.let_in(now() - start)

    async def let_in(self, held: float = 0.0) -> None:
        """Let others write after a transaction of `held` seconds: processes on SQLite don't queue, but look again."""
        if self.kind == "SQLite":
            await asyncio.sleep(max(BREATH, held * SHARE))

    async def count_anew(self) -> None:
        """Tell the database's planner that much came in at once."""
        async with self.begin() as unit:
            await dialect.count_anew(unit.connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """Open a unit of work that only reads and never makes a writer wait."""
        async with self._connection(reading=True) as connection:
            yield UnitOfWork(connection)

    @asynccontextmanager
    async def _connection(self, *, reading: bool) -> AsyncIterator[AsyncConnection]:
        with _told_away():
            async with self._opened() as connection:
                await connection.execution_options(**{dialect.READING: reading})
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[AsyncConnection]:
        # A driver cancelled while it connects leaves a connection, and with SQLite a thread, that nobody closes.
        opening = begun(_started(self._engine.connect()))
        self._open.add(opening)
        self._all_back.clear()
        try:
            connection = await asyncio.shield(opening)
            yield connection
        finally:
            await asyncio.shield(begun(self._close_opened(opening)))

    async def _close_opened(self, opening: asyncio.Future[AsyncConnection]) -> None:
        try:
            await (await opening).close()
        except (OperationalError, InterfaceError):
            return  # it never opened: whoever asked for it is told so
        finally:
            self._open.discard(opening)
            if not self._open:
                self._all_back.set()

    async def ping(self) -> None:
        """Raise DatabaseDown unless the database answers."""
        async with self.read() as unit:
            await unit.connection.execute(text("SELECT 1"))

    @property
    def kind(self) -> str:
        """Return which database this is."""
        return "SQLite" if self.url.startswith("sqlite") else "PostgreSQL"

    @property
    def writers(self) -> int:
        """Return how many may well write at once: one to SQLite; elsewhere one computes while another is written."""
        return 1 if self.url.startswith("sqlite") else 2

    async def revision(self) -> str:
        """Return the migration at which the database stands."""
        async with self.read() as unit:
            found = await unit.connection.execute(text("SELECT version_num FROM alembic_version"))
            return str(found.scalar_one())

    async def empty_log(self) -> bool:
        """Let nothing that was erased remain beside the database; False where that must wait for somebody."""
        async with self._writer:
            return await dialect.empty_log(self._engine)

    async def close(self) -> None:
        """Let go of every connection, once those that are in use have come back."""
        await self._all_back.wait()
        await self._engine.dispose()


@contextmanager
def _told_away() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if (why := dialect.away(error)) is not None:
            raise DatabaseDown(why) from error
        raise


async def _started(connection: AsyncConnection) -> AsyncConnection:
    return await connection.start()
