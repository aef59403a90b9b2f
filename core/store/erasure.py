"""What is kept of a person, and how it goes: through one registry of tables."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables import PERSONAL
from core.store.tables.base import Personal
from core.store.tables.consent import erasures
from core.store.tables.ledger import ledger
from core.store.tables.members import accounts

# Rows of one person towards another: the other's part stays theirs, without the name.
_TARGETS = {"interactions": "target_account_id", "audit": "subject_account_id", "ledger": "actor_account_id"}


class Erasure(Aggregate):
    """Export and erase what is kept of members."""

    def _rows_of(self, entry: Personal, member_id: int, account_ids: Collection[int]) -> ColumnElement[bool]:
        return or_(
            *(
                self._among(entry.table.c[name], account_ids)
                if self._names_account(entry.table, name)
                else entry.table.c[name] == member_id
                for name in entry.columns
            )
        )

    @staticmethod
    def _names_account(table: Table, name: str) -> bool:
        return any(key.column.table.name == "accounts" for key in table.c[name].foreign_keys)

    async def export(self, member_id: int, account_ids: Collection[int]) -> dict[str, list[dict[str, Any]]]:
        """Return every row that names a member or one of their accounts, by table."""
        kept: dict[str, list[dict[str, Any]]] = {}
        for name, entry in sorted(PERSONAL.items()):
            found = select(entry.table).where(self._rows_of(entry, member_id, account_ids))
            kept[name] = [dict(row._mapping) for row in await self._connection.execute(found)]
        return kept

    async def erase(self, member_id: int, account_ids: Collection[int], hashes: Collection[str], now: datetime) -> None:
        """Erase a member: rows go, ledger amounts stay under a pseudonym, and the hashes keep replays out."""
        known = [{"account_hash": each, "at": now} for each in hashes]
        if known:
            await self._connection.execute(dialect.insert_replacing(self._connection, erasures, ["at"]), known)
        for name, entry in PERSONAL.items():
            await self._erase_from(name, entry, member_id, account_ids)
        for account_id in account_ids:
            await self._connection.execute(
                update(accounts)
                .where(accounts.c.id == account_id)
                .values(external_id=f"erased-{secrets.token_hex(8)}", platform="erased", reachable=False)
            )
        found = select(ledger.c.id).where(self._among(ledger.c.account_id, account_ids))
        renamed = [{"l_id": row.id, "l_key": f"erased:{row.id}"} for row in await self._connection.execute(found)]
        for row in renamed:
            await self._connection.execute(update(ledger).where(ledger.c.id == row["l_id"]).values(key=row["l_key"]))

    async def _erase_from(self, name: str, entry: Personal, member_id: int, account_ids: Collection[int]) -> None:
        table = entry.table
        others = _TARGETS.get(name)
        if others is not None:
            await self._connection.execute(
                update(table).where(self._among(table.c[others], account_ids)).values({others: None})
            )
        mine = self._rows_of(entry, member_id, account_ids)
        if entry.erase == "delete":
            await self._connection.execute(delete(table).where(mine))
        elif entry.erase == "blank":
            await self._connection.execute(update(table).where(mine).values(entry.blank))

    async def erased(self, hashes: Collection[str]) -> dict[str, datetime]:
        """Return when each of these account hashes was erased, for those that were."""
        found = select(erasures).where(self._among(erasures.c.account_hash, hashes))
        return {row.account_hash: row.at for row in await self._connection.execute(found)}

    async def any(self) -> bool:
        """Say whether anybody was ever erased."""
        return (await self._connection.execute(select(erasures.c.at).limit(1))).first() is not None
