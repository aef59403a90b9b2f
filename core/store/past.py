"""What is known of people before a day: every reader says the day, and nothing of it or after comes back."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from core.domain.clock import day_start
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.interactions import seen
from core.store.tables.members import accounts
from core.store.tables.rollups import activity_days, tie_days

Columns = tuple["array[int]", ...]
PAGE = 50_000  # rows at a time
_ACTIVITY = (activity_days.c.messages, activity_days.c.replies, activity_days.c.reactions, activity_days.c.other)
_WORDS = tie_days.c.replies + tie_days.c.mentions + tie_days.c.thanks


class Past(Aggregate):
    """Read what a community's people did before a UTC day, whatever midnight is in their own zone.

    `places` says who is looked at, and as which number each comes back.
    """

    async def newest_day(self, community_id: int, until: int) -> int | None:
        """Return the last day before `until` on which anybody was active."""
        found = select(func.max(activity_days.c.day)).where(
            activity_days.c.community_id == community_id, activity_days.c.day < until, _any(_ACTIVITY)
        )
        newest: int | None = (await self._connection.execute(found)).scalar_one()
        return newest

    async def active_days(self, community_id: int, until: int, places: Mapping[int, int]) -> Columns:
        """Return (member, messages, replies, reactions, other, day) columns, a row for each day of a member."""
        sums = [func.sum(column) for column in _ACTIVITY]
        found = (
            select(accounts.c.member_id, *sums, activity_days.c.day)
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(activity_days.c.community_id == community_id, activity_days.c.day < until, _any(_ACTIVITY))
            .group_by(accounts.c.member_id, activity_days.c.day)
        )
        return await self._columns(found, places, 1, 6)

    async def ties(self, community_id: int, until: int, places: Mapping[int, int]) -> Columns:
        """Return (source, target, words, reactions, day) columns: who addressed whom, in words and otherwise."""
        source, target = accounts.alias("source"), accounts.alias("target")
        found = (
            select(
                source.c.member_id,
                target.c.member_id,
                func.sum(_WORDS),
                func.sum(tie_days.c.reactions),
                tie_days.c.day,
            )
            .select_from(tie_days)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .where(
                tie_days.c.community_id == community_id,
                tie_days.c.day < until,
                source.c.member_id != target.c.member_id,
                _WORDS + tie_days.c.reactions > 0,
            )
            .group_by(source.c.member_id, target.c.member_id, tie_days.c.day)
        )
        return await self._columns(found, places, 2, 5)

    async def acts(
        self, community_id: int, until: int, places: Mapping[int, int], kinds: Collection[str]
    ) -> dict[str, Columns]:
        """Return (member, day) columns by kind, for kinds that have a subject."""
        day = dialect.day_of(self._connection, seen.c.at)
        return {
            kind: await self._columns(
                select(accounts.c.member_id, day)
                .join(accounts, accounts.c.id == seen.c.account_id)
                .where(
                    seen.c.community_id == community_id,
                    seen.c.subject.is_not(None),
                    seen.c.kind == kind,
                    seen.c.at < day_start(until),
                ),
                places,
                1,
                2,
            )
            for kind in kinds
        }

    async def _columns(self, found: Select[Any], places: Mapping[int, int], people: int, width: int) -> Columns:
        """Return rows as columns, of which the first `people` name members, those in `places` alone."""
        columns = tuple(array("i") for _ in range(width))
        result = await self._connection.stream(found)
        async for page in result.partitions(PAGE):
            rows = [row for row in page if all(member in places for member in row[:people])]
            for place, column in enumerate(columns):
                values = (row[place] for row in rows)
                column.extend((places[value] for value in values) if place < people else map(int, values))
        return columns


def _any(columns: Collection[ColumnElement[int]]) -> ColumnElement[bool]:
    first, *others = columns
    total: ColumnElement[int] = first
    for column in others:
        total = total + column
    return total > 0
