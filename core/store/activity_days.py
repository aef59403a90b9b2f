"""What is read from activity a day: who wrote and was present when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from core.domain.clock import day_number
from core.domain.kinds import ACTIVITY
from core.store import dialect
from core.store.members import SERVED
from core.store.rows import Aggregate
from core.store.tables.members import accounts, members
from core.store.tables.rollups import activity_days


@dataclass(frozen=True, slots=True)
class Active:
    """How many people were active, how many of them wrote, and how much."""

    people: int = 0
    writers: int = 0
    messages: int = 0


class ActivityDays(Aggregate):
    """Read the activity of a community's people, by day."""

    async def active_members(self, community_id: int) -> dict[str, int]:
        """Return how many people wrote in each month `YYYY-MM` (UTC)."""
        month = dialect.month_of(self._connection, activity_days.c.day).label("month")
        found = (
            select(month, func.count(accounts.c.member_id.distinct()).label("writers"))
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(activity_days.c.community_id == community_id, activity_days.c.messages > 0, SERVED)
            .group_by(month)
            .order_by(month)
        )
        return {row.month: row.writers for row in await self._connection.execute(found)}

    async def writing_months(self, community_id: int) -> dict[int, set[str]]:
        """Return the months `YYYY-MM` (UTC) in which each person wrote, of those whom Kith serves."""
        month = dialect.month_of(self._connection, activity_days.c.day).label("month")
        found = (
            select(accounts.c.member_id, month)
            .distinct()
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(activity_days.c.community_id == community_id, activity_days.c.messages > 0, SERVED)
        )
        months: dict[int, set[str]] = defaultdict(set)
        for row in await self._connection.execute(found):
            months[row.member_id].add(row.month)
        return dict(months)

    async def messages(self, community_id: int) -> int:
        """Return how many messages a community's people wrote."""
        found = (
            select(func.coalesce(func.sum(activity_days.c.messages), 0))
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(activity_days.c.community_id == community_id, SERVED)
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def presence(
        self, community_id: int, now: datetime, days: int = 30, of: Collection[int] | None = None
    ) -> dict[int, int]:
        """Return on how many of the last `days` days (UTC) each member, or each of `of`, was active."""
        found = (
            select(accounts.c.member_id, func.count(activity_days.c.day.distinct()).label("days"))
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(activity_days.c.community_id == community_id, activity_days.c.day > day_number(now) - days)
            .group_by(accounts.c.member_id)
        )
        if of is not None:
            found = found.where(self._among(accounts.c.member_id, of))
        return {row.member_id: row.days for row in await self._connection.execute(found)}

    async def by_day(self, community_id: int, days: tuple[int, int]) -> dict[int, Active]:
        """Return who was active on each day (UTC), from the first of `days` on and before the second."""
        rows = await self._active(community_id, days, activity_days.c.day)
        return {day: Active(people, writers or 0, int(messages)) for day, people, writers, messages in rows}

    async def active_in(self, community_id: int, days: tuple[int, int]) -> Active:
        """Return who was active from the first of `days` (UTC) on and before the second, each person once."""
        ((people, writers, messages),) = await self._active(community_id, days)
        return Active(people, writers or 0, int(messages or 0))

    async def _active(self, community_id: int, days: tuple[int, int], *by: Any) -> Sequence[Any]:
        wrote = case((activity_days.c.messages > 0, accounts.c.member_id))
        found = (
            select(
                *by,
                func.count(accounts.c.member_id.distinct()),
                func.count(wrote.distinct()),
                func.sum(activity_days.c.messages),
            )
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                activity_days.c.community_id == community_id,
                activity_days.c.day >= days[0],
                activity_days.c.day < days[1],
                SERVED,
            )
            .group_by(*by)
        )
        return (await self._connection.execute(found)).all()

    async def deeds_of(self, member_id: int, days: tuple[int, int]) -> dict[int, dict[str, int]]:
        """Return what a member did on each day (UTC) on which they did anything: a number for each of `ACTIVITY`."""
        sums = [func.sum(activity_days.c[name]).label(name) for name in ACTIVITY]
        found = (
            select(activity_days.c.day, *sums)
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(accounts.c.member_id == member_id, activity_days.c.day >= days[0], activity_days.c.day < days[1])
            .group_by(activity_days.c.day)
        )
        rows = await self._connection.execute(found)
        return {row.day: {name: int(getattr(row, name)) for name in ACTIVITY} for row in rows}

    async def days_of(self, member_id: int, now: datetime, days: int = 30) -> tuple[int, ...]:
        """Return what a member did on each of the last `days` days (UTC), oldest first."""
        total = activity_days.c.messages + activity_days.c.reactions + activity_days.c.other
        found = (
            select(activity_days.c.day, func.sum(total).label("total"))
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(accounts.c.member_id == member_id, activity_days.c.day > day_number(now) - days)
            .group_by(activity_days.c.day)
        )
        counts = {row.day: int(row.total) for row in await self._connection.execute(found)}
        today = day_number(now)
        return tuple(counts.get(day, 0) for day in range(today - days + 1, today + 1))

    async def first_days(self, community_id: int) -> dict[int, int]:
        """Return the day on which each member first wrote, for those who did."""
        found = (
            select(accounts.c.member_id, func.min(activity_days.c.day).label("day"))
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(activity_days.c.community_id == community_id, activity_days.c.messages > 0)
            .group_by(accounts.c.member_id)
        )
        return {row.member_id: row.day for row in await self._connection.execute(found)}
