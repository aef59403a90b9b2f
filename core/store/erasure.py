"""What is kept of a person, and how it goes: through one registry of tables."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, delete, literal, or_, select, update

from core.domain.people import Consent
from core.store import dialect
from core.store.parked import Parked
from core.store.rows import Aggregate
from core.store.snapshots import Snapshots
from core.store.tables import PERSONAL
from core.store.tables.audit import audit
from core.store.tables.base import Personal
from core.store.tables.erasures import EVERYWHERE, erasures
from core.store.tables.interactions import interactions, seen
from core.store.tables.ledger import ledger, ledger_rows
from core.store.tables.members import accounts, members

Hashes = Mapping[tuple[str, int], datetime]  # (account hash, community or EVERYWHERE) → when it was erased


class Erasure(Aggregate):
    """Export and erase what is kept of members."""

    def _rows_of(
        self,
        entry: Personal,
        member_ids: Collection[int],
        account_ids: Collection[int],
        columns: Collection[str] | None = None,
    ) -> ColumnElement[bool]:
        return or_(
            *(
                self._among(entry.table.c[name], account_ids if self._names_account(entry.table, name) else member_ids)
                for name in (entry.columns if columns is None else columns)
            )
        )

    @staticmethod
    def _names_account(table: Table, name: str) -> bool:
        return any(key.column.table.name == "accounts" for key in table.c[name].foreign_keys)

    async def export(
        self, member_ids: Collection[int], account_ids: Collection[int]
    ) -> dict[str, list[dict[str, Any]]]:
        """Return every row that names these members or accounts, by table; nothing of an import under way."""
        kept: dict[str, list[dict[str, Any]]] = {}
        for name, entry in sorted(PERSONAL.items()):
            if not entry.exported:
                continue
            columns = entry.owners if entry.unseen else entry.columns
            found = select(entry.table).where(self._rows_of(entry, member_ids, account_ids, columns))
            for table, shown in ((interactions, seen), (ledger_rows, ledger)):
                if entry.table is table:
                    found = found.where(table.c.id.in_(select(shown.c.id)))
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
        did = self._among(interactions.c.account_id, account_ids)
        await self._connection.execute(update(interactions).where(did).values(account_id=None))
        towards = self._among(interactions.c.target_account_id, account_ids)
        await self._connection.execute(update(interactions).where(towards).values(target_account_id=None))
        for name, entry in PERSONAL.items():
            if entry.erase == "delete" and name != "interactions":
                mine = self._rows_of(entry, (), account_ids, entry.owners)
                await self._connection.execute(delete(entry.table).where(mine))
        about = self._among(audit.c.subject_account_id, account_ids)
        await self._connection.execute(update(audit).where(about).values(detail={}))
        unnamed = update(accounts).where(self._among(accounts.c.id, account_ids))
        await self._connection.execute(unnamed.values(PERSONAL["accounts"].blank))

    async def erase(self, member_ids: Collection[int], account_ids: Collection[int], now: datetime) -> None:
        """Erase members: rows go, ledger amounts stay under a pseudonym. `remember` keeps replays out."""
        await Snapshots(self._connection).forget(member_ids)
        for entry in PERSONAL.values():
            await self._erase_from(entry, member_ids, account_ids)
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
            update(ledger_rows)
            .where(self._among(ledger_rows.c.account_id, account_ids))
            .values(key=literal("erased:") + cast(ledger_rows.c.id, String))
        )

    async def _erase_from(self, entry: Personal, member_ids: Collection[int], account_ids: Collection[int]) -> None:
        table, others = entry.table, entry.towards
        mine = self._rows_of(entry, member_ids, account_ids)
        if entry.erase == "blank":  # while the rows still say whom they are about
            await self._connection.execute(update(table).where(mine).values(entry.blank))
        if others is not None:
            ids = account_ids if self._names_account(table, others) else member_ids
            await self._connection.execute(
                update(table).where(self._among(table.c[others], ids)).values({others: None})
            )
        if entry.erase == "delete":
            await self._connection.execute(delete(table).where(mine))

    async def remember(self, hashes: Hashes) -> None:
        """Remember when these account hashes were erased, and where; what is parked of them goes."""
        known = [{"account_hash": each, "community_id": where, "at": at} for (each, where), at in hashes.items()]
        if known:
            await self._connection.execute(dialect.insert_replacing(self._connection, erasures, ["at"]), known)
            await Parked(self._connection).forget(hashes)

    async def all(self) -> dict[tuple[str, int], datetime]:
        """Return when each account hash was erased and where, for all that ever were."""
        rows = await self._connection.execute(select(erasures))
        return {(row.account_hash, row.community_id): row.at for row in rows}

    async def erased(self, hashes: Collection[str], community_ids: Collection[int]) -> dict[tuple[str, int], datetime]:
        """Return when each account hash was last erased in each of these communities, for those that were."""
        found = select(erasures).where(
            self._among(erasures.c.account_hash, hashes),
            self._among(erasures.c.community_id, [*community_ids, EVERYWHERE]),
        )
        last: dict[tuple[str, int], datetime] = {}
        for row in await self._connection.execute(found):
            for where in community_ids if row.community_id == EVERYWHERE else [row.community_id]:
                place = (row.account_hash, where)
                last[place] = max(row.at, last.get(place, row.at))
        return last

    async def hand_over(self, source: int, target: int) -> None:
        """Let what was erased in the community `source` be erased in `target`, which takes it in."""
        there = {(each, target): at for (each, where), at in (await self.all()).items() if where == source}
        known = await self.erased([each for each, _ in there], [target])
        await self.remember({place: max(at, known.get(place, at)) for place, at in there.items()})
        await self._connection.execute(delete(erasures).where(erasures.c.community_id == source))

    async def any(self) -> bool:
        """Say whether anybody was ever erased."""
        return (await self._connection.execute(select(erasures.c.at).limit(1))).first() is not None
