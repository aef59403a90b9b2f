"""Entries of an import under way: written ahead in short transactions, so that publishing it only moves balances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, select

from core.domain.points import Entry, Reason
from core.store import bulk
from core.store.rows import Aggregate
from core.store.tables.ledger import ledger_rows

ROWS = 3_000  # that are removed in a transaction
COLUMNS = ("community_id", *Entry.__dataclass_fields__)
# What is staged under a key gives way to what is booked under it now: that came first, for whoever looks.
_BECOMES = ", ".join(["import_id = NULL", *(f"{name} = excluded.{name}" for name in COLUMNS)])
GIVES_WAY = (
    f" ON CONFLICT (key, community_id) DO UPDATE SET {_BECOMES}"  # noqa: S608  names of our own columns
    " WHERE ledger.import_id IN (SELECT id FROM imports WHERE until IS NULL)"
)


@dataclass(frozen=True, slots=True)
class Given:
    """What an account is given by all staged entries of an import, and when the last of them was for a message."""

    account_id: int
    points: int
    rewarded_at: datetime | None


class StagedEntries(Aggregate):
    """Write, sum up and remove what an import gives before anybody sees it."""

    async def add(self, import_id: int, community_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write entries, given by `row_of`, of which no key is booked."""
        staged = [(community_id, *row, import_id) for row in rows]
        await bulk.write_rows(self._connection, ledger_rows, (*COLUMNS, "import_id"), staged)

    async def count(self, import_id: int) -> int:
        """Return how many entries of an import there are."""
        found = select(func.count()).where(ledger_rows.c.import_id == import_id)
        return int((await self._connection.execute(found)).scalar_one())

    async def given(self, import_id: int) -> list[Given]:
        """Return what each account is given."""
        rewarded = case((ledger_rows.c.reason == Reason.MESSAGE.value, ledger_rows.c.at))
        found = (
            select(ledger_rows.c.account_id, func.sum(ledger_rows.c.amount), func.max(rewarded))
            .where(ledger_rows.c.import_id == import_id)
            .group_by(ledger_rows.c.account_id)
        )
        rows = await self._connection.execute(found)
        return [Given(account, int(points), rewarded_at) for account, points, rewarded_at in rows]

    async def clear_some(self, import_id: int) -> bool:
        """Remove some entries of an import; say whether there may be more."""
        some = select(ledger_rows.c.id).where(ledger_rows.c.import_id == import_id).limit(ROWS)
        removed = await self._connection.execute(delete(ledger_rows).where(ledger_rows.c.id.in_(some)))
        return bool(removed.rowcount)
