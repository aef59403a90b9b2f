"""Errands: answers that are worked out later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.errands import errands

LEASE = timedelta(minutes=10)
TRIES = 3


@dataclass(frozen=True, slots=True)
class Errand:
    """A command to be called again, with these options, once there is time for it.

    `writes` says that it changes something; `asked` holds what the first call knew of who asked and where.
    """

    community_id: int
    account_id: int | None
    command: str
    options: dict[str, str]
    writes: bool
    asked: dict[str, Any]
    id: int = 0
    attempts: int = 0


class Errands(Aggregate):
    """Write, claim and settle errands."""

    async def add(self, wanted: Sequence[Errand], now: datetime) -> None:
        """Write errands down."""
        rows = [
            {
                "community_id": each.community_id,
                "account_id": each.account_id,
                "command": each.command,
                "options": each.options,
                "writes": each.writes,
                "asked": each.asked,
                "claimed_until": now,
            }
            for each in wanted
        ]
        if rows:
            await self._connection.execute(insert(errands), rows)

    async def any(self, now: datetime) -> bool:
        """Say whether an errand waits, or was claimed by somebody who never settled it."""
        found = select(errands.c.id).where(_free(now)).limit(1)
        return (await self._connection.execute(found)).first() is not None

    async def claim(self, now: datetime) -> list[Errand]:
        """Claim what waits, oldest first; what three tries couldn't settle is let go."""
        await self._connection.execute(delete(errands).where(_free(now), errands.c.attempts >= TRIES))
        found = select(errands).where(_free(now)).order_by(errands.c.id)
        rows = list(await self._connection.execute(dialect.skip_locked(found)))
        claimed = self._among(errands.c.id, [row.id for row in rows])
        await self._connection.execute(
            update(errands).where(claimed).values(claimed_until=now + LEASE, attempts=errands.c.attempts + 1)
        )
        return [
            Errand(
                row.community_id,
                row.account_id,
                row.command,
                row.options,
                row.writes,
                row.asked,
                row.id,
                row.attempts + 1,
            )
            for row in rows
        ]

    async def done(self, errand_id: int) -> None:
        """Settle an errand."""
        await self._connection.execute(delete(errands).where(errands.c.id == errand_id))


def _free(now: datetime) -> ColumnElement[bool]:
    """Say that nobody is at an errand: no claim lasts longer than a lease, unless the clock was ahead."""
    return or_(errands.c.claimed_until <= now, errands.c.claimed_until > now + LEASE)
