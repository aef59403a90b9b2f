"""Parked events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from core.store.rows import Aggregate
from core.store.tables.communities import space_aliases, spaces
from core.store.tables.erasures import EVERYWHERE
from core.store.tables.parked import parked

KEPT_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """An event that couldn't be applied: sealed content, and the reason without any of it.

    `attempts` counts how often it was tried; `wanted` says that an owner asked for another try.
    """

    id: int
    platform: str
    event_key: str
    space: str | None
    sealed: bytes
    reason: str
    attempts: int
    wanted: bool
    at: datetime


class Parked(Aggregate):
    """Put events aside, look at them, let them go."""

    async def add(
        self,
        platform: str,
        key: str,
        space: str | None,
        sealed: bytes,
        reason: str,
        now: datetime,
        people: Collection[str] = (),
    ) -> None:
        """Put an event aside for 14 days; one that is there already stays as it is.

        `people` are the keyed hashes of whom it may name: it goes with any of them.
        """
        found = select(parked.c.id).where(parked.c.platform == platform, parked.c.event_key == key).limit(1)
        if (await self._connection.execute(found)).first() is not None:
            return
        values = {
            "platform": platform,
            "event_key": key,
            "space": space,
            "sealed": sealed,
            "reason": reason[:500],
            "people": sorted(set(people)),
            "at": now,
            "expires_at": now + KEPT_FOR,
        }
        await self._connection.execute(insert(parked).values(values))

    async def _which(self, *conditions: ColumnElement[bool]) -> list[ParkedEvent]:
        rows = await self._connection.execute(select(parked).where(*conditions).order_by(parked.c.id))
        return [ParkedEvent(*(getattr(row, name) for name in ParkedEvent.__slots__)) for row in rows]

    async def all(self) -> list[ParkedEvent]:
        """Return what is parked, oldest first."""
        return await self._which()

    async def wanted(self) -> list[ParkedEvent]:
        """Return what an owner asked to be tried again, oldest first."""
        return await self._which(parked.c.wanted)

    async def of_community(self, community_id: int) -> list[ParkedEvent]:
        """Return what is parked of a community's spaces, oldest first."""
        here = (
            select(space_aliases.c.external_id)
            .join(spaces, spaces.c.id == space_aliases.c.space_id)
            .where(
                spaces.c.community_id == community_id,
                space_aliases.c.platform == parked.c.platform,
                space_aliases.c.external_id == parked.c.space,
            )
        )
        return await self._which(here.exists())

    async def want(self, ids: Collection[int]) -> None:
        """Ask for another try of these events."""
        await self._connection.execute(update(parked).where(self._among(parked.c.id, ids)).values(wanted=True))

    async def failed_again(self, parked_id: int, reason: str) -> None:
        """Keep an event that was tried again in vain."""
        values = {"wanted": False, "attempts": parked.c.attempts + 1, "reason": reason[:500]}
        await self._connection.execute(update(parked).where(parked.c.id == parked_id).values(values))

    async def count(self) -> int:
        """Return how many events are parked."""
        return int((await self._connection.execute(select(func.count()).select_from(parked))).scalar_one())

    async def drop(self, parked_id: int) -> None:
        """Let an event go."""
        await self._connection.execute(delete(parked).where(parked.c.id == parked_id))

    async def forget(self, erased: Collection[tuple[str, int]]) -> None:
        """Let go of what may name people who were erased, as (hash of an account, community or EVERYWHERE)."""
        home = spaces.c.community_id
        found = (
            select(parked.c.id, parked.c.people, home)
            .outerjoin(
                space_aliases,
                and_(space_aliases.c.platform == parked.c.platform, space_aliases.c.external_id == parked.c.space),
            )
            .outerjoin(spaces, spaces.c.id == space_aliases.c.space_id)
        )
        places: dict[int, set[str]] = defaultdict(set)
        for hashed, place in erased:
            places[place].add(hashed)
        everybody = set().union(*places.values())
        for row in (await self._connection.execute(found)).all():
            here = everybody if row.community_id is None else places[row.community_id] | places[EVERYWHERE]
            if here and (row.people is None or here.intersection(row.people)):
                await self.drop(row.id)

    async def prune(self, now: datetime) -> None:
        """Let go of what is past its time."""
        await self._connection.execute(delete(parked).where(parked.c.expires_at <= now))
