"""The ledger: append-only, moved by one way to book, and the sums that are read from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    update,
)

from core.domain.booking import TakeBack, first_key, key_again, root_key, undo_key
from core.domain.people import Member
from core.domain.points import Entry, Reason
from core.store import bulk
from core.store.adjustments import Adjustments
from core.store.board import Board
from core.store.books import Booking, Books, BookState, Taken
from core.store.dialect import one_of
from core.store.members import Members
from core.store.staged_entries import COLUMNS, GIVES_WAY
from core.store.tables.benefits import handovers
from core.store.tables.ledger import adjustments, ledger, ledger_rows
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


class BookedTwice(Exception):
    """Say that something is booked already under a key that was taken for a new one."""


SPENT = (Reason.REDEEM.value, Reason.PURCHASE.value)  # what members pay for
_values = attrgetter(*COLUMNS[1:])
# With the community, though keys hardly ever meet: that is how the index has them.
_KNOWN = select(
    ledger.c.community_id,
    ledger.c.key,
    ledger.c.id,
    ledger.c.account_id,
    ledger.c.amount,
    ledger.c.earned,
    ledger.c.reason,
    ledger.c.actor_account_id,
).where(one_of(ledger.c.community_id, "communities"), one_of(ledger.c.key, "keys"))
_ADJUSTED = select(
    adjustments.c.community_id,
    adjustments.c.key,
    null().label("id"),
    adjustments.c.account_id,
    adjustments.c.amount,
    adjustments.c.amount.label("earned"),
    literal(Reason.RULES.value).label("reason"),
    null().label("actor_account_id"),
).where(one_of(adjustments.c.community_id, "communities"), one_of(adjustments.c.key, "keys"))
_STANDING = _KNOWN.union_all(_ADJUSTED)
_TALLY = select(ledger.c.account_id, ledger.c.reason, ledger.c.at).where(
    one_of(ledger.c.account_id, "accounts"),
    one_of(ledger.c.reason, "reasons"),
    ledger.c.at >= bindparam("since"),
)


def row_of(entry: Entry) -> tuple[Any, ...]:
    """Return the fields of an entry, in the order in which it is made of them."""
    values: tuple[Any, ...] = _values(entry)
    return values


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


class Ledger(Board, Adjustments):
    """Book entries, and read them back."""

    async def known(self, keys: Mapping[int, Collection[str]]) -> set[tuple[int, str]]:
        """Return which of these keys, given for each community, are booked: as (community, key)."""
        wanted = sorted({key for some in keys.values() for key in some})
        if not wanted:
            return set()
        return {(row[0], row[1]) for row in await self._run(_KNOWN, communities=list(keys), keys=wanted)}

    async def book(
        self,
        moves: Sequence[tuple[int, Entry | TakeBack]],
        owners: Mapping[int, Member] | None = None,
        *,
        fresh: Collection[str] = (),
        floor: bool = True,
    ) -> Booking:
        """Book what comes in, goes out or is taken back, as (community, move), in order; balances move with it.

        What stands under a key isn't booked twice; what was taken back may be booked again, unless a moderator took it
        back. `fresh` are keys that nobody need look up. `owners` are members by account, as their community's holder
        read them, and stand afterwards as booked; others are read and held. Without `floor`, what a balance doesn't
        reach for is refused. Raise BooksMoved where somebody else moved a balance meanwhile.
        """
        places = sorted({place for place, _ in moves})
        known = await self._standing(places, {move.key for _, move in moves} - set(fresh))
        owned = dict(owners or {})
        wanted = {origin.account_id for origin in known.origins(moves)}
        wanted |= {move.account_id for _, move in moves if isinstance(move, Entry)}
        if missing := wanted - owned.keys():
            by_id = {member.id: member for member in owned.values()}
            for account_id, member in (await Members(self._connection).hold(missing)).items():
                owned[account_id] = by_id.setdefault(member.id, member)
        less = {origin.account_id for origin in known.origins(moves)}
        less |= {move.account_id for _, move in moves if isinstance(move, Entry) and move.earned < 0}
        taken = await self.taken({owned[each].id for each in less})
        books = Books(known, owned, taken, frozenset(fresh), floor=floor)
        for place, move in moves:
            books.put(place, move)
        await self.add(books.rows)
        await self._drop_adjustments(known.dropped)
        await Members(self._connection).move(books.moved())
        return books.booking()

    async def take_back(self, moves: Sequence[tuple[int, TakeBack]]) -> Booking:
        """Take back what stands under keys, as (community, what)."""
        return await self.book(moves)

    async def settle(self, community_id: int, member_ids: Collection[int], key: str, now: datetime) -> None:
        """Even out members whose sums were counted again: below zero nobody is, and who can pays what they owe."""
        found = (
            select(func.min(accounts.c.id))
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                self._among(members.c.id, member_ids),
                or_(members.c.balance < 0, members.c.earned < 0, and_(members.c.owed > 0, members.c.balance > 0)),
            )
            .group_by(members.c.id)
        )
        ids = (await self._connection.execute(found)).scalars().all()
        entries = [Entry(each, 0, Reason.LINK, f"{key}:{each}", now) for each in sorted(ids)]
        await self.book([(community_id, entry) for entry in entries])

    async def _standing(self, places: Sequence[int], keys: Collection[str]) -> BookState:
        """Look up what stands under `keys`, and under those of the times that each was booked again.

        Most keys are new: whether something was taken back is asked of those alone that aren't.
        """
        known = BookState()
        looked = {first_key(key): 1 for key in keys}
        while looked:
            now = {key_again(first, time): (first, time) for first, time in looked.items()}
            rows = await self._run(_STANDING, communities=places, keys=list(now))
            for row in rows:
                known.add(row)
            found = {undo_key(row[1]) for row in rows}
            undone = await self._run(_KNOWN, communities=places, keys=list(found)) if found else ()
            for row in undone:
                known.add(row)
            looked = {first: time + 1 for row in undone for first, time in (now[row[1].removeprefix("undo:")],)}
        return known

    async def taken(self, member_ids: Collection[int]) -> dict[int, Taken]:
        """Return by member what moderators took of the lifetime sum and isn't settled."""
        if not member_ids:
            return {}
        original = ledger.alias("original")
        found = (
            select(
                accounts.c.member_id,
                func.sum(-ledger.c.earned).label("amount"),
                func.max(case((ledger.c.earned < 0, ledger.c.id), else_=0)).label("last"),
            )
            .join(accounts, accounts.c.id == ledger.c.account_id)
            .outerjoin(original, self._takes_back(original))
            .where(
                self._among(accounts.c.member_id, member_ids),
                or_(ledger.c.reason == Reason.TAKE, original.c.reason == Reason.TAKE),
            )
            .group_by(accounts.c.member_id)
        )
        rows = await self._connection.execute(found)
        return {row.member_id: Taken(int(row.amount), row.last) for row in rows}

    async def add(self, entries: Sequence[tuple[int, Entry]]) -> None:
        """Write (community, entry) pairs, and move nothing; raise BookedTwice where a key is booked already."""
        await self._write([(community_id, *row_of(entry)) for community_id, entry in entries])

    async def add_rows(self, community_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write entries of a community, given by `row_of`, as `add` does."""
        await self._write([(community_id, *row) for row in rows])

    async def _write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        written = await bulk.write_rows(self._connection, ledger_rows, COLUMNS, rows, met=GIVES_WAY)
        if written != len(rows):
            raise BookedTwice(f"{len(rows) - written} of {len(rows)}")

    async def newest(self) -> int:
        """Return the last entry of all, 0 for none."""
        return (await self._connection.execute(select(func.max(ledger.c.id)))).scalar_one() or 0

    async def roots_since(self, entry_id: int) -> set[str]:
        """Return from which keys the entries behind this one follow, in whatever community."""
        found = select(ledger.c.key).where(ledger.c.id > entry_id)
        return {root_key(key) for key in (await self._connection.execute(found)).scalars()}

    async def with_keys(self, community_id: int, keys: Collection[str]) -> dict[str, Booked]:
        """Return entries by key."""
        found = select(ledger).where(ledger.c.community_id == community_id, self._among(ledger.c.key, keys))
        return {row.key: _booked(row) for row in await self._connection.execute(found)}

    async def amounts_under(self, community_id: int, name: str, reason: Reason) -> dict[str, int]:
        """Return what was booked for a reason under keys that begin with `name:`, by key; what was taken back too."""
        found = select(ledger.c.key, ledger.c.amount).where(
            ledger.c.community_id == community_id,
            ledger.c.reason == reason,
            ledger.c.key.startswith(f"{name}:", autoescape=True),
        )
        return {row.key: row.amount for row in await self._connection.execute(found)}

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
        """Return how much a member has paid for benefits and items."""
        found = (
            select(func.coalesce(func.sum(-ledger.c.amount), 0))
            .join(accounts, accounts.c.id == ledger.c.account_id)
            .where(accounts.c.member_id == member_id, ledger.c.reason.in_(SPENT))
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def earned_in(self, member_id: int, since: datetime, until: datetime) -> list[tuple[datetime, int]]:
        """Return when a member earned or lost how many points from `since` on and before `until`."""
        found = (
            select(ledger.c.at, ledger.c.earned)
            .join(accounts, accounts.c.id == ledger.c.account_id)
            .where(accounts.c.member_id == member_id, ledger.c.at >= since, ledger.c.at < until, ledger.c.earned != 0)
        )
        return [(at, int(earned)) for at, earned in await self._connection.execute(found)]

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
        found = select(
            ledger.c.account_id,
            (ledger.c.reason == Reason.IMPORT).label("imported"),
            func.max(ledger.c.id).label("kept"),
            func.sum(ledger.c.amount).label("amount"),
            func.sum(ledger.c.earned).label("earned"),
        )
        found = found.where(self._among(ledger.c.account_id, account_ids)).group_by("account_id", "imported")
        sums = list(await self._connection.execute(found))
        mine = self._among(ledger_rows.c.account_id, account_ids)
        theirs = select(ledger_rows.c.id).where(mine)
        await self._connection.execute(
            update(ledger_rows).where(or_(mine, ledger_rows.c.reverses_id.in_(theirs))).values(reverses_id=None)
        )
        await self._connection.execute(delete(handovers).where(handovers.c.entry_id.in_(theirs)))
        kept = self._among(ledger_rows.c.id, [row.kept for row in sums])
        await self._connection.execute(delete(ledger_rows).where(mine, ~kept))
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
            await self._connection.execute(update(ledger_rows).where(ledger_rows.c.id == row.kept).values(values))
