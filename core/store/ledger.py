"""The ledger: append-only, and the sums that are read from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, func, or_, select, update

from core.domain.points import Entry, Reason
from core.store import dialect
from core.store.dialect import one_of
from core.store.rows import Aggregate
from core.store.tables.ledger import ledger
from core.store.tables.members import accounts, members


@dataclass(frozen=True, slots=True)
class Booked:
    """A row of the ledger."""

    id: int
    account_id: int
    actor_account_id: int | None
    amount: int
    earned: int
    reason: Reason
    note: str
    key: str
    reverses_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A place on a board: rank from 1, ties share a rank."""

    rank: int
    member_id: int
    name: str
    points: int


_COLUMNS = tuple(Entry.__dataclass_fields__)
_values = attrgetter(*_COLUMNS)
# With the community, though keys hardly ever meet: that is how the index has them.
_KNOWN = select(ledger.c.community_id, ledger.c.key).where(
    one_of(ledger.c.community_id, "communities"), one_of(ledger.c.key, "keys")
)
_TALLY = select(ledger.c.account_id, ledger.c.reason, ledger.c.at).where(
    one_of(ledger.c.account_id, "accounts"),
    one_of(ledger.c.reason, "reasons"),
    ledger.c.at >= bindparam("since"),
)


def _booked(row: Row[tuple[object, ...]] | Any) -> Booked:
    return Booked(
        row.id,
        row.account_id,
        row.actor_account_id,
        row.amount,
        row.earned,
        Reason(row.reason),
        row.note,
        row.key,
        row.reverses_id,
        row.at,
    )


class Ledger(Aggregate):
    """Write entries and read them back; balances are moved by `Members`."""

    async def known(self, keys: Mapping[int, Collection[str]]) -> set[tuple[int, str]]:
        """Return which of these keys, given for each community, are booked: as (community, key)."""
        wanted = sorted({key for some in keys.values() for key in some})
        if not wanted:
            return set()
        return {(row[0], row[1]) for row in await self._run(_KNOWN, communities=list(keys), keys=wanted)}

    async def add(self, entries: Sequence[tuple[int, Entry]]) -> None:
        """Write (community, entry) pairs; a key that is booked already in its community is an integrity error."""
        rows = [(community_id, *_values(entry)) for community_id, entry in entries]
        await dialect.write_rows(self._connection, ledger, ("community_id", *_COLUMNS), rows)

    async def with_keys(self, community_id: int, keys: Collection[str]) -> dict[str, Booked]:
        """Return entries by key."""
        found = select(ledger).where(ledger.c.community_id == community_id, self._among(ledger.c.key, keys))
        return {row.key: _booked(row) for row in await self._connection.execute(found)}

    async def entries(self, ids: Collection[int]) -> dict[int, Booked]:
        """Return entries by id."""
        if not ids:
            return {}
        found = select(ledger).where(self._among(ledger.c.id, ids))
        return {row.id: _booked(row) for row in await self._connection.execute(found)}

    async def entry(self, community_id: int, entry_id: int) -> Booked | None:
        """Return an entry of this community by id."""
        found = select(ledger).where(ledger.c.community_id == community_id, ledger.c.id == entry_id)
        row = (await self._connection.execute(found)).first()
        return None if row is None else _booked(row)

    async def reversal_of(self, entry_id: int) -> Booked | None:
        """Return the entry that reverses this one, if any does."""
        row = (await self._connection.execute(select(ledger).where(ledger.c.reverses_id == entry_id))).first()
        return None if row is None else _booked(row)

    async def of_member(self, member_id: int, limit: int = 10, offset: int = 0) -> list[Booked]:
        """Return a member's entries, the newest first."""
        found = (
            select(ledger)
            .join(accounts, accounts.c.id == ledger.c.account_id)
            .where(accounts.c.member_id == member_id)
            .order_by(ledger.c.at.desc(), ledger.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [_booked(row) for row in await self._connection.execute(found)]

    async def count_of(self, member_id: int) -> int:
        """Return how many entries a member has."""
        found = (
            select(func.count())
            .select_from(ledger)
            .join(accounts, accounts.c.id == ledger.c.account_id)
            .where(accounts.c.member_id == member_id)
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def spent(self, member_id: int) -> int:
        """Return how much a member has paid for benefits."""
        found = (
            select(func.coalesce(func.sum(-ledger.c.amount), 0))
            .join(accounts, accounts.c.id == ledger.c.account_id)
            .where(accounts.c.member_id == member_id, ledger.c.reason == Reason.REDEEM)
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def tally(
        self, account_ids: Collection[int], reasons: Collection[Reason], since: datetime
    ) -> list[tuple[int, Reason, datetime]]:
        """Return (account, reason, time) of the entries of these accounts and reasons since a time."""
        if not account_ids:
            return []
        given = [reason.value for reason in reasons]
        rows = await self._run(_TALLY, accounts=account_ids, reasons=given, since=since)
        return [(row[0], Reason(row[1]), row[2]) for row in rows]

    async def count_given(self, actor_account_ids: Collection[int], reason: Reason, since: datetime) -> int:
        """Return how many entries of a reason these accounts caused since a time."""
        found = select(func.count()).where(
            self._among(ledger.c.actor_account_id, actor_account_ids),
            ledger.c.reason == reason,
            ledger.c.at >= since,
        )
        return int((await self._connection.execute(found)).scalar_one())

    def _board(self, community_id: int, since: datetime | None) -> Any:
        present = (
            members.c.community_id == community_id,
            members.c.left_at.is_(None),
            members.c.erased_at.is_(None),
            members.c.consent != "out",
            members.c.bot.is_(False),
        )
        if since is None:
            base = select(members.c.id, members.c.name, members.c.earned.label("points")).where(
                *present, members.c.earned > 0
            )
        else:
            points = func.sum(ledger.c.earned)
            base = (
                select(members.c.id, members.c.name, points.label("points"))
                .join(accounts, accounts.c.id == ledger.c.account_id)
                .join(members, members.c.id == accounts.c.member_id)
                .where(*present, ledger.c.community_id == community_id, ledger.c.at >= since)
                .group_by(members.c.id, members.c.name)
                .having(points > 0)
            )
        board = base.subquery()
        rank = func.rank().over(order_by=board.c.points.desc()).label("rank")
        return select(rank, board).subquery()

    async def board(
        self, community_id: int, since: datetime | None, limit: int, offset: int
    ) -> tuple[list[Standing], int]:
        """Return a page of the board by points earned since a time (None: ever), and how many are on it.

        Leavers, erased members, bots and whoever is out by consent aren't on it.
        """
        ranked = self._board(community_id, since)
        page = select(ranked).order_by(ranked.c.rank, ranked.c.id).limit(limit).offset(offset)
        rows = await self._connection.execute(page)
        standings = [Standing(row.rank, row.id, row.name, int(row.points)) for row in rows]
        total = (await self._connection.execute(select(func.count()).select_from(ranked))).scalar_one()
        return standings, int(total)

    async def standing(self, community_id: int, member_id: int, since: datetime | None) -> Standing | None:
        """Return one member's place on the board, None where they aren't on it."""
        ranked = self._board(community_id, since)
        row = (await self._connection.execute(select(ranked).where(ranked.c.id == member_id))).first()
        return None if row is None else Standing(row.rank, row.id, row.name, int(row.points))

    async def sums(self, community_id: int) -> dict[int, int]:
        """Return the sum of the ledger for each member of a community."""
        found = (
            select(accounts.c.member_id, func.sum(ledger.c.amount).label("total"))
            .join(accounts, accounts.c.id == ledger.c.account_id)
            .where(ledger.c.community_id == community_id)
            .group_by(accounts.c.member_id)
        )
        return {row.member_id: int(row.total) for row in await self._connection.execute(found)}

    @staticmethod
    def _takes_back(original: Any) -> ColumnElement[bool]:
        """Return "this entry reverses `original`": by key, for within one batch the original has no id yet."""
        return and_(
            ledger.c.reason == Reason.REVERSAL,
            original.c.community_id == ledger.c.community_id,
            original.c.key == func.substr(ledger.c.key, len("undo:") + 1),
        )

    async def derived(self, community_id: int, reasons: Collection[Reason]) -> dict[int, tuple[int, int]]:
        """Return (amount, lifetime) that each account has from these reasons, less what was taken back."""
        original = ledger.alias("original")
        reason = func.coalesce(original.c.reason, ledger.c.reason)
        found = (
            select(
                ledger.c.account_id,
                func.sum(ledger.c.amount).label("amount"),
                func.sum(ledger.c.earned).label("earned"),
            )
            .outerjoin(original, self._takes_back(original))
            .where(ledger.c.community_id == community_id, self._among(reason, [r.value for r in reasons]))
            .group_by(ledger.c.account_id)
        )
        rows = await self._connection.execute(found)
        return {row.account_id: (int(row.amount), int(row.earned)) for row in rows}

    async def reversed_keys(self, community_id: int) -> set[str]:
        """Return the keys of the entries that were taken back."""
        original = ledger.alias("original")
        found = (
            select(original.c.key).join(ledger, self._takes_back(original)).where(ledger.c.community_id == community_id)
        )
        return set((await self._connection.execute(found)).scalars())

    async def each_of(self, community_id: int, reasons: Collection[Reason]) -> list[Booked]:
        """Return all entries of these reasons in a community, oldest first."""
        found = (
            select(ledger)
            .where(
                ledger.c.community_id == community_id,
                self._among(ledger.c.reason, [r.value for r in reasons]),
            )
            .order_by(ledger.c.at, ledger.c.id)
        )
        return [_booked(row) for row in await self._connection.execute(found)]

    async def sum_up(self, account_ids: Collection[int], at: datetime) -> None:
        """Put all entries of each account into one, and what was brought along, which an import asks for, into another.

        The newest row of each becomes the sum: SQLite would give a number that was free to a new entry.
        """
        mine, imported = self._among(ledger.c.account_id, account_ids), ledger.c.reason == Reason.IMPORT
        found = select(
            ledger.c.account_id,
            imported.label("imported"),
            func.max(ledger.c.id).label("kept"),
            func.sum(ledger.c.amount).label("amount"),
            func.sum(ledger.c.earned).label("earned"),
        )
        sums = list(await self._connection.execute(found.where(mine).group_by(ledger.c.account_id, imported)))
        theirs = select(ledger.c.id).where(mine)
        await self._connection.execute(
            update(ledger).where(or_(mine, ledger.c.reverses_id.in_(theirs))).values(reverses_id=None)
        )
        kept = self._among(ledger.c.id, [row.kept for row in sums])
        await self._connection.execute(delete(ledger).where(mine, ~kept))
        for row in sums:
            values = {
                "amount": int(row.amount),
                "earned": int(row.earned),
                "reason": Reason.IMPORT if row.imported else Reason.SUM,
                "key": f"levels:{row.account_id}:0" if row.imported else f"sum:{row.account_id}",
                "note": "",
                "actor_account_id": None,
                "at": at,
            }
            await self._connection.execute(update(ledger).where(ledger.c.id == row.kept).values(values))
