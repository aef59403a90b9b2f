"""What is read from activity a day: who wrote and was present when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select

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


def _not_a_person_each(community_id: int) -> Select[Any]:
    """Return the accounts of whom Kith doesn't serve, and of people who have several."""
    here = accounts.c.community_id == community_id
    several = select(accounts.c.member_id).where(here).group_by(accounts.c.member_id).having(func.count() > 1)
    unserved = select(members.c.id).where(members.c.community_id == community_id, ~SERVED)
    return select(accounts.c.id).where(here, accounts.c.member_id.in_(several.union(unserved)))


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
        found = await self._active(community_id, days, activity_days.c.day)
        return {day: active for (day,), active in found.items()}

    async def active_in(self, community_id: int, days: tuple[int, int]) -> Active:
        """Return who was active from the first of `days` (UTC) on and before the second, each person once."""
        return (await self._active(community_id, days)).get((), Active())

    async def _active(self, community_id: int, days: tuple[int, int], *by: Any) -> dict[tuple[int, ...], Active]:
        """Return who was active, each person once, in all or for each value of `by`.

        Asking whose each of a million rows is takes ten times as long as counting them. So accounts are counted, and
        those that aren't a person each are taken out: of them alone it is asked whose they are.
        """
        account, wrote = activity_days.c.account_id, activity_days.c.messages > 0
        here = and_(
            activity_days.c.community_id == community_id, activity_days.c.day >= days[0], activity_days.c.day < days[1]
        )
        accounts_there = (
            func.count(account.distinct()),
            func.count(case((wrote, account)).distinct()),
            func.coalesce(func.sum(activity_days.c.messages), 0),
        )
        people_there = (
            func.count(case((SERVED, members.c.id)).distinct()),
            func.count(case((and_(SERVED, wrote), members.c.id)).distinct()),
            func.coalesce(func.sum(case((SERVED, activity_days.c.messages))), 0),
        )
        # An account has one row a day.
        every = (func.count(), func.count(case((wrote, account))), accounts_there[2]) if by else accounts_there
        some = (
            select(*by, *accounts_there, *people_there)
            .join(accounts, accounts.c.id == account)
            .join(members, members.c.id == accounts.c.member_id)
            .where(here, account.in_(_not_a_person_each(community_id)))
            .group_by(*by)
        )
        width = len(by)
        sums: dict[tuple[int, ...], list[int]] = {}
        for row in await self._connection.execute(select(*by, *every).where(here).group_by(*by)):
            sums[tuple(row[:width])] = [int(each) for each in row[width:]]
        for row in await self._connection.execute(some):
            own, people = row[width : width + 3], row[width + 3 :]
            total = sums.get(tuple(row[:width]), [0, 0, 0])
            changed = zip(total, own, people, strict=True)
            sums[tuple(row[:width])] = [int(each - less + more) for each, less, more in changed]
        return {key: Active(*each) for key, each in sums.items()}

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
