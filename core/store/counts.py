"""What is counted of interactions by hour: one line declares a count, and all are filled in one pass.

A count that is new is filled from the first interaction on, for itself alone. What each account did is counted by day,
in activity_days, where an erasure finds it; these are nobody's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, or_, select

from core.domain.clock import hour_number
from core.domain.kinds import PRESENCE, WRITTEN, Kind
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.communities import communities
from core.store.tables.counts import counts, staged_counts
from core.store.tables.interactions import HIDDEN
from core.store.tables.members import accounts
from core.store.tables.rollups import positions

HOUR = 3_600
DAY = 24  # hours
Place = tuple[str, int, int, str]  # the count, the hour, the room and the kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many interactions of these kinds there were in an hour, by room or kind where that is asked; bots' aside.

    Where their `amounts` are asked, these are added up: of voice, minutes, in the hour in which somebody left.
    """

    name: str
    kinds: tuple[Kind, ...]
    by_room: bool = False
    by_kind: bool = False
    amounts: bool = False

    @property
    def position(self) -> str:
        """Return the name of the position up to which it is filled."""
        return f"count:{self.name}"


ACTIVE = Count(name="active", kinds=tuple(PRESENCE), by_kind=True)
ROOM_MESSAGES = Count(name="room messages", kinds=WRITTEN, by_room=True)
VOICE_MINUTES = Count(name="voice minutes", kinds=(Kind.VOICE,), by_room=True, amounts=True)
MOVES = Count(name="moves", kinds=(Kind.JOINED, Kind.LEFT), by_kind=True)
COUNTS = (ACTIVE, ROOM_MESSAGES, VOICE_MINUTES, MOVES)
_BOTS = select(accounts.c.id).where(
    or_(accounts.c.community_id == bindparam("community"), accounts.c.community_id.in_(HIDDEN)), accounts.c.bot
)


class Counts(Aggregate):
    """Fill and read the counts of a community."""

    async def add(self, community_id: int, rows: Collection[Any], reached: Mapping[str, int]) -> None:
        """Add interactions, as Rollups reads them, to each count: those behind the position that it `reached`."""
        found: Counter[Place] = Counter()
        bots = await self._bots(community_id)
        for start, wanted in _by_start(reached).items():
            found += _tallied([row for row in rows if row[0] > start], wanted, bots)
        await self._write(community_id, found)

    async def stage(self, community_id: int, rows: Collection[Any], sign: int) -> None:
        """Add interactions of an import under way to what is staged of each count, or take them out (`sign` is -1).

        They are counted at once where nobody sees the community yet.
        """
        found = _tallied(rows, COUNTS, await self._bots(community_id))
        hidden = select(communities.c.id).where(communities.c.id == community_id, communities.c.id.in_(HIDDEN))
        founded = (await self._connection.execute(hidden)).first() is not None
        signed = {place: times * sign for place, times in found.items()}
        await self._write(community_id, signed, counts if founded else staged_counts)

    async def publish_stage(self, community_id: int) -> None:
        """Add what is staged for a community to its counts."""
        mine = staged_counts.c.community_id == community_id
        rows = select(staged_counts).where(mine, staged_counts.c.value != 0)
        adding = dialect.insert_adding(self._connection, counts, ["value"])
        await self._connection.execute(adding.from_select(list(staged_counts.c.keys()), rows))
        await self._connection.execute(delete(staged_counts).where(mine))

    async def count_again(
        self, community_id: int, rows: Collection[Any], reached: Mapping[str, int], sign: int
    ) -> None:
        """Take interactions out of each count that has them (`sign` is -1), or add them again after they changed."""
        bots = await self._bots(community_id)
        for end, wanted in _by_start(reached).items():
            found = _tallied([row for row in rows if row[0] <= end], wanted, bots)
            await self._write(community_id, {place: times * sign for place, times in found.items()})

    async def _write(self, community_id: int, found: Mapping[Place, int], table: Table = counts) -> None:
        if not found:
            return
        adding = dialect.insert_adding(self._connection, table, ["value"])
        keys = ("community_id", "name", "hour", "room_id", "kind", "value")
        values = [dict(zip(keys, (community_id, *place, value), strict=True)) for place, value in found.items()]
        await self._connection.execute(adding, values)

    async def _bots(self, community_id: int) -> set[int]:
        return {bot for (bot,) in await self._run(_BOTS, community=community_id)}

    async def read(
        self,
        community_id: int,
        count: Count,
        since: datetime,
        until: datetime,
        rooms: Collection[int] | None = None,
    ) -> list[tuple[datetime, int, str, int]]:
        """Return (hour, room, kind, value) of the hours that began from `since` on and before `until`, in order.

        The room is 0 and the kind empty where they aren't told apart; `rooms` are those that are wanted, if not all.
        """
        first, end = (-(-int(at.timestamp()) // HOUR) for at in (since, until))
        found = (
            select(counts.c.hour, counts.c.room_id, counts.c.kind, counts.c.value)
            .where(
                counts.c.community_id == community_id,
                counts.c.name == count.name,
                counts.c.hour >= first,
                counts.c.hour < end,
            )
            .order_by(counts.c.hour, counts.c.room_id, counts.c.kind)
        )
        if rooms is not None:
            found = found.where(self._among(counts.c.room_id, rooms))
        rows = await self._connection.execute(found)
        return [(datetime.fromtimestamp(hour * HOUR, UTC), room, kind, value) for hour, room, kind, value in rows]

    async def week(
        self,
        community_id: int,
        count: Count,
        since: datetime,
        until: datetime,
        zone: str,
        rooms: Collection[int] | None = None,
    ) -> dict[tuple[int, int], int]:
        """Return how much there was by weekday (0 is Monday) and hour of a zone's clock, for those that had any.

        Where a zone isn't whole hours from UTC, an hour counts to that in which it began.
        """
        sums: dict[tuple[int, int], int] = defaultdict(int)
        for at, _, _, value in await self.read(community_id, count, since, until, rooms):
            local = at.astimezone(ZoneInfo(zone))
            sums[local.weekday(), local.hour] += value
        return dict(sums)

    async def by_day(
        self, community_id: int, count: Count, days: tuple[int, int], rooms: Collection[int] | None = None
    ) -> dict[tuple[int, str], int]:
        """Return how much there was by day (UTC) and kind, from the first of `days` on and before the second."""
        day = (counts.c.hour // DAY).label("day")
        return {
            (at, kind): value
            for at, kind, value in await self._sums(community_id, count, days, rooms, day, counts.c.kind)
        }

    async def by_room(self, community_id: int, count: Count, days: tuple[int, int]) -> dict[int, int]:
        """Return how much there was by room, 0 for none, from the first of `days` (UTC) on and before the second."""
        return dict(await self._sums(community_id, count, days, None, counts.c.room_id))

    async def span(self, community_id: int, count: Count) -> tuple[int, int] | None:
        """Return the first and the last day (UTC) on which there was anything of a count; None if there never was."""
        found = select(func.min(counts.c.hour), func.max(counts.c.hour)).where(
            counts.c.community_id == community_id, counts.c.name == count.name
        )
        first, last = (await self._connection.execute(found)).one()
        return None if first is None else (first // DAY, last // DAY)

    async def _sums(
        self,
        community_id: int,
        count: Count,
        days: tuple[int, int],
        rooms: Collection[int] | None,
        *by: ColumnElement[Any],
    ) -> list[Any]:
        found = (
            select(*by, func.sum(counts.c.value))
            .where(
                counts.c.community_id == community_id,
                counts.c.name == count.name,
                counts.c.hour >= days[0] * DAY,
                counts.c.hour < days[1] * DAY,
            )
            .group_by(*by)
        )
        if rooms is not None:
            found = found.where(self._among(counts.c.room_id, rooms))
        return [(*row[:-1], int(row[-1])) for row in await self._connection.execute(found)]

    async def fold_rooms(self, twins: Mapping[int, int]) -> None:
        """Add what was counted in the rooms that `twins` maps from to those that it maps to."""
        for table in (counts, staged_counts):
            mine = self._among(table.c.room_id, list(twins))
            rows = [dict(row._mapping) for row in await self._connection.execute(select(table).where(mine))]
            if rows:
                await self._connection.execute(delete(table).where(mine))
                adding = dialect.insert_adding(self._connection, table, ["value"])
                await self._connection.execute(adding, [{**row, "room_id": twins[row["room_id"]]} for row in rows])

    async def begin_anew(self, community_id: int) -> None:
        """Let all counts of a community be filled from its first interaction on."""
        await self._connection.execute(delete(counts).where(counts.c.community_id == community_id))
        mine = positions.c.community_id == community_id, positions.c.name.in_([count.position for count in COUNTS])
        await self._connection.execute(delete(positions).where(*mine))


def _tallied(rows: Collection[Any], wanted: Collection[Count], bots: Collection[int]) -> Counter[Place]:
    """Return how much interactions add to each of these counts, by place."""
    here: dict[tuple[int, int, str], tuple[int, int]] = {}
    for _, kind, account, _, room, amount, at in rows:
        if account is not None and account not in bots:
            where = hour_number(at), room or 0, kind
            times, sum_ = here.get(where, (0, 0))
            here[where] = times + 1, sum_ + amount
    found: Counter[Place] = Counter()
    for (hour, room, kind), (times, sum_) in here.items():
        for count in wanted:
            if kind in count.kinds and (value := sum_ if count.amounts else times):
                found[count.name, hour, room if count.by_room else 0, kind if count.by_kind else ""] += value
    return found


def _by_start(reached: Mapping[str, int]) -> dict[int, list[Count]]:
    """Return the counts by the position that they reached: as a rule all have the same."""
    found: dict[int, list[Count]] = defaultdict(list)
    for count in COUNTS:
        found[reached[count.position]].append(count)
    return found
