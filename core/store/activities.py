"""Activities and their runs: a run begins once for each slot."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.activities import Activity, Phase, Run, State
from core.domain.audience import Audience
from core.domain.schedule import schedule_from_json, schedule_to_json
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.activities import activities, answers, runs
from core.store.tables.base import BigId, spelled_out


@dataclass(frozen=True, slots=True)
class Answer:
    """What an account answered in a run, and when."""

    run_id: int
    account_id: int
    answer: str
    at: datetime


class Activities(Aggregate):
    """Keep what moderators set up, and each run of it; a run is looked for once while a unit of work changes none."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._known: dict[int, Run] = {}
        self._changed = False

    async def add(self, activity: Activity) -> Activity:
        """Keep a new activity and return it with its id, and a number behind those that its community has."""
        here = activities.c.community_id == activity.community_id
        last = (await self._connection.execute(select(func.max(activities.c.number)).where(here))).scalar_one() or 0
        fresh = replace(activity, number=last + 1)
        values = {
            **_values(fresh),
            "number": fresh.number,
            "community_id": fresh.community_id,
            "created_at": fresh.created_at,
        }
        made = await self._connection.execute(insert(activities).values(values).returning(activities.c.id))
        return replace(fresh, id=made.scalar_one())

    async def save(self, activity: Activity) -> None:
        """Write what may change of an activity."""
        self._changed = True
        here = update(activities).where(activities.c.id == activity.id)
        await self._connection.execute(here.values(_values(activity)))

    async def drop_draft(self, activity: Activity) -> None:
        """Forget what was never started."""
        draft = activities.c.id == activity.id, activities.c.state == State.DRAFT
        await self._connection.execute(delete(activities).where(*draft))

    async def drop_drafts(self, community_id: int, before: datetime) -> None:
        """Forget what was begun to be set up long ago and never started."""
        draft = activities.c.community_id == community_id, activities.c.state == State.DRAFT
        await self._connection.execute(delete(activities).where(*draft, activities.c.created_at < before))

    async def get(self, community_id: int, activity_id: int) -> Activity | None:
        """Return a community's activity by its id."""
        found = await self._found(select(activities).where(activities.c.id == activity_id), community_id)
        return next(iter(found), None)

    async def numbered(self, community_id: int, number: int) -> Activity | None:
        """Return a community's activity by its number."""
        wanted = literal(number, BigId)  # people type larger ones than there are
        found = await self._found(select(activities).where(activities.c.number == wanted), community_id)
        return next(iter(found), None)

    async def of(self, community_id: int, states: Collection[State]) -> list[Activity]:
        """Return a community's activities in these states, oldest first."""
        some = select(activities).where(activities.c.state.in_([each.value for each in states]))
        return await self._found(some, community_id)

    async def _found(self, wanted: Select[Any], community_id: int) -> list[Activity]:
        here = wanted.where(activities.c.community_id == community_id).order_by(activities.c.id)
        return [_activity(row) for row in await self._connection.execute(here)]

    async def add_run(self, run: Run) -> Run | None:
        """Write a run down and return it with its id; None where the slot has one."""
        activity = run.activity
        new = dialect.insert_new(self._connection, runs).values(
            activity_id=activity.id, community_id=activity.community_id, slot=run.slot, **_run_values(run)
        )
        found: int | None = (await self._connection.execute(new.returning(runs.c.id))).scalar_one_or_none()
        return None if found is None else replace(run, id=found)

    async def save_run(self, run: Run) -> None:
        """Write what may change of a run."""
        self._changed = True
        await self._connection.execute(update(runs).where(runs.c.id == run.id).values(_run_values(run)))

    async def run(self, community_id: int, run_id: int) -> Run | None:
        """Return a community's run by its id."""
        known = None if self._changed else self._known.get(run_id)
        if known is None or known.activity.community_id != community_id:
            known = next(iter(await self._runs(community_id, _RUN, run=run_id)), None)
            if known is None:
                return None
            self._known[run_id] = known
        return replace(known, detail=deepcopy(known.detail))  # whoever asked writes into it

    async def run_at(self, activity: Activity, slot: str) -> Run | None:
        """Return the run of an activity's slot."""
        return next(iter(await self._runs(activity.community_id, _RUN_AT, activity=activity.id, slot=slot)), None)

    async def open_runs(self, community_id: int) -> list[Run]:
        """Return a community's runs in which people can take part, the newest first."""
        return await self._runs(community_id, _OPEN)

    async def runs_of(self, activity: Activity, phases: Collection[Phase], limit: int) -> list[Run]:
        """Return the last runs of an activity in these phases, the newest first."""
        some = _RUNS.where(runs.c.activity_id == activity.id, runs.c.phase.in_([each.value for each in phases]))
        return await self._runs(activity.community_id, some.limit(limit))

    async def answer(self, run: Run, account_id: int, answer: str, now: datetime) -> None:
        """Keep what an account answers in a run: the last counts."""
        kept = {
            "run_id": run.id,
            "account_id": account_id,
            "community_id": run.activity.community_id,
            "answer": answer,
            "at": now,
        }
        await self._connection.execute(dialect.insert_replacing(self._connection, answers, ["answer", "at"]), [kept])

    async def in_line(self, run_id: int, answer: str, limit: int) -> list[Answer]:
        """Return who gave an answer in a run, the oldest first."""
        found = select(answers).where(answers.c.run_id == run_id, answers.c.answer == answer)
        rows = await self._connection.execute(found.order_by(answers.c.at, answers.c.account_id).limit(limit))
        return [Answer(row.run_id, row.account_id, row.answer, row.at) for row in rows]

    async def page_of(self, run_id: int, answer: str, after: int, limit: int) -> list[int]:
        """Return a page of the accounts that gave an answer in a run, by their ids, behind the account `after`."""
        found = select(answers.c.account_id).where(answers.c.run_id == run_id, answers.c.answer == answer)
        some = found.where(answers.c.account_id > after).order_by(answers.c.account_id).limit(limit)
        return list((await self._connection.execute(some)).scalars())

    async def withdraw(self, run_id: int, account_ids: Collection[int]) -> None:
        """Forget what these accounts answered in a run."""
        mine = answers.c.run_id == run_id, self._among(answers.c.account_id, account_ids)
        await self._connection.execute(delete(answers).where(*mine))

    async def answers(self, run_ids: Collection[int], account_ids: Collection[int] | None = None) -> list[Answer]:
        """Return what was answered in these runs, by these accounts if any are given, the oldest first."""
        found = select(answers).where(self._among(answers.c.run_id, run_ids))
        if account_ids is not None:
            found = found.where(self._among(answers.c.account_id, account_ids))
        rows = await self._connection.execute(found.order_by(answers.c.at, answers.c.account_id))
        return [Answer(row.run_id, row.account_id, row.answer, row.at) for row in rows]

    async def count_answers(self, run_id: int) -> dict[str, int]:
        """Return how many accounts gave each answer of a run."""
        found = select(answers.c.answer, func.count().label("rows")).where(answers.c.run_id == run_id)
        rows = await self._connection.execute(found.group_by(answers.c.answer))
        return {row.answer: row.rows for row in rows}

    async def _runs(self, community_id: int, wanted: Select[Any], **given: Any) -> list[Run]:
        rows = await self._run(wanted, community=community_id, **given)
        return [
            Run(
                id=row.run_id,
                activity=_activity(row),
                slot=row.slot,
                due_at=row.due_at,
                phase=Phase(row.phase),
                began_at=row.began_at,
                ends_at=row.ends_at,
                detail=dict(row.detail),
            )
            for row in rows
        ]


_RUNS = (
    select(
        runs.c.id.label("run_id"),
        *(runs.c[name] for name in ("slot", "phase", "due_at", "began_at", "ends_at", "detail")),
        *(column for column in activities.c),
    )
    .join(activities, activities.c.id == runs.c.activity_id)
    .where(runs.c.community_id == bindparam("community"))
    .order_by(runs.c.id.desc())
)
_RUN = _RUNS.where(runs.c.id == bindparam("run"))
_RUN_AT = _RUNS.where(runs.c.activity_id == bindparam("activity"), runs.c.slot == bindparam("slot"))
_OPEN = _RUNS.where(spelled_out(runs.c.phase, Phase.OPEN.value))


def _activity(row: Any) -> Activity:
    return Activity(
        id=row.id,
        number=row.number,
        community_id=row.community_id,
        kind=row.kind,
        space_id=row.space_id,
        room_id=row.room_id,
        schedule=schedule_from_json(row.schedule),
        created_at=row.created_at,
        settings=row.settings,
        audience=Audience.from_json(row.audience),
        state=State(row.state),
        account_id=row.account_id,
        trouble=row.trouble,
    )


def _values(activity: Activity) -> dict[str, Any]:
    return {
        "kind": activity.kind,
        "space_id": activity.space_id,
        "room_id": activity.room_id,
        "schedule": schedule_to_json(activity.schedule),
        "settings": dict(activity.settings),
        "audience": activity.audience.to_json(),
        "state": activity.state.value,
        "trouble": activity.trouble,
        "account_id": activity.account_id,
    }


def _run_values(run: Run) -> dict[str, Any]:
    return {
        "phase": run.phase.value,
        "due_at": run.due_at,
        "began_at": run.began_at,
        "ends_at": run.ends_at,
        "detail": run.detail,
    }
