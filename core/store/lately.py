"""What the last days of a community held: the messages answered most, who answered others, and who came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from core.domain.clock import day_number, local_day
from core.domain.events import message_of
from core.domain.kinds import WRITTEN, Kind
from core.store.interactions import NOT_DELETED
from core.store.members import PRESENT, SERVED, served_in
from core.store.rows import Aggregate
from core.store.tables.communities import rooms, spaces
from core.store.tables.interactions import seen
from core.store.tables.members import accounts, members
from core.store.tables.rollups import activity_days, tie_days

LOOKED_AT = 50_000  # interactions, the newest: more of them make no other message the most answered


@dataclass(frozen=True, slots=True)
class Answered:
    """A message and how many `people` answered or reacted to it; `message` is what the platform calls it."""

    platform: str
    space: str
    room: str | None
    room_name: str
    message: str
    people: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many came, how many of them wrote, and who of these waits for an answer, by account."""

    came: int
    wrote: int
    waiting: Sequence[int]


@dataclass(frozen=True, slots=True)
class Came:
    """When a member came, and what they did from then on."""

    member: int
    at: datetime
    wrote: bool
    checked_in: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """Since which day a member wrote nothing, and whether they checked in from then on."""

    member: int
    since: date
    checked_in: bool


class Lately(Aggregate):
    """Read what happened in a community since a time."""

    async def most_answered(self, community_id: int, since: datetime, limit: int) -> list[Answered]:
        """Return the messages since a time that most people answered or reacted to, two at least, the first first."""
        of_it = seen.c.community_id == community_id
        oldest = select(seen.c.id).where(of_it).order_by(seen.c.id.desc()).offset(LOOKED_AT).limit(1)
        floor = (await self._connection.execute(oldest)).scalar_one_or_none() or 0
        people = func.count(seen.c.account_id.distinct()).label("people")
        ranked = (
            select(seen.c.platform, seen.c.message_key, people)
            .where(
                seen.c.community_id == community_id,
                seen.c.id > floor,
                seen.c.at >= since,
                seen.c.kind.in_((Kind.REPLY, Kind.REACTION)),
                seen.c.message_key.is_not(None),
                seen.c.target_account_id.is_not(None),
                seen.c.account_id != seen.c.target_account_id,
            )
            .group_by(seen.c.platform, seen.c.message_key)
            .having(people >= 2)
            .subquery()
        )
        found = (
            select(
                seen.c.platform,
                spaces.c.external_id.label("space"),
                rooms.c.external_id.label("room"),
                rooms.c.name,
                seen.c.event_key,
                ranked.c.people,
            )
            .select_from(ranked)
            .join(seen, (seen.c.platform == ranked.c.platform) & (seen.c.event_key == ranked.c.message_key))
            .join(spaces, spaces.c.id == seen.c.space_id)
            .outerjoin(rooms, rooms.c.id == seen.c.room_id)
            .join(accounts, accounts.c.id == seen.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                seen.c.community_id == community_id,
                seen.c.at >= since,
                seen.c.kind.in_(WRITTEN),
                SERVED,
                NOT_DELETED,
            )
            .order_by(ranked.c.people.desc(), seen.c.id)
            .limit(limit)
        )
        return [
            Answered(row.platform, row.space, row.room, row.name or "", message_of(row.event_key), row.people)
            for row in await self._connection.execute(found)
        ]

    async def touched(self, account_ids: Collection[int], since: datetime) -> set[tuple[str, str]]:
        """Return the messages (platform, message) that these accounts wrote, answered or reacted to since a time."""
        mine = self._among(seen.c.account_id, account_ids), seen.c.at >= since
        found = select(seen.c.platform, seen.c.event_key, seen.c.message_key).where(*mine)
        rows = (await self._connection.execute(found)).all()
        return {(row.platform, message_of(key)) for row in rows for key in (row.event_key, row.message_key) if key}

    async def helpers(self, community_id: int, since: datetime) -> list[tuple[int, int]]:
        """Return who answered others since the day of a time, and how many people each, the most first."""
        source, target = accounts.alias("source"), accounts.alias("target")
        who, other = members.alias("who"), members.alias("other")
        people = func.count(target.c.member_id.distinct()).label("people")
        found = (
            select(source.c.member_id, people)
            .select_from(tie_days)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .join(who, who.c.id == source.c.member_id)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .join(other, other.c.id == target.c.member_id)
            .where(
                tie_days.c.community_id == community_id,
                tie_days.c.day >= day_number(since),
                tie_days.c.replies > 0,
                source.c.member_id != target.c.member_id,
                served_in(who),
                served_in(other),
            )
            .group_by(source.c.member_id)
            .order_by(people.desc(), source.c.member_id)
        )
        return [(row.member_id, row.people) for row in await self._connection.execute(found)]

    async def arrivals(self, community_id: int, since: datetime) -> Arrivals:
        """Return who came since a time and is still there, and who of them wrote and was addressed by nobody."""
        came = select(members.c.id).where(members.c.community_id == community_id, members.c.joined_at >= since, PRESENT)
        wrote = (
            select(accounts.c.id, accounts.c.member_id)
            .join(activity_days, activity_days.c.account_id == accounts.c.id)
            .where(accounts.c.member_id.in_(came), activity_days.c.messages > 0)
            .distinct()
        )
        source, target = accounts.alias("source"), accounts.alias("target")
        answered = (
            select(target.c.member_id)
            .select_from(tie_days)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .where(
                target.c.member_id.in_(came),
                source.c.member_id != target.c.member_id,
                tie_days.c.replies + tie_days.c.mentions > 0,
            )
        )
        number = int((await self._connection.execute(select(func.count()).select_from(came.subquery()))).scalar_one())
        written = {row.id: row.member_id for row in await self._connection.execute(wrote)}
        reached = set((await self._connection.execute(answered)).scalars())
        waiting = [account for account, member in written.items() if member not in reached]
        return Arrivals(number, len(set(written.values())), waiting)

    async def came(self, community_id: int, since: datetime, zone: str) -> list[Came]:
        """Return who came since a time and is still there; days are those of a zone."""
        wrote = (
            select(activity_days.c.day)
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(accounts.c.member_id == members.c.id, activity_days.c.messages > 0)
        )
        found = select(members.c.id, members.c.joined_at, members.c.checked_in_on, wrote.exists()).where(
            members.c.community_id == community_id, members.c.joined_at >= since, PRESENT
        )
        return [
            Came(member, at, bool(written), checked_in is not None and checked_in >= local_day(at, zone).isoformat())
            for member, at, checked_in, written in await self._connection.execute(found)
        ]

    async def fell_silent(self, community_id: int, now: datetime, days: Collection[int], reach: int) -> list[Silent]:
        """Return who is still there and wrote last so many days (UTC) ago, or up to `reach` - 1 more."""
        wanted = {day_number(now) - day - more for day in days for more in range(max(reach, 1))}
        later, theirs = activity_days.alias("later"), accounts.alias("theirs")
        since_then = (
            select(later.c.day)
            .join(theirs, theirs.c.id == later.c.account_id)
            .where(theirs.c.member_id == members.c.id, later.c.messages > 0, later.c.day > activity_days.c.day)
        )
        found = (
            select(members.c.id, activity_days.c.day, members.c.checked_in_on)
            .distinct()
            .select_from(activity_days)
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                activity_days.c.community_id == community_id,
                activity_days.c.day.in_(wanted),
                activity_days.c.messages > 0,
                PRESENT,
                ~since_then.exists(),
            )
        )
        return [
            Silent(member, last := date(1970, 1, 1) + timedelta(days=day), bool(on and on > last.isoformat()))
            for member, day, on in await self._connection.execute(found)
        ]

    async def rooms_written_in(self, account_ids: Collection[int], since: datetime) -> list[str]:
        """Return the names of the rooms in which these accounts wrote since a time, the one with the most first."""
        people = func.count(seen.c.account_id.distinct())
        found = (
            select(rooms.c.name)
            .join(seen, seen.c.room_id == rooms.c.id)
            .where(
                self._among(seen.c.account_id, account_ids),
                seen.c.at >= since,
                seen.c.kind.in_(WRITTEN),
                rooms.c.name != "",
            )
            .group_by(rooms.c.id, rooms.c.name)
            .order_by(people.desc(), rooms.c.name)
        )
        return list((await self._connection.execute(found)).scalars())
