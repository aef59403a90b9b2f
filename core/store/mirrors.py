"""Runs to come as a platform's own calendar shows them, and who is interested there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.activities import activities
from core.store.tables.communities import spaces
from core.store.tables.members import accounts
from core.store.tables.mirrors import interests, mirrors


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """What a platform's calendar shows of the run of an activity's slot; `reference` is what it calls it there."""

    id: int
    community_id: int
    activity_id: int
    slot: str
    platform: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    shown: bool = True
    reference: str | None = None


class Mirrors(Aggregate):
    """Keep what platforms' calendars show."""

    async def add(self, mirror: Mirror) -> Mirror:
        """Note something new and return it with its id."""
        values = {each.name: getattr(mirror, each.name) for each in fields(Mirror) if each.name != "id"}
        made = await self._connection.execute(insert(mirrors).values(values).returning(mirrors.c.id))
        return replace(mirror, id=made.scalar_one())

    async def save(self, mirror: Mirror) -> None:
        """Write what may change; what the platform calls it is noted by `sent` alone."""
        changed = {name: getattr(mirror, name) for name in ("title", "place", "starts_at", "ends_at", "shown")}
        await self._connection.execute(update(mirrors).where(mirrors.c.id == mirror.id).values(changed))

    async def sent(self, mirror_id: int, reference: str) -> None:
        """Note what the platform calls it."""
        this = mirrors.c.id == mirror_id
        await self._connection.execute(update(mirrors).where(this).values(reference=reference))

    async def get(self, mirror_id: int) -> Mirror | None:
        """Return one by its id."""
        return next(iter(await self._found(mirrors.c.id == mirror_id)), None)

    async def of(self, activity_id: int) -> list[Mirror]:
        """Return all there are of an activity, the oldest first."""
        return await self._found(mirrors.c.activity_id == activity_id)

    async def known(self, platform: str, references: Collection[str]) -> dict[str, Mirror]:
        """Return those that a platform calls so."""
        found = await self._found(mirrors.c.platform == platform, self._among(mirrors.c.reference, references))
        return {each.reference: each for each in found if each.reference is not None}

    async def interest(self, platform: str, places: Collection[str]) -> list[tuple[str, str, frozenset[str]]]:
        """Return what these spaces' calendars show: the space, what that is called there, and who is interested."""
        theirs = self._among(spaces.c.external_id, list(places))
        wanted = mirrors.c.platform == platform, mirrors.c.shown.is_(True), mirrors.c.reference.is_not(None), theirs
        there = mirrors.join(activities).join(spaces).outerjoin(interests).outerjoin(accounts)
        found = select(spaces.c.external_id, mirrors.c.reference, accounts.c.external_id).select_from(there)
        people: dict[tuple[str, str], set[str]] = defaultdict(set)
        for space, reference, person in await self._connection.execute(found.where(*wanted).order_by(mirrors.c.id)):
            people[space, reference] |= set() if person is None else {person}
        return [(*place, frozenset(each)) for place, each in people.items()]

    async def interested(self, mirror_id: int, account_id: int, at: datetime) -> None:
        """Note that somebody is interested."""
        row = {"mirror_id": mirror_id, "account_id": account_id, "at": at}
        await self._connection.execute(dialect.insert_new(self._connection, interests), [row])

    async def not_interested(self, mirror_id: int, account_id: int) -> None:
        """Note that somebody isn't interested any more."""
        theirs = interests.c.mirror_id == mirror_id, interests.c.account_id == account_id
        await self._connection.execute(delete(interests).where(*theirs))

    async def count(self, activity_id: int, slot: str) -> int:
        """Return how many are interested in the run of a slot."""
        here = mirrors.c.activity_id == activity_id, mirrors.c.slot == slot
        found = select(func.count()).select_from(interests.join(mirrors)).where(*here)
        return int((await self._connection.execute(found)).scalar_one())

    async def _found(self, *wanted: ColumnElement[bool]) -> list[Mirror]:
        rows = await self._connection.execute(select(mirrors).where(*wanted).order_by(mirrors.c.id))
        return [_mirror(row) for row in rows]


def _mirror(row: Any) -> Mirror:
    return Mirror(**{each.name: getattr(row, each.name) for each in fields(Mirror)})
