"""Roll-ups: activity and ties a day, filled from a recorded position, and what is read from them."""

from __future__ import annotations

import operator
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import reduce
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, case, delete, exists, func, or_, select

from core.domain.clock import day_number
from core.domain.company import Stay, shared, weight
from core.domain.kinds import ACTIVITY, ADDRESSING, ENDING, PRESENCE, TIES, Kind
from core.store import dialect
from core.store.members import SERVED, served_in
from core.store.rows import Aggregate
from core.store.tables.communities import communities
from core.store.tables.interactions import seen
from core.store.tables.members import accounts, members
from core.store.tables.rollups import (
    STAGED,
    activity_days,
    positions,
    staged_activity_days,
    staged_tie_days,
    tie_days,
)

BATCH = 20_000
Rows = Sequence[tuple[int, int, int, int]]
Activity = dict[tuple[int, int], dict[str, int]]
Ties = dict[tuple[int, int, int], dict[str, int]]
_TIED = [tie.counted for tie in TIES.values()]
_WEIGHT = case({kind: tie.weight for kind, tie in ADDRESSING.items()}, value=seen.c.kind)


class Rollups(Aggregate):
    """Fill and read the roll-ups of a community."""

    async def advance(self, community_id: int) -> bool:
        """Add the next batch of interactions to the roll-ups; say whether there may be more.

        The caller holds the community's lock, so no earlier row can appear behind the position.
        """
        start = await self.position(community_id)
        found = (
            select(
                seen.c.id,
                seen.c.kind,
                seen.c.account_id,
                seen.c.target_account_id,
                seen.c.room_id,
                seen.c.amount,
                seen.c.at,
            )
            .where(seen.c.community_id == community_id, seen.c.id > start)
            .order_by(seen.c.id)
            .limit(BATCH)
        )
        rows = (await self._connection.execute(found)).all()
        if not rows:
            return False
        await self._add(community_id, rows, start)
        await self.move_to(community_id, rows[-1].id)
        return len(rows) == BATCH

    async def behind(self) -> set[int]:
        """Return the communities with interactions that no roll-up has yet."""
        position = func.coalesce(func.max(positions.c.value), 0)
        reached = (
            select(position)
            .where(positions.c.name == "rollups", positions.c.community_id == communities.c.id)
            .scalar_subquery()
        )
        newer = exists().where(seen.c.community_id == communities.c.id, seen.c.id > reached)
        return set((await self._connection.execute(select(communities.c.id).where(newer))).scalars())

    async def _add(self, community_id: int, rows: Collection[Any], start: int) -> None:
        activity, ties = _tallied(rows)
        ids = [row.id for row in rows if row.kind in ENDING]
        for account, target, day, kind in await self._ended(community_id, ids):
            ties[account, target, day][TIES[kind].counted] -= 1
        for stay, other, minutes in await self._shared(rows, start):
            for one, two in ((stay.account, other.account), (other.account, stay.account)):
                ties[one, two, day_number(stay.until)][TIES[Kind.VOICE].counted] += minutes
        await self._write(community_id, activity, ties)

    async def stage(self, community_id: int, rows: Collection[Any], sign: int = 1) -> None:
        """Add rows of an import under way to the roll-ups of what is staged, or take them out again."""
        activity, ties = _tallied(rows, sign)
        await self._write(community_id, activity, ties, staged=True)

    async def end_imported(self, community_id: int, import_id: int, first: int) -> None:
        """Take out of the roll-ups what ended, since the interaction `first`, of an import that nobody saw then."""
        ends = select(seen.c.id).where(
            seen.c.community_id == community_id,
            seen.c.id > first,
            seen.c.import_id.is_distinct_from(import_id),
            seen.c.kind.in_(ENDING),
        )
        ids = (await self._connection.execute(ends)).scalars().all()
        gone = [row for row in await self._gone(community_id, ids) if row.import_id == import_id]
        ties: Ties = defaultdict(lambda: dict.fromkeys(_TIED, 0))
        for row in gone:
            ties[row.account_id, row.target_account_id, day_number(row.at)][TIES[Kind(row.kind)].counted] -= 1
        await self._write(community_id, {}, ties)

    async def publish_stage(self, community_id: int) -> None:
        """Add what is staged for a community to its roll-ups."""
        for staged, table in STAGED.items():
            counts = ACTIVITY if table is activity_days else _TIED
            some = or_(*(staged.c[name] != 0 for name in counts))
            rows = select(staged).where(staged.c.community_id == community_id, some)
            await self._connection.execute(
                dialect.insert_adding(self._connection, table, counts).from_select(list(staged.c.keys()), rows)
            )
            await self._connection.execute(delete(staged).where(staged.c.community_id == community_id))

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

    async def _ended(self, community_id: int, ids: Sequence[int]) -> list[tuple[int, int, int, Kind]]:
        """Return the ties that these interactions end, as (source, target, day, kind): each where it once was counted.

        Ended are a reaction that was taken back, and the answer and mentions of a message that was deleted.
        """
        return [
            (row.account_id, row.target_account_id, day_number(row.at), Kind(row.kind))
            for row in await self._gone(community_id, ids)
        ]

    async def _gone(self, community_id: int, ids: Sequence[int]) -> list[Any]:
        """Return the interactions whose ties these ones end."""
        if not ids:
            return []
        ends = select(seen).where(self._among(seen.c.id, ids)).order_by(seen.c.id)
        rows = (await self._connection.execute(ends)).all()
        removed = [row for row in rows if row.kind == Kind.UNREACTION and row.account_id is not None]
        deleted = {row.message_key: row.id for row in reversed(rows) if row.kind == Kind.DELETED}
        gone = [*await self._reactions_ended(community_id, removed), *await self._messages_ended(community_id, deleted)]
        return [
            row
            for row in gone
            if None not in (row.account_id, row.target_account_id) and row.account_id != row.target_account_id
        ]

    async def _reactions_ended(self, community_id: int, removed: Sequence[Any]) -> list[Any]:
        """Return the reactions that removals took back: of the same person, message and emoji, the last before."""
        if not removed:
            return []
        found = (
            select(seen)
            .where(
                seen.c.community_id == community_id,
                self._among(seen.c.message_key, {row.message_key for row in removed}),
                self._among(seen.c.account_id, {row.account_id for row in removed}),
                seen.c.kind.in_((Kind.REACTION, Kind.UNREACTION)),
            )
            .order_by(seen.c.id)
        )
        wanted = {row.id for row in removed}
        there: dict[tuple[str, str, int, str], Any] = {}
        ended: list[Any] = []
        for row in await self._connection.execute(found):
            place = (row.platform, row.message_key, row.account_id, row.emoji)
            if row.kind == Kind.REACTION:
                there[place] = row
            elif (reaction := there.pop(place, None)) is not None and row.id in wanted:
                ended.append(reaction)
        return ended

    async def _messages_ended(self, community_id: int, deleted: Mapping[str, int]) -> list[Any]:
        """Return the answers and mentions of messages that these deletions (key → id) were the first to take away."""
        if not deleted:
            return []
        earlier = select(seen.c.message_key, func.min(seen.c.id).label("first")).where(
            seen.c.community_id == community_id,
            self._among(seen.c.message_key, deleted),
            seen.c.kind == Kind.DELETED,
        )
        firsts = await self._connection.execute(earlier.group_by(seen.c.message_key))
        keys = {row.message_key for row in firsts if row.first == deleted[row.message_key]}
        written = select(seen).where(
            seen.c.community_id == community_id,
            self._among(seen.c.event_key, keys),
            seen.c.account_id.is_not(None),
        )
        messages = (await self._connection.execute(written)).all()
        mentions = select(seen).where(
            seen.c.community_id == community_id,
            self._among(seen.c.account_id, {row.account_id for row in messages}),
            seen.c.at.between(
                min((row.at for row in messages), default=None), max((row.at for row in messages), default=None)
            ),
            seen.c.kind == Kind.MENTION,
        )
        named = (await self._connection.execute(mentions)).all() if messages else []
        return [
            *(row for row in messages if row.kind == Kind.REPLY),
            *(row for row in named if row.event_key.rpartition("#")[0] in keys),
        ]

    async def _shared(self, rows: Collection[Any], start: int) -> list[tuple[Stay, Stay, int]]:
        """Return who of these rows was in a voice room together, or with somebody of those up to `start`."""
        stays = list(_stays(rows))
        if not stays:
            return []
        found = select(seen.c.account_id, seen.c.room_id, seen.c.amount, seen.c.at).where(
            seen.c.kind == Kind.VOICE,
            self._among(seen.c.room_id, {stay.room for stay in stays}),
            seen.c.at > min(stay.since for stay in stays),
            seen.c.id <= start,
        )
        return list(shared(stays, list(_stays(await self._connection.execute(found)))))

    async def position(self, community_id: int, name: str = "rollups") -> int:
        """Return the last interaction that is in the roll-ups, 0 for none."""
        found = select(positions.c.value).where(positions.c.name == name, positions.c.community_id == community_id)
        return (await self._connection.execute(found)).scalar_one_or_none() or 0

    async def move_to(self, community_id: int, value: int, name: str = "rollups") -> None:
        """Record that everything up to the interaction with the id `value` is in the roll-ups."""
        moved = dialect.insert_replacing(self._connection, positions, ["value"])
        await self._connection.execute(moved, [{"name": name, "community_id": community_id, "value": value}])

    async def begin_anew(self, community_id: int) -> None:
        """Empty a community's roll-ups, to be filled from its first interaction on."""
        for table in (activity_days, tie_days):
            await self._connection.execute(delete(table).where(table.c.community_id == community_id))
        await self.move_to(community_id, 0)

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

    async def most_replied_to(self, community_id: int, limit: int) -> list[tuple[int, str, int]]:
        """Return (member, name, people) of those to whom the most different people replied."""
        source, target = accounts.alias("source"), accounts.alias("target")
        who = members.alias("who")
        people = func.count(source.c.member_id.distinct()).label("people")
        found = (
            select(members.c.id, members.c.name, people)
            .select_from(tie_days)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .join(who, who.c.id == source.c.member_id)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .join(members, members.c.id == target.c.member_id)
            .where(
                tie_days.c.community_id == community_id,
                tie_days.c.replies > 0,
                source.c.member_id != target.c.member_id,
                served_in(who),
                SERVED,
            )
            .group_by(members.c.id, members.c.name)
            .order_by(people.desc(), members.c.name)
            .limit(limit)
        )
        return [(row.id, row.name, row.people) for row in await self._connection.execute(found)]

    async def reply_pairs(self, community_id: int) -> tuple[int, int]:
        """Return how many (who replies, to whom) pairs of people there are, and their replies in all."""
        source, target = accounts.alias("source"), accounts.alias("target")
        one, other = members.alias("one"), members.alias("other")
        pairs = (
            select(func.sum(tie_days.c.replies).label("weight"))
            .select_from(tie_days)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .join(one, one.c.id == source.c.member_id)
            .join(other, other.c.id == target.c.member_id)
            .where(
                tie_days.c.community_id == community_id,
                tie_days.c.replies > 0,
                source.c.member_id != target.c.member_id,
                served_in(one),
                served_in(other),
            )
            .group_by(source.c.member_id, target.c.member_id)
            .subquery()
        )
        found = select(func.count(), func.coalesce(func.sum(pairs.c.weight), 0)).select_from(pairs)
        count, weight = (await self._connection.execute(found)).one()
        return int(count), int(weight)

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

    async def ties_of(self, member_id: int) -> dict[int, tuple[int, int]]:
        """Return how often a member addressed others, and they the member, by member; neither, if only in voice."""
        source, target = accounts.alias("source"), accounts.alias("target")
        count = _times(tie_days)
        found = (
            select(source.c.member_id, target.c.member_id, func.sum(count))
            .select_from(tie_days)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .where(
                or_(source.c.member_id == member_id, target.c.member_id == member_id),
                source.c.member_id != target.c.member_id,
                count + _together(tie_days) > 0,
            )
            .group_by(source.c.member_id, target.c.member_id)
        )
        sums: dict[int, tuple[int, int]] = {}
        for one, other, times in await self._connection.execute(found):
            who = other if one == member_id else one
            to, by = sums.get(who, (0, 0))
            sums[who] = (to + int(times), by) if one == member_id else (to, by + int(times))
        return sums

    async def first_days(self, community_id: int) -> dict[int, int]:
        """Return the day on which each member first wrote, for those who did."""
        found = (
            select(accounts.c.member_id, func.min(activity_days.c.day).label("day"))
            .join(accounts, accounts.c.id == activity_days.c.account_id)
            .where(activity_days.c.community_id == community_id, activity_days.c.messages > 0)
            .group_by(accounts.c.member_id)
        )
        return {row.member_id: row.day for row in await self._connection.execute(found)}

    async def ties(self, community_id: int, days: tuple[int, int] | None = None) -> Rows:
        """Return (source member, target member, day, times) rows; of the days from the first of `days` to the last.

        Time together in voice rooms counts as `company.weight` says.
        """
        source, target = accounts.alias("source"), accounts.alias("target")
        times = _addressing(tie_days) + _together(tie_days)
        found = (
            select(source.c.member_id, target.c.member_id, tie_days.c.day, times)
            .select_from(tie_days)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .where(
                tie_days.c.community_id == community_id,
                source.c.member_id != target.c.member_id,
                times > 0,
            )
        )
        if days is not None:
            found = found.where(tie_days.c.day.between(*days))
        return cast(Rows, (await self._connection.execute(found)).all())

    async def ties_behind(self, community_id: int, start: int, end: int) -> Rows:
        """Return the same rows of what came behind the interaction `start`, up to `end`, whatever day it was of."""
        source, target = accounts.alias("source"), accounts.alias("target")
        day = dialect.day_of(self._connection, seen.c.at)
        found = (
            select(source.c.member_id, target.c.member_id, day, func.sum(_WEIGHT))
            .select_from(seen)
            .join(source, source.c.id == seen.c.account_id)
            .join(target, target.c.id == seen.c.target_account_id)
            .where(
                seen.c.community_id == community_id,
                seen.c.id > start,
                seen.c.id <= end,
                seen.c.kind.in_(ADDRESSING),
                source.c.member_id != target.c.member_id,
            )
            .group_by(source.c.member_id, target.c.member_id, day)
        )
        addressed = cast(Rows, (await self._connection.execute(found)).all())
        gone = await self._gone_behind(community_id, start, end)
        return [*addressed, *gone, *await self._together_behind(community_id, start, end)]

    async def _gone_behind(self, community_id: int, start: int, end: int) -> Rows:
        """Return the ties that ended in that time, as rows that count less than nothing."""
        ends = select(seen.c.id).where(
            seen.c.community_id == community_id,
            seen.c.id > start,
            seen.c.id <= end,
            seen.c.kind.in_(ENDING),
        )
        ids = (await self._connection.execute(ends)).scalars().all()
        gone = await self._ended(community_id, ids)
        owners = select(accounts.c.id, accounts.c.member_id).where(
            self._among(accounts.c.id, {each for row in gone for each in row[:2]})
        )
        whose = {row.id: row.member_id for row in await self._connection.execute(owners)} if gone else {}
        lost: Counter[tuple[int, int, int]] = Counter()
        for one, two, day, kind in gone:
            if whose[one] != whose[two]:
                lost[whose[one], whose[two], day] += TIES[kind].weight
        return [(*place, -weight) for place, weight in lost.items()]

    async def _together_behind(self, community_id: int, start: int, end: int) -> Rows:
        """Return by how much time together in voice rooms weighs more than it did at the interaction `start`."""
        found = select(seen.c.account_id, seen.c.room_id, seen.c.amount, seen.c.at).where(
            seen.c.community_id == community_id,
            seen.c.kind == Kind.VOICE,
            seen.c.id > start,
            seen.c.id <= end,
        )
        added: Counter[tuple[int, int, int]] = Counter()
        for stay, other, minutes in await self._shared((await self._connection.execute(found)).all(), start):
            for one, two in ((stay.account, other.account), (other.account, stay.account)):
                added[one, two, day_number(stay.until)] += minutes
        if not added:
            return []
        source, target = accounts.alias("source"), accounts.alias("target")
        days = (
            select(source.c.id, target.c.id, tie_days.c.day, tie_days.c.voice, source.c.member_id, target.c.member_id)
            .select_from(tie_days)
            .join(source, source.c.id == tie_days.c.source_account_id)
            .join(target, target.c.id == tie_days.c.target_account_id)
            .where(
                self._among(tie_days.c.source_account_id, {key[0] for key in added}),
                self._among(tie_days.c.day, {key[2] for key in added}),
                source.c.member_id != target.c.member_id,
            )
        )
        return [
            (one, two, day, more)
            for first, second, day, minutes, one, two in await self._connection.execute(days)
            if (more := weight(minutes) - weight(minutes - added[first, second, day])) > 0
        ]


def _tallied(rows: Collection[Any], sign: int = 1) -> tuple[Activity, Ties]:
    """Return what rows add to a day's activity and ties, each row counted `sign` times."""
    activity: Activity = defaultdict(lambda: dict.fromkeys(ACTIVITY, 0))
    ties: Ties = defaultdict(lambda: dict.fromkeys(_TIED, 0))
    for row in rows:
        kind, account, target = row.kind, row.account_id, row.target_account_id
        if account is None:
            continue
        day = day_number(row.at)
        if kind in PRESENCE:
            counts = activity[account, day]
            for column in PRESENCE[kind]:
                counts[column] += sign
        if target is not None and target != account and kind in ADDRESSING:
            ties[account, target, day][ADDRESSING[kind].counted] += sign
    return activity, ties


def _stays(rows: Iterable[Any]) -> Iterator[Stay]:
    """Yield the stays in voice rooms among interactions."""
    for row in rows:
        if getattr(row, "kind", Kind.VOICE) == Kind.VOICE and None not in (row.account_id, row.room_id):
            yield Stay(row.account_id, row.room_id, row.at - timedelta(minutes=row.amount), row.at)


def _times(table: Table) -> ColumnElement[int]:
    """Return how often somebody addressed another, on each day."""
    return reduce(operator.add, (table.c[tie.counted] for tie in ADDRESSING.values()))


def _addressing(table: Table) -> ColumnElement[int]:
    """Return what it weighs that somebody addressed another, on each day."""
    return reduce(operator.add, (table.c[tie.counted] * tie.weight for tie in ADDRESSING.values()))


def _together(table: Table) -> ColumnElement[int]:
    """Return what the time weighs that two were together, on each day: the twin of `company.weight`."""
    tie = TIES[Kind.VOICE]
    minutes = table.c[tie.counted]
    return case((minutes >= tie.most * tie.minutes, tie.most * tie.weight), else_=minutes // tie.minutes * tie.weight)
