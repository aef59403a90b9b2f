"""The audit log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from core.store.rows import Aggregate
from core.store.tables.audit import audit


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Somebody did something to somebody; `detail` holds what its words need."""

    action: str
    at: datetime
    actor_account_id: int | None = None
    subject_account_id: int | None = None
    detail: dict[str, Any] | None = None


class AuditLog(Aggregate):
    """Write and read who did what."""

    async def add(self, community_id: int, entry: AuditEntry) -> None:
        """Write an entry down."""
        values = {
            "community_id": community_id,
            "actor_account_id": entry.actor_account_id,
            "subject_account_id": entry.subject_account_id,
            "action": entry.action,
            "detail": entry.detail or {},
            "at": entry.at,
        }
        await self._connection.execute(insert(audit).values(values))

    async def of_entry(self, community_id: int, actions: Sequence[str], entry_id: int) -> AuditEntry | None:
        """Return the entry, one of these actions, by which an entry of the ledger came to be."""
        found = select(audit).where(
            audit.c.community_id == community_id,
            audit.c.action.in_(actions),
            audit.c.detail["entry"].as_integer() == entry_id,
        )
        row = (await self._connection.execute(found)).first()
        if row is None:
            return None
        return AuditEntry(row.action, row.at, row.actor_account_id, row.subject_account_id, row.detail)

    async def count(self, community_id: int) -> int:
        """Return how many entries a community has."""
        found = select(func.count()).where(audit.c.community_id == community_id)
        return int((await self._connection.execute(found)).scalar_one())

    async def latest(self, community_id: int, action: str, limit: int = 100) -> list[AuditEntry]:
        """Return entries of one kind, the newest first."""
        found = (
            select(audit)
            .where(audit.c.community_id == community_id, audit.c.action == action)
            .order_by(audit.c.at.desc(), audit.c.id.desc())
            .limit(limit)
        )
        return [
            AuditEntry(row.action, row.at, row.actor_account_id, row.subject_account_id, row.detail)
            for row in await self._connection.execute(found)
        ]

    async def actors(self, community_id: int, actions: Collection[str], limit: int) -> list[int]:
        """Return the accounts that did one of these actions, whoever did so last first."""
        by = audit.c.actor_account_id
        found = (
            select(by)
            .where(audit.c.community_id == community_id, audit.c.action.in_(actions), by.is_not(None))
            .group_by(by)
            .order_by(func.max(audit.c.at).desc(), by)
            .limit(limit)
        )
        return list((await self._connection.execute(found)).scalars())

    async def newest(self, community_id: int, limit: int, offset: int = 0) -> list[AuditEntry]:
        """Return entries, the newest first."""
        found = (
            select(audit)
            .where(audit.c.community_id == community_id)
            .order_by(audit.c.at.desc(), audit.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [
            AuditEntry(row.action, row.at, row.actor_account_id, row.subject_account_id, row.detail)
            for row in await self._connection.execute(found)
        ]
