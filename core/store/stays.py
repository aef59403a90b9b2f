"""Who came when and was active on which days, of everybody in a community at once: what analyses are given."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, func, insert, select

from core.domain.clock import day_number
from core.domain.kinds import Kind
from core.domain.stays import UNKNOWN, DaysOf, Stays
from core.store.members import SERVED, served_in
from core.store.rows import Aggregate
from core.store.tables.circles import first_circles
from core.store.tables.interactions import seen
from core.store.tables.members import accounts, members
from core.store.tables.rollups import activity_days, tie_days

_AT_ONCE = 50_000  # rows
_ROWS = 1_000  # written at once
_ANY = activity_days.c.messages + activity_days.c.reactions + activity_days.c.other


_SOURCE, _TARGET, _WHO = accounts.alias("source"), accounts.alias("target"), members.alias("who")
_ANSWERED = (
    select(_TARGET.c.member_id, tie_days.c.day)
    .distinct()
    .select_from(tie_days)
    .join(_SOURCE, _SOURCE.c.id == tie_days.c.source_account_id)
    .join(_WHO, _WHO.c.id == _SOURCE.c.member_id)
    .join(_TARGET, _TARGET.c.id == tie_days.c.target_account_id)
    .where(
        tie_days.c.community_id == bindparam("community"),
        tie_days.c.replies + tie_days.c.mentions > 0,
        _SOURCE.c.member_id != _TARGET.c.member_id,
        served_in(_WHO),
    )
)


class StayRows(Aggregate):
    """Read the stays of those whom Kith serves: bots, erased members and whoever is out are left out."""

    async def of(self, community_id: int) -> Stays:
        """Return when each person came and left, and on which days (UTC) they were active."""
        stays = Stays()
        place: dict[int, int] = {}
        people = (
            select(members.c.id, members.c.joined_at, members.c.left_at)
            .where(members.c.community_id == community_id, SERVED, exists().where(accounts.c.member_id == members.c.id))
            .order_by(members.c.id)
        )
        for member, joined, left in await self._connection.execute(people):
            place[member] = len(place)
            stays.members.append(member)
            stays.joined.append(UNKNOWN if joined is None else day_number(joined))
            stays.left.append(UNKNOWN if left is None else day_number(left))
        days = (
            select(accounts.c.member_id, activity_days.c.day, activity_days.c.messages)
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(activity_days.c.community_id == community_id, _ANY > 0)
        )
        found = await self._connection.stream(days)
        async for rows in found.partitions(_AT_ONCE):
            known = [row for row in rows if row[0] in place]
            stays.person.extend(place[row[0]] for row in known)
            stays.day.extend(row[1] for row in known)
            stays.messages.extend(row[2] for row in known)
        return stays

    async def did(self, community_id: int, kind: Kind) -> DaysOf:
        """Return the days on which members did something of a kind that has a subject."""
        found = (
            select(accounts.c.member_id, seen.c.at)
            .join(accounts, accounts.c.id == seen.c.account_id)
            .where(seen.c.community_id == community_id, seen.c.kind == kind, seen.c.subject.is_not(None))
        )
        days = {(member, day_number(at)) for member, at in await self._connection.execute(found)}
        return _days_of(days)

    async def answered(self, community_id: int) -> DaysOf:
        """Return the days on which members were answered or mentioned by somebody else."""
        return _days_of({(member, day) for member, day in await self._run(_ANSWERED, community=community_id)})

    async def sources(self, community_id: int) -> dict[int, str]:
        """Return through which invite link each member came first, of those of whom a platform told it."""
        found = (
            select(accounts.c.member_id, seen.c.source)
            .join(accounts, accounts.c.id == seen.c.account_id)
            .where(seen.c.community_id == community_id, seen.c.kind == Kind.JOINED, seen.c.source.is_not(None))
            .order_by(seen.c.at.desc(), seen.c.id.desc())
        )
        return {row.member_id: row.source for row in await self._connection.execute(found)}

    async def joins_by_source(self, community_id: int, since: datetime, until: datetime) -> dict[str, int]:
        """Return how many came through each invite link from a time up to another, the most first."""
        times = func.count(seen.c.account_id.distinct())
        found = (
            select(seen.c.source, times)
            .where(
                *(seen.c.community_id == community_id, seen.c.at >= since, seen.c.at < until),
                *(seen.c.kind == Kind.JOINED, seen.c.source.is_not(None)),
            )
            .group_by(seen.c.source)
            .order_by(times.desc(), seen.c.source)
        )
        return {row[0]: row[1] for row in await self._connection.execute(found)}

    async def tiers(self, community_id: int) -> dict[int, int]:
        """Return the place of each member's tier."""
        found = select(members.c.id, members.c.tier).where(members.c.community_id == community_id, SERVED)
        return {row.id: row.tier for row in await self._connection.execute(found)}

    async def first_circles(self, community_id: int) -> dict[int, tuple[int, int]]:
        """Return in which circle each member was first, and since what day, of those of whom it is kept."""
        found = select(first_circles).where(first_circles.c.community_id == community_id)
        return {row.member_id: (row.circle, row.day) for row in await self._connection.execute(found)}

    async def keep_first_circles(self, community_id: int, circles: Mapping[int, int], day: int) -> None:
        """Keep in which circle members are (0: none) who weren't in any before, and forget all others'."""
        known, row = await self.first_circles(community_id), {"community_id": community_id, "day": day}
        if gone := known.keys() - circles.keys():
            await self._connection.execute(delete(first_circles).where(self._among(first_circles.c.member_id, gone)))
        new = {member: circle for member, circle in circles.items() if circle and member not in known}
        rows = [{"member_id": member, "circle": circle, **row} for member, circle in new.items()]
        for start in range(0, len(rows), _ROWS):
            await self._connection.execute(insert(first_circles), rows[start : start + _ROWS])

    async def leavings_since(self, community_id: int) -> int | None:
        """Return the day from which on leavings are told: since Kith came, or the first that a history tells of."""
        here = seen.c.community_id == community_id
        # A coming may be told of long after it was.
        told = seen.c.import_id.is_(None), seen.c.kind != Kind.JOINED
        live = select(seen.c.at).where(here, *told).order_by(seen.c.id).limit(1)
        left = select(func.min(seen.c.at)).where(here, seen.c.kind == Kind.LEFT)
        found = [(await self._connection.execute(each)).scalar_one_or_none() for each in (live, left)]
        return min((day_number(at) for at in found if at is not None), default=None)


def _days_of(days: set[tuple[int, int]]) -> DaysOf:
    rows = sorted(days)
    return DaysOf(member=array("q", [row[0] for row in rows]), day=array("q", [row[1] for row in rows]))
