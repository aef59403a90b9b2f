"""Forecasts: who was foretold to fall silent, and who was written to meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, delete, exists, func, select, update

from core.domain.clock import day_start
from core.domain.pushes import Topic
from core.domain.silence import HORIZON
from core.store import bulk
from core.store.rows import Aggregate
from core.store.tables.forecasts import forecasts
from core.store.tables.members import accounts
from core.store.tables.outbox import outbox


@dataclass(frozen=True, slots=True)
class Forecast:
    """Who was named at a cut-off, and whether Kith wrote to them within the 30 days."""

    cutoff: int
    member_id: int
    probability: float | None
    written: bool


class Forecasts(Aggregate):
    """Keep what was foretold."""

    async def keep(self, community_id: int, cutoff: int, rows: Collection[tuple[int, float | None]]) -> None:
        """Write (member, probability) down, in place of what was written of the same cut-off."""
        here = forecasts.c.community_id == community_id
        await self._connection.execute(delete(forecasts).where(here, forecasts.c.cutoff == cutoff))
        whose = (
            select(accounts.c.member_id, func.min(accounts.c.id))
            .where(accounts.c.community_id == community_id)
            .group_by(accounts.c.member_id)
        )
        account = {row[0]: row[1] for row in await self._connection.execute(whose)}
        values = [
            (account[member], cutoff, community_id, probability, False)
            for member, probability in rows
            if member in account
        ]
        names = ("account_id", "cutoff", "community_id", "probability", "written")
        await bulk.write_rows(self._connection, forecasts, names, values, new=True)

    async def mark_written(self, community_id: int, today: int) -> None:
        """Mark whom Kith wrote to, for an activity, within 30 days of a cut-off; those that ended lately included."""
        mine, theirs = accounts.alias("mine"), accounts.alias("theirs")
        open_ = forecasts.c.community_id == community_id, forecasts.c.cutoff > today - 2 * HORIZON
        cutoffs = select(forecasts.c.cutoff).distinct().where(*open_)
        for cutoff in list((await self._connection.execute(cutoffs)).scalars()):
            reached = (
                exists()
                .where(mine.c.id == forecasts.c.account_id)
                .where(theirs.c.member_id == mine.c.member_id)
                .where(
                    outbox.c.account_id == theirs.c.id,
                    outbox.c.topic == Topic.ACTIVITY.value,
                    outbox.c.state != "failed",
                    outbox.c.created_at >= day_start(cutoff),
                    outbox.c.created_at < day_start(cutoff + HORIZON),
                )
            )
            await self._connection.execute(
                update(forecasts)
                .where(forecasts.c.community_id == community_id, forecasts.c.cutoff == cutoff, reached)
                .values(written=True)
            )

    async def firsts(self, community_id: int) -> list[int]:
        """Return the first cut-off of each calendar month (UTC), the oldest first."""
        found = select(forecasts.c.cutoff).distinct().where(forecasts.c.community_id == community_id)
        months: dict[tuple[int, int], int] = {}
        for cutoff in sorted((await self._connection.execute(found)).scalars()):
            day = day_start(cutoff)
            months.setdefault((day.year, day.month), cutoff)
        return list(months.values())

    async def at(self, community_id: int, cutoff: int) -> list[Forecast]:
        """Return what was foretold at a cut-off, once for each member, by the likelier of what two accounts have."""
        found = (
            select(
                accounts.c.member_id,
                func.max(forecasts.c.probability),
                func.max(case((forecasts.c.written, 1), else_=0)),
            )
            .join(accounts, accounts.c.id == forecasts.c.account_id)
            .where(forecasts.c.community_id == community_id, forecasts.c.cutoff == cutoff)
            .group_by(accounts.c.member_id)
            .order_by(accounts.c.member_id)
        )
        rows = await self._connection.execute(found)
        return [Forecast(cutoff, row[0], row[1], bool(row[2])) for row in rows]

    async def forget(self, community_id: int, before: int) -> None:
        """Forget what was foretold at cut-offs before a day."""
        old = forecasts.c.community_id == community_id, forecasts.c.cutoff < before
        await self._connection.execute(delete(forecasts).where(*old))
