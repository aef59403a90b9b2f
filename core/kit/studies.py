"""Studies: what takes long to work out of a community, kept by day for commands to read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from core.domain.clock import day_number
from core.domain.message import Reply
from core.domain.people import served
from core.domain.schedule import Schedule
from core.domain.tasks import Task
from core.kit.context import Context
from core.kit.declare import DECLARED, TaskHandler, Work
from core.store.snapshots import Checkpoint, Snapshot
from core.store.tables.snapshots import KIND_LIMIT
from core.store.unit import Store, UnitOfWork

G = TypeVar("G")
R = TypeVar("R")
P = TypeVar("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a study loads with: `checkpoint` is what its last run left, None where that no longer holds.

    `position` is the last interaction that is in the roll-ups, `linked` a hash of which accounts belong to whom.
    """

    unit: UnitOfWork
    community_id: int
    now: datetime
    position: int
    linked: str
    version: int
    checkpoint: Checkpoint | None

    async def newest(self, kind: str, result: type[P], *, before: int | None = None) -> Snapshot[P] | None:
        """Return the newest of what the study kept, or the newest of an earlier day than `before`."""
        return await self.unit.snapshots.newest(self.community_id, kind, result, version=self.version, before=before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[R]):
    """What a study found; `beside` is kept under kinds of its own, `checkpoint` is for the next run.

    `rows` are for tables of the study's own: see `keeping`.
    """

    result: R
    beside: Mapping[str, Any] = field(default_factory=dict)
    rows: Any = None
    checkpoint: bytes = b""


Load = Callable[[Reading], Awaitable[G | None]]
Answer = Callable[[Context, R], Awaitable[Reply]]
Keep = Callable[[Context, Any], Awaitable[None]]


@dataclass(eq=False)
class Study(Generic[G, R]):
    """A study as declared; see `study`."""

    load: Load[G]
    kind: str
    compute: Callable[[G], Outcome[R]]
    result: type[R]
    version: int
    possible: Callable[[Context], Awaitable[bool]] | None
    counting: str
    nothing: str
    keep: Keep | None = None

    def keeping(self, keep: Keep) -> Keep:
        """Make `f(context, rows)` write an outcome's rows, without those who are gone meanwhile."""
        self.keep = keep
        return keep

    async def reading(self, unit: UnitOfWork, community_id: int, now: datetime, *, anew: bool = False) -> Reading:
        """Return what loading works with; with `anew` it counts everything."""
        linked = await unit.snapshots.linked(community_id)
        left = None if anew else await unit.snapshots.checkpoint(community_id, self.kind)
        # Earlier ties are others' where accounts were linked or parted since.
        holds = left is not None and left.version == self.version and left.linked == linked
        return Reading(
            unit=unit,
            community_id=community_id,
            now=now,
            position=await unit.rollups.position(community_id),
            linked=linked,
            version=self.version,
            checkpoint=left if holds else None,
        )

    async def run(self, context: Context, task: Task) -> Work | None:
        """Begin the run of a slot."""
        return await self.begin(context)

    async def begin(self, context: Context, answer: Answer[R] | None = None) -> Work | None:
        """Load, and return the work that is left, with what `answer` says of the result; None where there is none."""
        reading = await self.reading(context.unit, context.community.id, context.now)
        given = await self.load(reading)
        return None if given is None else self.work(reading, given, answer)

    def work(self, reading: Reading, given: G, answer: Answer[R] | None = None) -> Work:
        """Return the work of a run: to compute, to keep what was found, and to answer."""

        async def save(context: Context, outcome: Outcome[R]) -> Reply | None:
            result = await self._keep(context, outcome, reading)
            return None if answer is None else await answer(context, result)

        return Work(self.compute, given, save)

    async def anew(self, store: Store, community_id: int, now: datetime) -> R | None:
        """Return what a run over everything would find now, which isn't kept; None where there is nothing."""
        async with store.read() as unit:
            given = await self.load(await self.reading(unit, community_id, now, anew=True))
        return None if given is None else self.compute(given).result

    async def newest(self, context: Context) -> R | None:
        """Return the newest result, None where there is none that can be read."""
        kept = await context.unit.snapshots.newest(context.community.id, self.kind, self.result, version=self.version)
        return None if kept is None else kept.result

    async def beside(self, context: Context, kind: str, result: type[P]) -> P | None:
        """Return the newest of what was kept beside the results."""
        kept = await context.unit.snapshots.newest(context.community.id, kind, result, version=self.version)
        return None if kept is None else kept.result

    async def read(self, context: Context, command: str, answer: Answer[R], **options: Any) -> Reply | Work:
        """Return what `answer` says of the newest result; where there is none, once there is one."""
        if (found := await self.newest(context)) is not None:
            return await answer(context, found)
        if context.working:
            return await self.begin(context, answer) or Reply(context.t(self.nothing))
        if self.possible is not None and not await self.possible(context):
            return Reply(context.t(self.nothing))
        context.later(command, **options)
        return Reply(context.t(self.counting))

    async def _keep(self, context: Context, outcome: Outcome[R], reading: Reading) -> R:
        """Write down what was found, without those who were erased while it was computed."""
        unit, community_id, day = context.unit, context.community.id, day_number(context.now)
        parts = {self.kind: outcome.result, **outcome.beside}
        there = {member.id for member in await unit.members.who(community_id) if served(member)}
        gone = {each for part in parts.values() for each in getattr(part, "members", ())} - there
        kept = {kind: _without(part, gone) for kind, part in parts.items()}
        for kind, part in kept.items():
            await unit.snapshots.keep(community_id, Snapshot(kind, day, part, self.version))
        if self.keep is not None:
            await self.keep(context, outcome.rows)
        if not outcome.checkpoint or gone - {None} or await unit.snapshots.linked(community_id) != reading.linked:
            await unit.snapshots.drop_checkpoints([community_id], self.kind)
        else:
            left = Checkpoint(day, reading.position, reading.linked, self.version, outcome.checkpoint)
            await unit.snapshots.leave(community_id, self.kind, left)
        result: R = kept[self.kind]
        return result


def _without(part: Any, gone: Collection[int | None]) -> Any:
    """Return a result without these members; what has no `members` names nobody."""
    if not hasattr(part, "members"):
        return part
    return replace(part, members=tuple(None if each in gone else each for each in part.members))


def study(
    kind: str,
    schedule: Schedule,
    *,
    compute: Callable[[G], Outcome[R]],
    result: type[R],
    version: int = 1,
    possible: Callable[[Context], Awaitable[bool]] | None = None,
    counting: str = "study-counting",
    nothing: str = "study-nothing",
) -> Callable[[Load[G]], Study[G, R]]:
    """Make an async function that loads a study, run in each community when `schedule` says so.

    It only reads, and returns plain data, or None where there is nothing to work out. `compute`, a function of a
    module, works in another process. The `result`, a frozen dataclass, is kept by day under `kind`; members it names
    stand in `members` alone, as ids or None, and everything else says their places there: so they can be erased. A
    field that is added has a default; where a result says something else than before, raise `version`, and it is
    counted anew.
    Commands `read` the study. Before somebody waits for the first result `possible` may say that there can be none;
    `counting` and `nothing` are the keys of what they are told. Raise ValueError where `kind` has too many letters.
    """

    if len(kind) > KIND_LIMIT:
        raise ValueError(f"the kind {kind!r} is longer than {KIND_LIMIT} letters")

    def declare(load: Load[G]) -> Study[G, R]:
        made = Study(load, kind, compute, result, version, possible, counting, nothing)
        made.__module__, made.__doc__ = load.__module__, load.__doc__  # as it is found where it is declared
        setattr(made, DECLARED, TaskHandler(f"{kind}_snapshot", made.run, schedule, heavy=True))
        return made

    return declare
