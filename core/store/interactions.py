"""Interactions: writing what is new, and finding who wrote what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, func, or_, select, true

from core.domain.kinds import EARNING, IN_WORDS, WRITTEN, Kind
from core.store import bulk
from core.store.dialect import one_of
from core.store.rows import Aggregate
from core.store.stages import Stages
from core.store.tables.communities import rooms
from core.store.tables.interactions import changing, imports, interactions, seen
from core.store.tables.members import accounts


@dataclass(slots=True)
class Interaction:
    """A row to be written; see the table for what the columns mean."""

    platform: str
    event_key: str
    community_id: int
    space_id: int
    kind: Kind
    at: datetime
    room_id: int | None = None
    account_id: int | None = None
    target_account_id: int | None = None
    message_key: str | None = None
    amount: int = 1
    source: str | None = None
    import_id: int | None = None
    emoji: str | None = None
    subject: str | None = None


_COLUMNS = tuple(Interaction.__dataclass_fields__)
_values = attrgetter(*_COLUMNS)


def values_of(rows: Sequence[Interaction]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return columns, and what rows have in them."""
    return _COLUMNS, [_values(row) for row in rows]


_AUTHORS = select(seen.c.event_key, seen.c.account_id).where(
    seen.c.platform == bindparam("platform"), one_of(seen.c.event_key, "keys")
)
_OF_KIND = seen.c.community_id == bindparam("community"), seen.c.kind == bindparam("kind")
_SUBJECTS = select(seen.c.account_id, seen.c.subject).where(
    *_OF_KIND, one_of(seen.c.subject, "subjects"), one_of(seen.c.account_id, "accounts")
)
_ABOUT = *_OF_KIND, seen.c.subject == bindparam("subject"), seen.c.account_id.is_not(None)
_COUNT_ABOUT = select(func.count()).select_from(seen).where(*_ABOUT)
_around, _beyond = rooms.alias("around"), rooms.alias("beyond")  # the room of a thread, and that room's category
_DELETED = seen.alias("deleted")
NOT_DELETED = ~(
    select(_DELETED.c.id)
    .where(
        _DELETED.c.message_key == seen.c.event_key,
        _DELETED.c.platform == seen.c.platform,
        changing(_DELETED),
        _DELETED.c.kind == Kind.DELETED,
    )
    .exists()
)


def _of(outer: FromClause, inner: FromClause) -> ColumnElement[bool]:
    """Say that a room is in another."""
    return and_(outer.c.external_id == inner.c.parent, outer.c.space_id == inner.c.space_id)


@cache
def _about(there: FromClause) -> Select[Any]:
    person = (accounts.c.external_id, accounts.c.name, accounts.c.username, accounts.c.bot)
    somebody = one_of(accounts.c.external_id, "people"), one_of(there.c.message_key, "whole")
    return (
        select(there.c.kind, there.c.message_key, there.c.emoji, there.c.amount, *person)
        .outerjoin(accounts, accounts.c.id == there.c.account_id)
        .where(
            there.c.platform == bindparam("platform"),
            one_of(there.c.message_key, "messages"),
            changing(there),
            or_(accounts.c.id.is_(None), *somebody),
        )
        .order_by(there.c.id)
    )


class Interactions(Aggregate):
    """Write and read interactions."""

    _there: FromClause = seen  # of which it is asked what came before

    async def known(self, platform: str, keys: Collection[str]) -> set[str]:
        """Return which of these event keys came before."""
        found = select(interactions.c.event_key).where(
            interactions.c.platform == platform, self._among(interactions.c.event_key, keys)
        )
        return set((await self._connection.execute(found)).scalars())

    async def add(self, rows: Sequence[Interaction], *, staging: bool = True) -> None:
        """Write new interactions; a key that is there already is an integrity error.

        What an import may be `staging` gives way.
        """
        for platform in {row.platform for row in rows} if staging else ():
            keys = [row.event_key for row in rows if row.platform == platform]
            await Stages(self._connection).give_way(platform, keys)
        await bulk.write_rows(self._connection, interactions, *values_of(rows))

    async def authors(self, platform: str, keys: Collection[str]) -> dict[str, int | None]:
        """Return the account behind each of these event keys that came before, None where that is nobody's."""
        if not keys:
            return {}
        return {row[0]: row[1] for row in await self._run(_AUTHORS, platform=platform, keys=keys)}

    async def about(
        self, platform: str, messages: Collection[str], whole: Collection[str], people: Collection[str]
    ) -> Sequence[Any]:
        """Return what came about these messages, oldest first: reactions, what became of them, deletions.

        Of reactions those of `people` (ids on the platform), and everybody's where the message is one of `whole`. Rows
        are (kind, message key, emoji, amount, person's id, name, handle, bot).
        """
        given = {"messages": messages, "whole": whole, "people": people}
        return await self._run(_about(self._there), platform=platform, **given)

    async def answers(
        self, authors: Collection[int], targets: Collection[int], since: datetime, until: datetime
    ) -> Sequence[tuple[str, int, int, datetime]]:
        """Return the answers between these accounts in a time, where points are to be had and which aren't deleted.

        Rows are (event key, author, target, time).
        """
        found = (
            select(
                seen.c.event_key,
                seen.c.account_id,
                seen.c.target_account_id,
                seen.c.at,
            )
            .outerjoin(rooms, rooms.c.id == seen.c.room_id)
            .outerjoin(_around, _of(_around, rooms))
            .outerjoin(_beyond, _of(_beyond, _around))
            .where(
                self._among(seen.c.account_id, authors),
                self._among(seen.c.target_account_id, targets),
                seen.c.at.between(since, until),
                seen.c.kind == Kind.REPLY,
                *(func.coalesce(each.c.earns, true()) for each in (rooms, _around, _beyond)),
                NOT_DELETED,
            )
        )
        return cast(Sequence[tuple[str, int, int, datetime]], (await self._connection.execute(found)).all())

    async def latest(self, platform: str) -> datetime | None:
        """Return when the newest interaction of a platform was."""
        found = select(func.max(seen.c.at)).where(seen.c.platform == platform)
        value: datetime | None = (await self._connection.execute(found)).scalar_one()
        return value

    async def newest(self, community_id: int) -> int:
        """Return a community's last interaction, staged ones too, 0 for none."""
        found = select(func.max(interactions.c.id)).where(interactions.c.community_id == community_id)
        return (await self._connection.execute(found)).scalar_one() or 0

    async def who_did(self, community_id: int, kind: Kind, subject: str) -> set[int]:
        """Return the accounts of which a community has an interaction of a kind about a subject."""
        here = seen.c.community_id == community_id, seen.c.kind == kind, seen.c.subject == subject
        found = await self._connection.execute(select(seen.c.account_id).where(*here))
        return {account for account in found.scalars() if account is not None}

    async def did(self, community_id: int, kind: Kind, subject: str, account_ids: Collection[int]) -> bool:
        """Say whether one of these accounts has an interaction of a kind about a subject."""
        return bool(await self.subjects(community_id, kind, [subject], account_ids))

    async def count_about(self, community_id: int, kind: Kind, subject: str) -> int:
        """Return how many interactions of a kind somebody has about a subject."""
        ((count,),) = await self._run(_COUNT_ABOUT, community=community_id, kind=kind, subject=subject)
        return int(count)

    async def subjects(
        self, community_id: int, kind: Kind, subjects: Collection[str], account_ids: Collection[int]
    ) -> set[tuple[int, str]]:
        """Return which of these accounts have an interaction of a kind about which of these subjects."""
        given = {"community": community_id, "kind": kind, "subjects": subjects, "accounts": account_ids}
        return {(row.account_id, row.subject) for row in await self._run(_SUBJECTS, **given)}

    async def count_by(self, account_ids: Collection[int], kind: Kind, since: datetime) -> int:
        """Return how many interactions of a kind these accounts have since a time."""
        found = select(func.count()).where(
            self._among(seen.c.account_id, account_ids), seen.c.kind == kind, seen.c.at >= since
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def with_keys(self, platform: str, keys: Collection[str]) -> list[Any]:
        """Return the rows with these event keys."""
        found = select(seen).where(seen.c.platform == platform, self._among(seen.c.event_key, keys))
        return list(await self._connection.execute(found))

    async def rooms_of(self, platform: str, keys: Collection[str]) -> dict[str, str]:
        """Return the names of the rooms in which these messages were written, by event key, where they have one."""
        found = (
            select(seen.c.event_key, rooms.c.name)
            .join(rooms, rooms.c.id == seen.c.room_id)
            .where(seen.c.platform == platform, self._among(seen.c.event_key, keys), rooms.c.name != "")
        )
        return {row.event_key: row.name for row in await self._connection.execute(found)}

    async def last_places(self, member_ids: Collection[int]) -> dict[int, tuple[int, str | None]]:
        """Return where each of these members last wrote: the space, and the platform's id of the room if any."""
        wrote = seen.c.kind.in_(WRITTEN)
        newest = (
            select(func.max(seen.c.id))
            .join(accounts, accounts.c.id == seen.c.account_id)
            .where(self._among(accounts.c.member_id, member_ids), wrote)
            .group_by(accounts.c.member_id)
        )
        found = (
            select(accounts.c.member_id, seen.c.space_id, rooms.c.external_id)
            .join(accounts, accounts.c.id == seen.c.account_id)
            .outerjoin(rooms, rooms.c.id == seen.c.room_id)
            .where(seen.c.id.in_(newest.scalar_subquery()))
        )
        rows = await self._connection.execute(found)
        return {row.member_id: (row.space_id, row.external_id) for row in rows}

    async def any_addressed(self, community_id: int) -> bool:
        """Say whether anybody ever addressed anybody."""
        found = (
            select(seen.c.id).where(seen.c.community_id == community_id, seen.c.target_account_id.is_not(None)).limit(1)
        )
        return (await self._connection.execute(found)).first() is not None

    async def any_tie(self, community_id: int) -> bool:
        """Say whether anybody ever addressed anybody, or sat in a voice room."""
        found = (
            select(seen.c.id)
            .where(
                seen.c.community_id == community_id,
                or_(seen.c.target_account_id.is_not(None), seen.c.kind == Kind.VOICE),
            )
            .limit(1)
        )
        return (await self._connection.execute(found)).first() is not None

    async def addressed(
        self, community_id: int, since: datetime, behind: tuple[int, int]
    ) -> Sequence[tuple[int, int, datetime]]:
        """Return who replied to or mentioned whom, and when: (source member, target member, time).

        From `since` on, and behind the first interaction of `behind`, up to the second.
        """
        target = accounts.alias("target")
        found = (
            select(accounts.c.member_id, target.c.member_id, seen.c.at)
            .select_from(seen)
            .join(accounts, accounts.c.id == seen.c.account_id)
            .join(target, target.c.id == seen.c.target_account_id)
            .where(*_lately(community_id, since, behind), seen.c.kind.in_(IN_WORDS))
        )
        return cast(Sequence[tuple[int, int, datetime]], (await self._connection.execute(found)).all())

    async def first_written(
        self, community_id: int, since: datetime, behind: tuple[int, int] | None = None
    ) -> dict[int, datetime]:
        """Return when each member first wrote in that time, as `addressed` bounds it where `behind` is given."""
        found = (
            select(accounts.c.member_id, func.min(seen.c.at).label("at"))
            .join(accounts, accounts.c.id == seen.c.account_id)
            .where(*_lately(community_id, since, behind), seen.c.kind.in_(WRITTEN))
            .group_by(accounts.c.member_id)
        )
        return {row.member_id: row.at for row in await self._connection.execute(found)}

    async def written_where(
        self, community_id: int, since: datetime, behind: tuple[int, int]
    ) -> Sequence[tuple[int, int, int]]:
        """Return who wrote how much where in that time, as `addressed` bounds it: (member, room, messages)."""
        found = (
            select(accounts.c.member_id, seen.c.room_id, func.count())
            .join(accounts, accounts.c.id == seen.c.account_id)
            .where(
                *_lately(community_id, since, behind),
                seen.c.kind.in_(WRITTEN),
                seen.c.room_id.is_not(None),
            )
            .group_by(accounts.c.member_id, seen.c.room_id)
        )
        return cast(Sequence[tuple[int, int, int]], (await self._connection.execute(found)).all())

    async def room_names(self, room_ids: Collection[int]) -> dict[int, str]:
        """Return the names of rooms by id, where they have one."""
        found = select(rooms.c.id, rooms.c.name).where(self._among(rooms.c.id, room_ids), rooms.c.name != "")
        return {row.id: row.name for row in await self._connection.execute(found)}

    async def in_order(
        self, community_id: int, import_id: int | None = None, since: datetime | None = None
    ) -> AsyncIterator[Any]:
        """Yield a community's interactions in order of time, streaming; of one import, or since a time."""
        found = select(seen).where(seen.c.community_id == community_id)
        if import_id is not None:
            found = found.where(seen.c.import_id == import_id)
        if since is not None:
            found = found.where(seen.c.at >= since)
        result = await self._connection.stream(found.order_by(seen.c.at, seen.c.id))
        async for row in result:
            yield row

    async def earning(
        self, community_id: int, since: datetime | None = None, until: datetime | None = None
    ) -> AsyncIterator[Sequence[Any]]:
        """Yield, some thousands at a time and in order of time, what the rules of points look at.

        Messages, replies and reactions of people who are known, live or imported with points.
        """
        there = self._there
        found = (
            select(there)
            .outerjoin(imports, imports.c.id == there.c.import_id)
            .where(
                there.c.community_id == community_id,
                there.c.kind.in_(EARNING),
                there.c.account_id.is_not(None),
                or_(there.c.import_id.is_(None), imports.c.with_points),
            )
        )
        if since is not None:
            found = found.where(there.c.at >= since)
        if until is not None:
            found = found.where(there.c.at <= until)
        result = await self._connection.stream(found.order_by(there.c.at, there.c.id))
        async for rows in result.partitions(5_000):
            yield rows

    async def changed_reactions(self, community_id: int) -> AsyncIterator[Any]:
        """Yield, oldest first, what came about the reactions of messages from which one was taken back."""
        there = self._there
        changed = select(there.c.message_key).where(
            there.c.community_id == community_id, there.c.kind == Kind.UNREACTION
        )
        found = (
            select(
                there.c.kind,
                there.c.platform,
                there.c.message_key,
                there.c.account_id,
                there.c.emoji,
            )
            .where(
                there.c.community_id == community_id,
                there.c.kind.in_((Kind.REACTION, Kind.UNREACTION)),
                there.c.account_id.is_not(None),
                there.c.message_key.in_(changed),
            )
            .order_by(there.c.id)
        )
        async for row in await self._connection.stream(found):
            yield row

    async def deleted(self, community_id: int) -> set[tuple[str, str]]:
        """Return platform and event key of the messages that were deleted."""
        there = self._there
        found = select(there.c.platform, there.c.message_key).where(
            there.c.community_id == community_id, there.c.kind == Kind.DELETED
        )
        return {(platform, key) for platform, key in await self._connection.execute(found)}

    async def more_than(self, community_id: int, count: int) -> bool:
        """Say whether a community has more than `count` interactions, without counting them all."""
        found = select(seen.c.id).where(seen.c.community_id == community_id).offset(count).limit(1)
        return (await self._connection.execute(found)).first() is not None

    async def totals(self, community_id: int) -> dict[str, int]:
        """Return how many interactions of each kind a community has."""
        found = (
            select(seen.c.kind, func.sum(seen.c.amount).label("total"))
            .where(seen.c.community_id == community_id)
            .group_by(seen.c.kind)
        )
        return {row.kind: int(row.total) for row in await self._connection.execute(found)}


def _lately(community_id: int, since: datetime, behind: tuple[int, int] | None) -> tuple[ColumnElement[bool], ...]:
    lately = (seen.c.community_id == community_id, seen.c.at >= since)
    if behind is None:
        return lately
    start, end = behind
    return (*lately, seen.c.id > start, seen.c.id <= end)
