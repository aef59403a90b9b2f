"""Balances: held against others, and moved by what is booked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update

from core.domain.people import Member
from core.store import bulk, dialect
from core.store.member_rows import MEMBER_COLUMNS, member_of
from core.store.rows import Aggregate
from core.store.tables.ledger import ledger
from core.store.tables.members import accounts, members

OF_ACCOUNTS = (
    select(accounts.c.id.label("account_id"), *MEMBER_COLUMNS)
    .join(members, members.c.id == accounts.c.member_id)
    .where(dialect.one_of(accounts.c.id, "accounts"))
)
_HELD = OF_ACCOUNTS.order_by(members.c.id).with_for_update(of=members)


class Moved(NamedTuple):
    """By what a member's books move: `balance`, `earned` and `owed` are added, `level` and `rewarded_at` set."""

    member_id: int
    balance: int
    earned: int
    owed: int
    level: int
    rewarded_at: datetime | None


class BooksMoved(Exception):
    """Say that a balance isn't what it was read as: somebody else booked meanwhile."""


class Balances(Aggregate):
    """Hold members, and move what they have."""

    async def hold(self, account_ids: Collection[int]) -> dict[int, Member]:
        """Return members by the id of one of their accounts, held against others until the end; one object each."""
        rows = [(row[0], member_of(row[1:])) for row in await self._run(_HELD, accounts=account_ids)]
        by_id = {member.id: member for _, member in rows}
        return {account_id: by_id[member.id] for account_id, member in rows}

    async def move(self, moved: Sequence[Moved]) -> None:
        """Move balances, lifetime sums and debts, each by what is given, and set levels and times of reward.

        Raise BooksMoved where one of them would fall below zero: it isn't what it was read as.
        """
        changed = await bulk.update_rows(
            self._connection,
            members,
            {
                "balance": "members.balance + new.balance",
                "earned": "members.earned + new.earned",
                "owed": "members.owed + new.owed",
                "level": "new.level",
                "rewarded_at": "new.rewarded_at",
            },
            {
                "id": "bigint",
                "balance": "bigint",
                "earned": "bigint",
                "owed": "bigint",
                "level": "int",
                "rewarded_at": "timestamptz",
            },
            moved,
            where=" AND ".join(f"members.{name} + new.{name} >= 0" for name in ("balance", "earned", "owed")),
        )
        if changed != len(moved):
            raise BooksMoved(f"{len(moved) - changed} of {len(moved)}")

    async def move_debt(self, from_id: int, to_id: int) -> None:
        """Let a member owe what another did."""
        owed = (await self._connection.execute(select(members.c.owed).where(members.c.id == from_id))).scalar_one()
        for member_id, change in ((from_id, -owed), (to_id, owed)):
            owing = update(members).where(members.c.id == member_id)
            await self._connection.execute(owing.values(owed=members.c.owed + change))

    async def recount(self, member_ids: Collection[int]) -> None:
        """Set balance and lifetime sum of these members to what their ledger says."""
        for name in ("amount", "earned"):
            total = (
                select(func.coalesce(func.sum(ledger.c[name]), 0))
                .join(accounts, accounts.c.id == ledger.c.account_id)
                .where(accounts.c.member_id == members.c.id)
                .scalar_subquery()
            )
            column = "balance" if name == "amount" else "earned"
            await self._connection.execute(
                update(members).where(self._among(members.c.id, member_ids)).values({column: total})
            )
