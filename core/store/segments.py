"""What segments are made of, and in which each member is, by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, delete, func, insert, select

from core.domain.segments import QUARTER, YEAR, Place
from core.store.ledger import SPENT
from core.store.members import PRESENT
from core.store.rows import Aggregate
from core.store.tables.ledger import ledger
from core.store.tables.members import accounts, members
from core.store.tables.rollups import activity_days
from core.store.tables.segments import segments

_ROWS = 1_000  # written at once


class Came(NamedTuple):
    """The last UTC day on which a member came, and on how many days of the quarter before."""

    member: int
    last: int
    days: int


class Segments(Aggregate):
    """Read how members come and what they spend, and keep their segments."""

    async def came(self, community_id: int, until: int) -> list[Came]:
        """Return who is there now and came within the year up to a UTC day, by member."""
        day = activity_days.c.day
        lately = func.count(case((day > until - QUARTER, day)).distinct())
        found = (
            select(accounts.c.member_id, func.max(day), lately)
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(activity_days.c.community_id == community_id, day > until - YEAR, day <= until, PRESENT)
            .group_by(accounts.c.member_id)
            .order_by(accounts.c.member_id)
        )
        return [Came(*row) for row in await self._connection.execute(found)]

    async def spent(self, community_id: int, since: datetime, until: datetime) -> dict[int, int]:
        """Return how many points each member paid from a time up to another, without what was taken back."""
        back = ledger.alias()
        undone = select(back.c.id).where(back.c.reverses_id == ledger.c.id).exists()
        return await self._sums(community_id, -ledger.c.amount, since, until, ledger.c.reason.in_(SPENT), ~undone)

    async def earned(self, community_id: int, since: datetime, until: datetime) -> dict[int, int]:
        """Return how many points each member earned from a time up to another."""
        return await self._sums(community_id, ledger.c.earned, since, until)

    async def _sums(
        self, community_id: int, what: ColumnElement[int], since: datetime, until: datetime, *where: ColumnElement[bool]
    ) -> dict[int, int]:
        found = (
            select(accounts.c.member_id, func.sum(what))
            .join(accounts, accounts.c.id == ledger.c.account_id)
            .where(ledger.c.community_id == community_id, ledger.c.at >= since, ledger.c.at < until, *where)
            .group_by(accounts.c.member_id)
        )
        return {row[0]: int(row[1]) for row in await self._connection.execute(found) if row[1]}

    async def keep(self, community_id: int, places: Sequence[Place]) -> None:
        """Write who is in which segment, in place of all that was known of the community."""
        await self._connection.execute(delete(segments).where(segments.c.community_id == community_id))
        rows = [
            {name: getattr(each, name) for name in Place.__slots__} | {"community_id": community_id} for each in places
        ]
        for start in range(0, len(rows), _ROWS):
            await self._connection.execute(insert(segments), rows[start : start + _ROWS])

    async def of(self, community_id: int, month: str) -> dict[int, Place]:
        """Return the place of each member in a month."""
        found = select(*(segments.c[name] for name in Place.__slots__)).where(
            segments.c.community_id == community_id, segments.c.month == month
        )
        rows = await self._connection.execute(found)
        return {row.member_id: Place(**row._mapping) for row in rows}

    async def by_member(self, community_id: int) -> dict[int, str]:
        """Return the segment of each member of whom it is kept, as it was found last."""
        found = select(segments.c.member_id, segments.c.segment).where(segments.c.community_id == community_id)
        return {row.member_id: row.segment for row in await self._connection.execute(found)}

    async def members(self, community_id: int, month: str, segment: str) -> list[int]:
        """Return who is in a segment in a month."""
        found = select(segments.c.member_id).where(
            segments.c.community_id == community_id, segments.c.month == month, segments.c.segment == segment
        )
        return list((await self._connection.execute(found)).scalars())
