"""Tasks: written down under UNIQUE(action, community, subject, slot), claimed for a while, settled once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from core.domain.schedule import schedule_from_json, schedule_to_json
from core.domain.tasks import AT_ONCE, GATHER, Lane, Task
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.base import Instant, spelled_out
from core.store.tables.tasks import tasks

LEASE = timedelta(seconds=60)  # whoever is at work renews it; after a crash another begins that late
PROMPT = timedelta(seconds=4)  # the same where somebody waits
PAUSE = timedelta(seconds=20)  # until what went wrong is tried again
TRIES = 3
_WAITING = spelled_out(tasks.c.state, "waiting")


class Lost(Exception):
    """Say that a claim isn't ours any more: whatever was done for it must not be written."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A task as it stands: `held` while somebody is at it, `over` when it was settled."""

    task: Task
    held: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A task that was given up, and why."""

    id: int
    action: str
    community_id: int
    subject: str
    slot: str
    due_at: datetime
    why: str


class Tasks(Aggregate):
    """Write, claim and settle tasks."""

    async def add(self, wanted: Iterable[Task]) -> set[int]:
        """Write tasks down; return the communities of those that were new."""
        if not (rows := [_row(each) for each in wanted]):
            return set()
        new = dialect.insert_new(self._connection, tasks).returning(tasks.c.community_id)
        if added := set((await self._connection.execute(new, rows)).scalars()):
            self._written.add(tasks.name)
        return added

    async def want(self, action: str, community_ids: Iterable[int], due_at: datetime = AT_ONCE) -> set[int]:
        """Let an action wait once for each community, and return those where it didn't yet."""
        lane = Lane.NEWS
        return await self.add(
            Task(action=action, community_id=each, due_at=due_at, lane=lane) for each in sorted(community_ids)
        )

    async def look(self, now: datetime, mine: Collection[int] = (), *, early: bool = False) -> set[Lane]:
        """Return the lanes in which something is due that nobody is at; `mine` is what we are at ourselves."""
        (found,) = await self._run(_look(early), mine=mine, **_moments(now))
        return {lane for lane, first in zip(Lane, found, strict=True) if first is not None}

    async def next_at(self, lanes: Collection[Lane], now: datetime, mine: Collection[int] = ()) -> datetime | None:
        """Return when something will be due in `lanes` where nothing is now: it is planned, or a claim lapses."""
        times = []
        for lane in lanes:
            here = [_WAITING, tasks.c.lane == literal_column(str(lane.value)), tasks.c.id.not_in(list(mine))]
            planned = select(tasks.c.due_at).where(*here, tasks.c.due_at > now).order_by(tasks.c.due_at).limit(1)
            claimed = select(tasks.c.claimed_until).where(*here, tasks.c.due_at <= now, tasks.c.claimed_until > now)
            times += [planned, claimed.order_by(tasks.c.claimed_until).limit(1)]
        if not times:
            return None
        found = (await self._connection.execute(select(*(each.scalar_subquery() for each in times)))).one()
        return min((at for at in found if at is not None), default=None)

    async def claim(
        self, lane: Lane, now: datetime, most: int, mine: Collection[int] = (), *, early: bool = False
    ) -> list[Task]:
        """Take up to `most` tasks of a lane that are due, the oldest first; `early` takes news that still gathers."""
        rows = await self._run(_first(lane, early), mine=mine, most=most, **_moments(now))
        if rows:
            given = {"ids": self._listed([row.id for row in rows]), "until": now + lease(lane)}
            await self._connection.execute(_CLAIM, given)
        return [_task(row, 1) for row in rows]

    async def renew(self, task: Task, now: datetime) -> None:
        """Hold on to a claim."""
        held = now + lease(task.lane)
        await self._connection.execute(update(tasks).where(*_ours(task)).values(claimed_until=held))

    async def release(self, task: Task) -> None:
        """Let another begin a task at once, as if we never had: for whoever ends in order."""
        as_before = {"claimed_until": None, "attempts": task.attempts - 1}
        await self._connection.execute(update(tasks).where(*_ours(task)).values(as_before))
        self._written.add(tasks.name)

    async def settle(self, task: Task) -> Task:
        """Mark a task as done, and return it as it stood; raise Lost where another took it over."""
        settled = _DONE if task.slot and task.lane is not Lane.ANSWER else _GONE
        row = (await self._connection.execute(settled, {"its_id": task.id, "its_claims": task.claims})).first()
        if row is None:
            raise Lost
        return _with_schedule(task, row.schedule)

    async def fail(self, task: Task, why: str) -> Task:
        """Give a task up, and return it as it stood; raise Lost where another took it over."""
        given: dict[str, Any] = {"state": "failed", "failure": why[:500], "progress": {}, "claimed_until": None}
        given["slot"] = task.slot or f"failed {task.id}"  # the next of its kind may wait
        if task.lane is Lane.ANSWER:
            given["params"] = {}  # they say who asked for what
        failed = update(tasks).where(*_ours(task)).values(given).returning(tasks.c.schedule)
        row = (await self._connection.execute(failed)).first()
        if row is None:
            raise Lost
        return _with_schedule(task, row.schedule)

    async def put_back(self, task: Task, now: datetime) -> None:
        """Let a task be tried again in a moment."""
        await self._connection.execute(update(tasks).where(*_ours(task)).values(claimed_until=now + PAUSE))

    async def go_on(self, task: Task, progress: Mapping[str, Any], due_at: datetime) -> None:
        """Keep how far a task came, for its next step; raise Lost where another took it over."""
        kept = {"progress": dict(progress), "due_at": due_at, "claimed_until": None, "attempts": 0}
        on = update(tasks).where(*_ours(task)).values(kept).returning(tasks.c.id)
        if (await self._connection.execute(on)).first() is None:
            raise Lost

    async def drop(self, ids: Collection[int]) -> None:
        """Forget tasks."""
        await self._connection.execute(delete(tasks).where(self._among(tasks.c.id, ids)))

    async def move(self, due: Mapping[int, datetime]) -> None:
        """Change when tasks are due, by their ids."""
        change = update(tasks).where(tasks.c.id == bindparam("its_id")).values(due_at=bindparam("its_due"))
        if due:
            self._written.add(tasks.name)
            await self._connection.execute(change, [{"its_id": each, "its_due": at} for each, at in due.items()])

    async def cancel(self, action: str, community_id: int, subject: str, now: datetime) -> int:
        """Let an action about a subject be done no more, and return how many waited; what is under way ends."""
        mine = (tasks.c.action == action, tasks.c.community_id == community_id, tasks.c.subject == subject, _WAITING)
        gone = await self._connection.execute(delete(tasks).where(*mine, _free(now, now + LEASE)).returning(tasks.c.id))
        await self._connection.execute(update(tasks).where(*mine).values(schedule=None))
        return len(gone.all())

    async def cancel_all(self, action: str, now: datetime) -> None:
        """Forget every task of an action that waits."""
        await self._connection.execute(delete(tasks).where(tasks.c.action == action, _WAITING, _free(now, now + LEASE)))

    async def waits(self, action: str, community_id: int, subject: str) -> bool:
        """Say whether an action about a subject is still to be done."""
        mine = (tasks.c.action == action, tasks.c.community_id == community_id, tasks.c.subject == subject, _WAITING)
        return (await self._connection.execute(select(tasks.c.id).where(*mine).limit(1))).first() is not None

    async def planned(
        self, actions: Collection[str], now: datetime, since: datetime, community_ids: Collection[int] | None = None
    ) -> list[Planned]:
        """Return what recurs, by code (`actions`) or by its own schedule: what waits, and what was settled `since`."""
        recurs = or_(self._among(tasks.c.action, actions), tasks.c.schedule.is_not(None))
        found = select(tasks, _free(now, now + LEASE).label("free")).where(
            recurs, or_(_WAITING, tasks.c.due_at >= since)
        )
        if community_ids is not None:
            found = found.where(self._among(tasks.c.community_id, community_ids))
        return [
            Planned(_task(row), held=not row.free, over=row.state != "waiting")
            for row in await self._connection.execute(found.order_by(tasks.c.id))
        ]

    async def failed(self) -> list[Failed]:
        """Return what was given up, oldest first."""
        columns = [tasks.c[name] for name in ("id", "action", "community_id", "subject", "slot", "due_at", "failure")]
        found = select(*columns).where(tasks.c.state == "failed").order_by(tasks.c.id)
        return [Failed(*row) for row in await self._connection.execute(found)]

    async def retry(self) -> None:
        """Let what was given up be tried again; an answer has nobody who still waits, and news comes by itself."""
        again = tasks.c.lane.in_((Lane.LIGHT.value, Lane.HEAVY.value))
        values = {"state": "waiting", "attempts": 0, "failure": None}
        await self._connection.execute(update(tasks).where(tasks.c.state == "failed", again).values(values))
        self._written.add(tasks.name)

    async def counts(self) -> dict[str, int]:
        """Return how many tasks wait and how many were given up."""
        found = select(tasks.c.state, func.count().label("rows")).where(tasks.c.state != "done")
        rows = {row.state: row.rows for row in await self._connection.execute(found.group_by(tasks.c.state))}
        return {state: rows.get(state, 0) for state in ("waiting", "failed")}

    async def prune(self, before: datetime, failed_before: datetime) -> None:
        """Forget what was settled long enough ago that no schedule names its slot again."""
        done = and_(tasks.c.state == "done", tasks.c.due_at < before)
        failed = and_(tasks.c.state == "failed", tasks.c.due_at < failed_before)
        await self._connection.execute(delete(tasks).where(or_(done, failed)))


def lease(lane: Lane) -> timedelta:
    """Return how long a claim holds unless it is renewed."""
    return PROMPT if lane is Lane.ANSWER else LEASE


def _free(now: Any, longest: Any) -> ColumnElement[bool]:
    """Say that nobody is at a task: no claim reaches further than `longest`, unless the clock was ahead."""
    until = tasks.c.claimed_until
    return or_(until.is_(None), until <= now, until > longest)


def _moments(now: datetime) -> dict[str, datetime]:
    """Return the times that `_due` compares with."""
    return {"now": now, "prompt": now + PAUSE, "leased": now + LEASE, "gathered": now + GATHER}


def _due(lane: Lane, early: bool) -> Sequence[ColumnElement[bool]]:
    """Say that a task is due: an answer always, news too where it was written by a clock that was ahead."""
    now, longest = bindparam("now", type_=Instant), "prompt" if lane is Lane.ANSWER else "leased"
    free = _free(now, bindparam(longest, type_=Instant))
    here = [_WAITING, tasks.c.lane == literal_column(str(lane.value)), free, ~dialect.one_of(tasks.c.id, "mine")]
    if lane is Lane.ANSWER or (lane is Lane.NEWS and early):
        return here
    due = tasks.c.due_at <= now
    return [*here, or_(due, tasks.c.due_at > bindparam("gathered")) if lane is Lane.NEWS else due]


# Kith looks after every batch and each second: building what it asks takes longer than the database does.
@cache
def _look(early: bool) -> Select[Any]:
    return select(*(select(tasks.c.id).where(*_due(lane, early)).limit(1).scalar_subquery() for lane in Lane))


@cache
def _first(lane: Lane, early: bool) -> Any:
    found = select(tasks).where(*_due(lane, early)).order_by(tasks.c.due_at, tasks.c.id)
    return dialect.skip_locked(found.limit(bindparam("most", type_=Integer)))


_CLAIM = (
    update(tasks)
    .where(dialect.one_of(tasks.c.id, "ids"))
    .values(claimed_until=bindparam("until"), attempts=tasks.c.attempts + 1, claims=tasks.c.claims + 1)
)

_ITS = tasks.c.id == bindparam("its_id"), tasks.c.claims == bindparam("its_claims"), _WAITING
_DONE = (
    update(tasks)
    .where(*_ITS)
    .values(state="done", params={}, progress={}, claimed_until=None)
    .returning(tasks.c.schedule)
)
_GONE = delete(tasks).where(*_ITS).returning(tasks.c.schedule)


def _ours(task: Task) -> Sequence[ColumnElement[bool]]:
    """Say that nobody claimed a task since we did."""
    return tasks.c.id == task.id, tasks.c.claims == task.claims, _WAITING


def _row(task: Task) -> dict[str, Any]:
    return {
        "action": task.action,
        "community_id": task.community_id,
        "subject": task.subject,
        "slot": task.slot,
        "account_id": task.account_id,
        "lane": task.lane.value,
        "due_at": task.due_at,
        "schedule": None if task.schedule is None else schedule_to_json(task.schedule),
        "params": dict(task.params),
        "progress": dict(task.progress),
        "state": "waiting",
        "attempts": 0,
        "claims": 0,
    }


def _task(row: Any, more: int = 0) -> Task:
    return Task(
        action=row.action,
        community_id=row.community_id,
        subject=row.subject,
        slot=row.slot,
        due_at=row.due_at,
        lane=Lane(row.lane),
        params=row.params,
        progress=row.progress,
        account_id=row.account_id,
        schedule=None if row.schedule is None else schedule_from_json(row.schedule),
        id=row.id,
        attempts=row.attempts + more,
        claims=row.claims + more,
    )


def _with_schedule(task: Task, schedule: Mapping[str, Any] | None) -> Task:
    return replace(task, schedule=None if schedule is None else schedule_from_json(schedule))
