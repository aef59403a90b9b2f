"""Job runs, claimed once for each slot."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.jobs import job_runs

LEASE = timedelta(minutes=10)
TRIES = 3


class JobRuns(Aggregate):
    """Claim and settle job runs under UNIQUE(job, community, slot)."""

    async def claim(self, job: str, community_id: int, slot: str, now: datetime) -> bool:
        """Claim a slot; a claim that was never settled is taken over after ten minutes, three times at most."""
        values = {
            "job": job,
            "community_id": community_id,
            "slot": slot,
            "state": "claimed",
            "attempts": 1,
            "claimed_until": now + LEASE,
        }
        # Not by the row count: psycopg tells none for an insert.
        new = dialect.insert_new(self._connection, job_runs).values(values).returning(job_runs.c.slot)
        if (await self._connection.execute(new)).first() is not None:
            return True
        taken_over = await self._connection.execute(
            update(job_runs)
            .where(
                job_runs.c.job == job,
                job_runs.c.community_id == community_id,
                job_runs.c.slot == slot,
                job_runs.c.state == "claimed",
                ~_held(now),
                job_runs.c.attempts < TRIES,
            )
            .values(claimed_until=now + LEASE, attempts=job_runs.c.attempts + 1)
        )
        return taken_over.rowcount == 1

    async def taken(self, slots: Collection[str], now: datetime) -> set[tuple[str, int, str]]:
        """Return which (job, community, slot) of these slots `claim` would refuse, so that nobody need try."""
        over = or_(_held(now), job_runs.c.attempts >= TRIES, job_runs.c.state != "claimed")
        found = select(job_runs.c.job, job_runs.c.community_id, job_runs.c.slot).where(
            self._among(job_runs.c.slot, slots), over
        )
        return {(row.job, row.community_id, row.slot) for row in await self._connection.execute(found)}

    async def put_back(self, job: str, community_id: int, slot: str, now: datetime) -> bool:
        """Let a claimed slot be claimed again at once; False where it had its three tries."""
        free = (
            update(job_runs)
            .where(job_runs.c.job == job, job_runs.c.community_id == community_id, job_runs.c.slot == slot)
            .where(job_runs.c.attempts < TRIES)
            .values(claimed_until=now - timedelta(seconds=1))
        )
        return (await self._connection.execute(free)).rowcount == 1

    async def settle(self, job: str, community_id: int, slot: str, failure: str | None = None) -> None:
        """Mark a run as done, or as failed with its reason."""
        await self._connection.execute(
            update(job_runs)
            .where(job_runs.c.job == job, job_runs.c.community_id == community_id, job_runs.c.slot == slot)
            .values(state="failed" if failure else "done", failure=failure)
        )

    async def last_slot(self, job: str, community_id: int) -> str | None:
        """Return the newest slot of a job that was claimed in a community."""
        found = (
            select(job_runs.c.slot)
            .where(job_runs.c.job == job, job_runs.c.community_id == community_id)
            .order_by(job_runs.c.slot.desc())
            .limit(1)
        )
        return (await self._connection.execute(found)).scalar_one_or_none()


def _held(now: datetime) -> ColumnElement[bool]:
    """Say that somebody is at a slot: no claim lasts longer than a lease, unless the clock was ahead."""
    return job_runs.c.claimed_until.between(now, now + LEASE)
