"""What is kept of a person, and how it goes: through one registry of tables."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, delete, literal, or_, select, update

from core.domain.people import Consent
from core.store import dialect
from core.store.rows import Aggregate
from core.store.snapshots import Snapshots
from core.store.tables import PERSONAL
from core.store.tables.base import Personal
from core.store.tables.consent import erasures
from core.store.tables.interactions import interactions
from core.store.tables.ledger import ledger
from core.store.tables.members import accounts, members

# Rows of one person towards another: the other's part stays theirs, without the name.
_TARGETS = {"interactions": "target_account_id", "audit": "subject_account_id", "ledger": "actor_account_id"}


class Erasure(Aggregate):
    """Export and erase what is kept of members."""

    def _rows_of(
        self, entry: Personal, member_ids: Collection[int], account_ids: Collection[int]
    ) -> ColumnElement[bool]:
        return or_(
            *(
                self._among(entry.table.c[name], account_ids if self._names_account(entry.table, name) else member_ids)
                for name in entry.columns
            )
        )

    @staticmethod
    def _names_account(table: Table, name: str) -> bool:
        return any(key.column.table.name == "accounts" for key in table.c[name].foreign_keys)

    async def export(
        self, member_ids: Collection[int], account_ids: Collection[int]
    ) -> dict[str, list[dict[str, Any]]]:
        """Return every row that names these members or accounts, by table."""
        kept: dict[str, list[dict[str, Any]]] = {}
        for name, entry in sorted(PERSONAL.items()):
            found = select(entry.table).where(self._rows_of(entry, member_ids, account_ids))
            kept[name] = [dict(row._mapping) for row in await self._connection.execute(found)]
        for row in kept.get("outbox", ()):
            row["payload"] = {**row["payload"], "file": None}  # an export within an export, twice as long each time
        return kept

    async def leave_out(self, account_ids: Collection[int]) -> None:
        """Keep nothing of these accounts but what the ledger needs: what they did goes, or goes on without them.

        Interactions stay as nobody's, so that an event that comes again is still known.
        """
        owners = select(accounts.c.member_id).where(self._among(accounts.c.id, account_ids)).distinct()
        gone = (await self._connection.execute(owners)).scalars()
        await Snapshots(self._connection).forget(list(gone))
        mine = self._among(interactions.c.account_id, account_ids)
        await self._connection.execute(update(interactions).where(mine).values(account_id=None))
        towards = self._among(interactions.c.target_account_id, account_ids)
        await self._connection.execute(update(interactions).where(towards).values(target_account_id=None))
        for name, entry in PERSONAL.items():
            if entry.erase == "delete" and name != "interactions":
                await self._connection.execute(delete(entry.table).where(self._rows_of(entry, (), account_ids)))
        unnamed = update(accounts).where(self._among(accounts.c.id, account_ids))
        await self._connection.execute(unnamed.values(name="", username=None))

    async def erase(
        self, member_ids: Collection[int], account_ids: Collection[int], hashes: Collection[str], now: datetime
    ) -> None:
        """Erase members: rows go, ledger amounts stay under a pseudonym, and the hashes keep replays out."""
        await self.remember(dict.fromkeys(hashes, now))
        await Snapshots(self._connection).forget(member_ids)
        for name, entry in PERSONAL.items():
            await self._erase_from(name, entry, member_ids, account_ids)
        for account_id in account_ids:
            await self._connection.execute(
                update(accounts)
                .where(accounts.c.id == account_id)
                .values(external_id=f"erased-{secrets.token_hex(8)}", platform="erased", reachable=False)
            )
        await self._connection.execute(
            update(members)
            .where(self._among(members.c.id, member_ids))
            .values(erased_at=now, consent=Consent.OUT.value)
        )
        await self._connection.execute(
            update(ledger)
            .where(self._among(ledger.c.account_id, account_ids))
            .values(key=literal("erased:") + cast(ledger.c.id, String))
        )

    async def _erase_from(
        self, name: str, entry: Personal, member_ids: Collection[int], account_ids: Collection[int]
    ) -> None:
        table = entry.table
        others = _TARGETS.get(name)
        if others is not None:
            await self._connection.execute(
                update(table).where(self._among(table.c[others], account_ids)).values({others: None})
            )
        mine = self._rows_of(entry, member_ids, account_ids)
        if entry.erase == "delete":
            await self._connection.execute(delete(table).where(mine))
        elif entry.erase == "blank":
            await self._connection.execute(update(table).where(mine).values(entry.blank))

    async def remember(self, hashes: Mapping[str, datetime]) -> None:
        """Remember when these account hashes were erased."""
        known = [{"account_hash": each, "at": at} for each, at in hashes.items()]
        if known:
            await self._connection.execute(dialect.insert_replacing(self._connection, erasures, ["at"]), known)

    async def all(self) -> dict[str, datetime]:
        """Return when each account hash was erased, for all that ever were."""
        return {row.account_hash: row.at for row in await self._connection.execute(select(erasures))}

    async def erased(self, hashes: Collection[str]) -> dict[str, datetime]:
        """Return when each of these account hashes was erased, for those that were."""
        found = select(erasures).where(self._among(erasures.c.account_hash, hashes))
        return {row.account_hash: row.at for row in await self._connection.execute(found)}

    async def any(self) -> bool:
        """Say whether anybody was ever erased."""
        return (await self._connection.execute(select(erasures.c.at).limit(1))).first() is not None
