"""Ties a day: what is read from them, and what comes and goes behind an interaction."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache, reduce
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, bindparam, case, func, or_, select

from core.domain.clock import day_number
from core.domain.kinds import ADDRESSING, ENDING, TIES, Kind
from core.domain.voice import Stay, shared, weight
from core.store import dialect
from core.store.members import SERVED, served_in
from core.store.rows import Aggregate
from core.store.tables.base import spelled_out
from core.store.tables.interactions import changing, seen
from core.store.tables.members import accounts, members
from core.store.tables.rollups import tie_days

Rows = Sequence[tuple[int, int, int, int]]
_WEIGHT = case({kind: tie.weight for kind, tie in ADDRESSING.items()}, value=seen.c.kind)


class TieDays(Aggregate):
    """Read the ties of a community's people, by day, and what interactions end or make of them."""

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

    async def ties(self, community_id: int, days: tuple[int, int] | None = None) -> Rows:
        """Return (source member, target member, day, times) rows; of the days from the first of `days` to the last.

        Time together in voice rooms counts as `voice.weight` says.
        """
        given = {} if days is None else dict(zip(("first", "last"), days, strict=True))
        return cast(Rows, await self._run(_ties(within=days is not None), community=community_id, **given))

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
        gone = await self.ended(community_id, ids)
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
        for stay, other, minutes in await self.shared((await self._connection.execute(found)).all(), start):
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

    async def ended(self, community_id: int, ids: Sequence[int]) -> list[tuple[int, int, int, Kind]]:
        """Return the ties that these interactions end, as (source, target, day, kind): each where it once was counted.

        Ended are a reaction that was taken back, and the answer and mentions of a message that was deleted.
        """
        return [
            (row.account_id, row.target_account_id, day_number(row.at), Kind(row.kind))
            for row in await self.gone(community_id, ids)
        ]

    async def gone(self, community_id: int, ids: Sequence[int]) -> list[Any]:
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
                changing(seen),
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
            changing(seen),
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

    async def shared(self, rows: Collection[Any], start: int) -> list[tuple[Stay, Stay, int]]:
        """Return who of these rows was in a voice room together, or with somebody of those up to `start`."""
        stays = list(_stays(rows))
        if not stays:
            return []
        found = select(seen.c.account_id, seen.c.room_id, seen.c.amount, seen.c.at).where(
            spelled_out(seen.c.kind, Kind.VOICE),
            self._among(seen.c.room_id, {stay.room for stay in stays}),
            seen.c.at > min(stay.since for stay in stays),
            seen.c.id <= start,
        )
        return list(shared(stays, list(_stays(await self._connection.execute(found)))))


@cache
def _ties(*, within: bool) -> Select[Any]:
    source, target = accounts.alias("source"), accounts.alias("target")
    times = _addressing(tie_days) + _together(tie_days)
    found = (
        select(source.c.member_id, target.c.member_id, tie_days.c.day, times)
        .select_from(tie_days)
        .join(source, source.c.id == tie_days.c.source_account_id)
        .join(target, target.c.id == tie_days.c.target_account_id)
        .where(
            tie_days.c.community_id == bindparam("community"),
            source.c.member_id != target.c.member_id,
            times > 0,
        )
    )
    return found.where(tie_days.c.day.between(bindparam("first"), bindparam("last"))) if within else found


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
    """Return what the time weighs that two were together, on each day: the twin of `voice.weight`."""
    tie = TIES[Kind.VOICE]
    minutes = table.c[tie.counted]
    return case((minutes >= tie.most * tie.minutes, tie.most * tie.weight), else_=minutes // tie.minutes * tie.weight)
