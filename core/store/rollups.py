"""Roll-ups: activity and ties a day, and what is counted by hour, filled in one pass from a recorded position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Table, bindparam, case, delete, exists, func, or_, select, update

from core.domain.clock import day_number
from core.domain.kinds import ACTIVITY, ADDRESSING, ENDING, PRESENCE, TIES, Kind
from core.store import dialect
from core.store.activity_days import ActivityDays
from core.store.counts import COUNTS, Counts
from core.store.tables.communities import communities
from core.store.tables.interactions import interactions, seen
from core.store.tables.rollups import (
    STAGED,
    activity_days,
    positions,
    staged_activity_days,
    staged_tie_days,
    tie_days,
)
from core.store.tie_days import TieDays

BATCH = 1_500  # interactions in a transaction: on SQLite nobody else writes meanwhile
Activity = dict[tuple[int, int], dict[str, int]]
Ties = dict[tuple[int, int, int], dict[str, int]]
ROLLUPS = "rollups"
NAMES = (ROLLUPS, *(count.position for count in COUNTS))
# By the plain word, as a row has it: looking up by a member of an enum takes twice as long.
_PRESENCE = {kind.value: columns for kind, columns in PRESENCE.items()}
_ADDRESSING = {kind.value: tie.counted for kind, tie in ADDRESSING.items()}
_ENDING = frozenset(kind.value for kind in ENDING)
_VOICE = Kind.VOICE.value
_TIED = [tie.counted for tie in TIES.values()]

# Each look for news asks these: building them takes longer than the database does.
_NEW = (
    select(*(seen.c[name] for name in ("id", "kind", "account_id", "target_account_id", "room_id", "amount", "at")))
    .where(
        seen.c.community_id == bindparam("community"), seen.c.id > bindparam("start"), seen.c.id <= bindparam("last")
    )
    .order_by(seen.c.id)
)
_POSITIONS = select(positions.c.name, positions.c.value).where(
    positions.c.name.in_(NAMES), positions.c.community_id == bindparam("community")
)
_POSITION = select(positions.c.value).where(
    positions.c.name == bindparam("name"), positions.c.community_id == bindparam("community")
)


@cache
def _some() -> Select[Any, int]:
    """Return what asks for the last of the next interactions, staged ones too, and how many they are."""
    found = (
        select(interactions.c.id)
        .where(interactions.c.community_id == bindparam("community"), interactions.c.id > bindparam("start"))
        .order_by(interactions.c.id)
        .limit(bindparam("most", type_=Integer))
        .subquery()
    )
    return select(func.max(found.c.id), func.count()).select_from(found)


class Rollups(ActivityDays, TieDays):
    """Fill and read the roll-ups of a community."""

    async def advance(self, community_id: int) -> bool:
        """Add the next batch of interactions to the roll-ups; say whether there may be more.

        The caller holds the community's lock, so no earlier row can appear behind the position.
        """
        reached = await self._positions(community_id)
        start = min(reached.values())
        end, more = await self._end_of_some(community_id, start)
        given = {"community": community_id, "start": start, "last": end}
        rows = (await self._connection.execute(_NEW, given)).all()
        if not rows and not more:
            return False
        # As a rule all are new to both.
        days = rows if start == reached[ROLLUPS] else [row for row in rows if row.id > reached[ROLLUPS]]
        if days:
            await self._add(community_id, days, reached[ROLLUPS])
        await Counts(self._connection).add(community_id, rows, reached)
        # What is staged comes in with its publication: past a whole batch of it, nobody looks at it again.
        end = end if more else rows[-1].id
        await self._move(community_id, {name: max(value, end) for name, value in reached.items()})
        return more

    async def _end_of_some(self, community_id: int, start: int) -> tuple[int, bool]:
        """Return the last of the next interactions behind `start`, staged ones too, and whether there may be more."""
        given = {"community": community_id, "start": start, "most": BATCH}
        end, count = (await self._connection.execute(_some(), given)).one()
        return start if end is None else end, count == BATCH

    async def behind(self) -> set[int]:
        """Return the communities with interactions that some roll-up doesn't have yet."""
        # One that was never filled has no position.
        position = case((func.count() < len(NAMES), 0), else_=func.min(positions.c.value))
        reached = (
            select(position)
            .where(positions.c.name.in_(NAMES), positions.c.community_id == communities.c.id)
            .correlate(communities)
            .scalar_subquery()
        )
        newer = exists().where(seen.c.community_id == communities.c.id, seen.c.id > reached)
        return set((await self._connection.execute(select(communities.c.id).where(newer))).scalars())

    async def _add(self, community_id: int, rows: Collection[Any], start: int) -> None:
        activity, ties = _tallied(rows)
        ending = [row.id for row in rows if row.kind in _ENDING]
        voice = [row for row in rows if row.kind == _VOICE]
        for account, target, day, kind in await self.ended(community_id, ending):
            ties[account, target, day][TIES[kind].counted] -= 1
        for stay, other, minutes in await self.shared(voice, start):
            for one, two in ((stay.account, other.account), (other.account, stay.account)):
                ties[one, two, day_number(stay.until)][TIES[Kind.VOICE].counted] += minutes
        await self._write(community_id, activity, ties)

    async def stage(self, community_id: int, rows: Collection[Any], sign: int = 1) -> None:
        """Add rows of an import under way to the roll-ups of what is staged, or take them out again."""
        activity, ties = _tallied(rows, sign)
        await self._write(community_id, activity, ties, staged=True)
        told = [
            (row.id, row.kind, row.account_id, row.target_account_id, row.room_id, row.amount, row.at) for row in rows
        ]
        await Counts(self._connection).stage(community_id, told, sign)

    async def take_out(self, community_id: int, account_id: int, rows: Collection[Any]) -> None:
        """Take out what an account did and what was done to it, which `rows` are, but its time in voice rooms."""
        await self._connection.execute(delete(activity_days).where(activity_days.c.account_id == account_id))
        mine = or_(tie_days.c.source_account_id == account_id, tie_days.c.target_account_id == account_id)
        addressed = {tie.counted: 0 for tie in ADDRESSING.values()}
        nothing_else = [tie_days.c[name] == 0 for name in _TIED if name not in addressed]
        await self._connection.execute(delete(tie_days).where(mine, *nothing_else))
        await self._connection.execute(update(tie_days).where(mine).values(addressed))
        await Counts(self._connection).count_again(community_id, rows, await self._positions(community_id), -1)

    async def add_again(self, community_id: int, done: Collection[Any], received: Collection[Any]) -> None:
        """Add what was taken out as it is now: what the account had done, and what was done to it."""
        activity, ties = _tallied(done)
        rows = [*done, *received]
        for pair, counts in _tallied(received)[1].items():
            ties[pair] = {name: ties[pair][name] + value for name, value in counts.items()}
        for row in await self._ended_among(community_id, rows):
            ties[row.account_id, row.target_account_id, day_number(row.at)][TIES[Kind(row.kind)].counted] -= 1
        await self._write(community_id, activity, ties)
        await Counts(self._connection).count_again(community_id, rows, await self._positions(community_id), 1)

    async def _ended_among(self, community_id: int, rows: Collection[Any]) -> list[Any]:
        """Return those of these interactions whose ties have ended since."""
        ids = {row.id for row in rows}
        ends = select(seen.c.id).where(seen.c.community_id == community_id, seen.c.kind.in_(ENDING))
        ending = (await self._connection.execute(ends)).scalars().all()
        return [row for row in await self.gone(community_id, ending) if row.id in ids]

    async def end_imported(self, community_id: int, import_id: int, first: int) -> None:
        """Take out of the roll-ups what ended, since the interaction `first`, of an import that nobody saw then."""
        ends = select(seen.c.id).where(
            seen.c.community_id == community_id,
            seen.c.id > first,
            seen.c.import_id.is_distinct_from(import_id),
            seen.c.kind.in_(ENDING),
        )
        ids = (await self._connection.execute(ends)).scalars().all()
        gone = [row for row in await self.gone(community_id, ids) if row.import_id == import_id]
        ties: Ties = defaultdict(lambda: dict.fromkeys(_TIED, 0))
        for row in gone:
            ties[row.account_id, row.target_account_id, day_number(row.at)][TIES[Kind(row.kind)].counted] -= 1
        await self._write(community_id, {}, ties)

    async def publish_stage(self, community_id: int, until: int) -> None:
        """Add what is staged for a community to its roll-ups, which then have every interaction up to `until`."""
        for staged, table in STAGED.items():
            counts = ACTIVITY if table is activity_days else _TIED
            some = or_(*(staged.c[name] != 0 for name in counts))
            rows = select(staged).where(staged.c.community_id == community_id, some)
            await self._connection.execute(
                dialect.insert_adding(self._connection, table, counts).from_select(list(staged.c.keys()), rows)
            )
            await self._connection.execute(delete(staged).where(staged.c.community_id == community_id))
        await Counts(self._connection).publish_stage(community_id)
        await self._move(community_id, dict.fromkeys(NAMES, until))

    async def _write(self, community_id: int, activity: Activity, ties: Ties, *, staged: bool = False) -> None:
        if activity:
            values: list[dict[str, int]] = [
                {"account_id": account, "day": day, "community_id": community_id, **counts}
                for (account, day), counts in activity.items()
            ]
            table = staged_activity_days if staged else activity_days
            adding = dialect.insert_adding(self._connection, table, ACTIVITY)
            await self._connection.execute(adding, values)
        if ties:
            values = [
                {
                    "source_account_id": source,
                    "target_account_id": target,
                    "day": day,
                    "community_id": community_id,
                    **counts,
                }
                for (source, target, day), counts in ties.items()
            ]
            table = staged_tie_days if staged else tie_days
            adding = dialect.insert_adding(self._connection, table, _TIED)
            await self._connection.execute(adding, values)

    async def position(self, community_id: int, name: str = ROLLUPS) -> int:
        """Return the last interaction that is in the roll-ups of days, 0 for none."""
        return next((row.value for row in await self._run(_POSITION, community=community_id, name=name)), 0)

    async def _positions(self, community_id: int) -> dict[str, int]:
        found = await self._connection.execute(_POSITIONS, {"community": community_id})
        return dict.fromkeys(NAMES, 0) | {row.name: row.value for row in found}

    async def move_to(self, community_id: int, value: int, name: str = ROLLUPS) -> None:
        """Record that everything up to the interaction with the id `value` is in the roll-ups of days."""
        await self._move(community_id, {name: value})

    async def _move(self, community_id: int, reached: Mapping[str, int]) -> None:
        moved = dialect.insert_replacing(self._connection, positions, ["value"])
        rows = [{"name": name, "community_id": community_id, "value": value} for name, value in reached.items()]
        await self._connection.execute(moved, rows)

    async def hand_over(self, twins: Mapping[int, int]) -> None:
        """Add what the accounts that `twins` maps from did to those that it maps to."""
        for table in (activity_days, staged_activity_days):
            mine = self._among(table.c.account_id, list(twins))
            await self._hand_over(table, mine, ACTIVITY, twins)
        for table in (tie_days, staged_tie_days):
            mine = or_(
                self._among(table.c.source_account_id, list(twins)),
                self._among(table.c.target_account_id, list(twins)),
            )
            await self._hand_over(table, mine, _TIED, twins)

    async def _hand_over(
        self, table: Table, mine: ColumnElement[bool], counts: Sequence[str], twins: Mapping[int, int]
    ) -> None:
        rows = [dict(row._mapping) for row in await self._connection.execute(select(table).where(mine))]
        if not rows:
            return
        await self._connection.execute(delete(table).where(mine))
        for row in rows:
            for name in row.keys() & {"account_id", "source_account_id", "target_account_id"}:
                row[name] = twins.get(row[name], row[name])
        await self._connection.execute(dialect.insert_adding(self._connection, table, counts), rows)


def _tallied(rows: Collection[Any], sign: int = 1) -> tuple[Activity, Ties]:
    """Return what rows add to a day's activity and ties, each row counted `sign` times."""
    activity: Activity = defaultdict(lambda: dict.fromkeys(ACTIVITY, 0))
    ties: Ties = defaultdict(lambda: dict.fromkeys(_TIED, 0))
    for row in rows:
        kind, account, target = row.kind, row.account_id, row.target_account_id
        if account is None:
            continue
        day = day_number(row.at)
        if kind in _PRESENCE:
            counts = activity[account, day]
            for column in _PRESENCE[kind]:
                counts[column] += sign
        if target is not None and target != account and kind in _ADDRESSING:
            ties[account, target, day][_ADDRESSING[kind]] += sign
    return activity, ties
