"""One-time codes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from core.store.rows import Aggregate
from core.store.tables.links import link_codes


@dataclass(frozen=True, slots=True)
class LinkCode:
    """An unused code: what it joins, in which community and for which account."""

    id: int
    kind: str
    community_id: int
    account_id: int | None


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


class LinkCodes(Aggregate):
    """Issue and use one-time codes."""

    async def add(self, code: str, kind: str, community_id: int, account_id: int | None, expires_at: datetime) -> None:
        """Keep the hash of a code."""
        values = {
            "code_hash": _hash(code),
            "kind": kind,
            "community_id": community_id,
            "account_id": account_id,
            "expires_at": expires_at,
        }
        await self._connection.execute(insert(link_codes).values(values))

    async def find(self, code: str, kind: str, now: datetime) -> LinkCode | None:
        """Return a code that can still be used, None where it is unknown, used or too old."""
        found = select(link_codes).where(link_codes.c.code_hash == _hash(code), *_usable(kind, now))
        row = (await self._connection.execute(found)).first()
        return None if row is None else LinkCode(row.id, row.kind, row.community_id, row.account_id)

    async def use(self, code: str, kind: str, now: datetime) -> LinkCode | None:
        """Use a code up and return it, None where it is unknown, used or too old."""
        found = await self.find(code, kind, now)
        return None if found is None else await self.use_up(found.id, kind, now)

    async def use_up(self, code_id: int, kind: str, now: datetime) -> LinkCode | None:
        """Use up the code with this id and return it, None where somebody was faster or it is too old."""
        statement = (
            update(link_codes)
            .where(link_codes.c.id == code_id, *_usable(kind, now))
            .values(used_at=now)
            .returning(link_codes)
        )
        row = (await self._connection.execute(statement)).first()
        return None if row is None else LinkCode(row.id, row.kind, row.community_id, row.account_id)

    async def confirm(self, code_id: int, used_since: datetime) -> LinkCode | None:
        """Return the code with this id that was used since a time, and drop it: a code is confirmed once."""
        statement = (
            delete(link_codes)
            .where(link_codes.c.id == code_id, link_codes.c.used_at >= used_since)
            .returning(link_codes)
        )
        row = (await self._connection.execute(statement)).first()
        return None if row is None else LinkCode(row.id, row.kind, row.community_id, row.account_id)


def _usable(kind: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return link_codes.c.kind == kind, link_codes.c.used_at.is_(None), link_codes.c.expires_at > now
