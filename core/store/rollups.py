"""Roll-ups: activity and ties a day, and what is counted by hour, filled in one pass from a recorded position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, case, delete, exists, func, or_, select

from core.domain.clock import day_number
from core.domain.kinds import ACTIVITY, ADDRESSING, ENDING, PRESENCE, TIES, Kind
from core.store import dialect
from core.store.activity_days import ActivityDays
from core.store.counts import COUNTS, Counts
from core.store.tables.communities import communities
from core.store.tables.interactions import interactions
from core.store.tables.rollups import activity_days, positions, tie_days
from core.store.tie_days import TieDays

BATCH = 20_000
ROLLUPS = "rollups"
NAMES = (ROLLUPS, *(count.position for count in COUNTS))
# By the plain word, as a row has it: looking up by a member of an enum takes twice as long.
_PRESENCE = {kind.value: columns for kind, columns in PRESENCE.items()}
_ADDRESSING = {kind.value: tie.counted for kind, tie in ADDRESSING.items()}
_ENDING = frozenset(kind.value for kind in ENDING)
_VOICE = Kind.VOICE.value
_TIED = [tie.counted for tie in TIES.values()]


class Rollups(ActivityDays, TieDays):
    """Fill and read the roll-ups of a community."""

    async def advance(self, community_id: int) -> bool:
        """Add the next batch of interactions to the roll-ups; say whether there may be more.

        The caller holds the community's lock, so no earlier row can appear behind the position.
        """
        reached = await self._positions(community_id)
        found = (
            select(
                interactions.c.id,
                interactions.c.kind,
                interactions.c.account_id,
                interactions.c.target_account_id,
                interactions.c.room_id,
                interactions.c.amount,
                interactions.c.at,
            )
            .where(interactions.c.community_id == community_id, interactions.c.id > min(reached.values()))
            .order_by(interactions.c.id)
            .limit(BATCH)
        )
        rows = (await self._connection.execute(found)).all()
        if not rows:
            return False
        # As a rule all are new to both.
        days = rows if rows[0].id > reached[ROLLUPS] else [row for row in rows if row.id > reached[ROLLUPS]]
        if days:
            await self._add(community_id, days, reached[ROLLUPS])
        await Counts(self._connection).add(community_id, rows, reached)
        await self._move(community_id, {name: max(value, rows[-1].id) for name, value in reached.items()})
        return len(rows) == BATCH

    async def behind(self) -> set[int]:
        """Return the communities with interactions that some roll-up doesn't have yet."""
        # One that was never filled has no position.
        position = case((func.count() < len(NAMES), 0), else_=func.min(positions.c.value))
        reached = (
            select(position)
            .where(positions.c.name.in_(NAMES), positions.c.community_id == communities.c.id)
            .scalar_subquery()
        )
        newer = exists().where(interactions.c.community_id == communities.c.id, interactions.c.id > reached)
        return set((await self._connection.execute(select(communities.c.id).where(newer))).scalars())

    async def _add(self, community_id: int, rows: Collection[Any], start: int) -> None:
        activity: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: dict.fromkeys(ACTIVITY, 0))
        ties: dict[tuple[int, int, int], dict[str, int]] = defaultdict(lambda: dict.fromkeys(_TIED, 0))
        ending: list[int] = []
        voice: list[Any] = []
        for row in rows:
            id_, kind, account, target, _, _, at = row
            if kind in _ENDING:
                ending.append(id_)
            if account is None:
                continue
            day = day_number(at)
            if kind in _PRESENCE:
                counts = activity[account, day]
                for column in _PRESENCE[kind]:
                    counts[column] += 1
            if target is not None and target != account and kind in _ADDRESSING:
                ties[account, target, day][_ADDRESSING[kind]] += 1
            if kind == _VOICE:
                voice.append(row)
        for account, target, day, kind in await self.ended(community_id, ending):
            ties[account, target, day][TIES[kind].counted] -= 1
        for stay, other, minutes in await self.shared(voice, start):
            for one, two in ((stay.account, other.account), (other.account, stay.account)):
                ties[one, two, day_number(stay.until)][TIES[Kind.VOICE].counted] += minutes
        await self._write(community_id, activity, ties)

    async def _write(
        self,
        community_id: int,
        activity: Mapping[tuple[int, int], dict[str, int]],
        ties: Mapping[tuple[int, int, int], dict[str, int]],
    ) -> None:
        if activity:
            values: list[dict[str, int]] = [
                {"account_id": account, "day": day, "community_id": community_id, **counts}
                for (account, day), counts in activity.items()
            ]
            adding = dialect.insert_adding(self._connection, activity_days, ACTIVITY)
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
            adding = dialect.insert_adding(self._connection, tie_days, _TIED)
            await self._connection.execute(adding, values)

    async def position(self, community_id: int) -> int:
        """Return the last interaction that is in the roll-ups of days, 0 for none."""
        return (await self._positions(community_id))[ROLLUPS]

    async def _positions(self, community_id: int) -> dict[str, int]:
        found = select(positions.c.name, positions.c.value).where(
            positions.c.name.in_(NAMES), positions.c.community_id == community_id
        )
        return dict.fromkeys(NAMES, 0) | {row.name: row.value for row in await self._connection.execute(found)}

    async def move_to(self, community_id: int, value: int) -> None:
        """Record that everything up to the interaction with the id `value` is in the roll-ups of days."""
        await self._move(community_id, {ROLLUPS: value})

    async def _move(self, community_id: int, reached: Mapping[str, int]) -> None:
        moved = dialect.insert_replacing(self._connection, positions, ["value"])
        rows = [{"name": name, "community_id": community_id, "value": value} for name, value in reached.items()]
        await self._connection.execute(moved, rows)

    async def begin_anew(self, community_id: int) -> None:
        """Empty a community's roll-ups, to be filled from its first interaction on."""
        for table in (activity_days, tie_days):
            await self._connection.execute(delete(table).where(table.c.community_id == community_id))
        await Counts(self._connection).begin_anew(community_id)
        await self.move_to(community_id, 0)

    async def hand_over(self, twins: Mapping[int, int]) -> None:
        """Add what the accounts that `twins` maps from did to those that it maps to."""
        mine = self._among(activity_days.c.account_id, list(twins))
        await self._hand_over(activity_days, mine, ACTIVITY, twins)
        mine = or_(
            self._among(tie_days.c.source_account_id, list(twins)),
            self._among(tie_days.c.target_account_id, list(twins)),
        )
        await self._hand_over(tie_days, mine, _TIED, twins)

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
