"""Counts of positive, negative and neutral messages by day, and how many people wrote what was counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict

from sqlalchemy import delete, func, select

from core.domain.polarity import Polarities
from core.store import dialect
from core.store.members import SERVED
from core.store.rows import Aggregate
from core.store.tables.members import accounts, members
from core.store.tables.polarity import polarity_days
from core.store.tables.rollups import activity_days

_COUNTS = ("positive", "negative", "neutral")


class PolarityDays(Aggregate):
    """Keep how many messages of a day were of which polarity."""

    async def add(self, found: Mapping[tuple[int, int], Polarities]) -> None:
        """Add messages to the counts of a community and a day (UTC)."""
        values = [{"community_id": community, "day": day, **asdict(each)} for (community, day), each in found.items()]
        if values:
            await self._connection.execute(dialect.insert_adding(self._connection, polarity_days, _COUNTS), values)

    async def by_day(self, community_id: int, days: tuple[int, int]) -> dict[int, Polarities]:
        """Return what was counted on each day (UTC), from the first of `days` on and before the second."""
        found = select(polarity_days).where(
            polarity_days.c.community_id == community_id,
            polarity_days.c.day >= days[0],
            polarity_days.c.day < days[1],
        )
        rows = await self._connection.execute(found)
        return {row.day: Polarities(**{name: getattr(row, name) for name in _COUNTS}) for row in rows}

    async def written(self, community_id: int, days: Collection[int], without: Collection[str]) -> dict[int, int]:
        """Return how many messages people wrote on each of these days, but for those on some platforms."""
        found = (
            select(activity_days.c.day, func.sum(activity_days.c.messages).label("messages"))
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(activity_days.c.community_id == community_id, self._among(activity_days.c.day, days))
            .where(SERVED, accounts.c.platform.not_in(without))
            .group_by(activity_days.c.day)
        )
        return {row.day: int(row.messages) for row in await self._connection.execute(found)}

    async def writers(self, community_id: int, days: Collection[int], without: Collection[str]) -> int:
        """Return how many people wrote on these days, but for who did on some platforms alone."""
        found = (
            select(func.count(accounts.c.member_id.distinct()))
            .select_from(activity_days)
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(activity_days.c.community_id == community_id, self._among(activity_days.c.day, days))
            .where(SERVED, accounts.c.platform.not_in(without), activity_days.c.messages > 0)
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def prune(self, before: int) -> None:
        """Forget the days before one."""
        await self._connection.execute(delete(polarity_days).where(polarity_days.c.day < before))
