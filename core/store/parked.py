"""Parked events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from core.store.rows import Aggregate
from core.store.tables.parked import parked

KEPT_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """An event that couldn't be applied: sealed content, and the reason without any of it."""

    id: int
    platform: str
    event_key: str
    space: str | None
    sealed: bytes
    reason: str
    at: datetime


class Parked(Aggregate):
    """Put events aside, look at them, let them go."""

    async def add(self, platform: str, key: str, space: str | None, sealed: bytes, reason: str, now: datetime) -> None:
        """Put an event aside for 14 days."""
        values = {
            "platform": platform,
            "event_key": key,
            "space": space,
            "sealed": sealed,
            "reason": reason[:500],
            "at": now,
            "expires_at": now + KEPT_FOR,
        }
        await self._connection.execute(insert(parked).values(values))

    async def all(self) -> list[ParkedEvent]:
        """Return what is parked, oldest first."""
        rows = await self._connection.execute(select(parked).order_by(parked.c.id))
        return [ParkedEvent(*(getattr(row, name) for name in ParkedEvent.__slots__)) for row in rows]

    async def count(self) -> int:
        """Return how many events are parked."""
        return int((await self._connection.execute(select(func.count()).select_from(parked))).scalar_one())

    async def drop(self, parked_id: int) -> None:
        """Let an event go."""
        await self._connection.execute(delete(parked).where(parked.c.id == parked_id))

    async def prune(self, now: datetime) -> None:
        """Let go of what is past its time."""
        await self._connection.execute(delete(parked).where(parked.c.expires_at <= now))
