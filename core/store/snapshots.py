"""Snapshots: what an analysis found, day by day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from core.store.rows import Aggregate
from core.store.tables.members import members
from core.store.tables.snapshots import snapshots

KEPT = 15  # days: last week's is needed to say what changed


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an analysis of some kind found on a day (UTC days since 1970)."""

    kind: str
    day: int
    parameters: dict[str, Any]
    result: dict[str, Any]


class Snapshots(Aggregate):
    """Keep and find snapshots of communities."""

    async def newest(self, community_id: int, kind: str, before: int | None = None) -> Snapshot | None:
        """Return the newest snapshot of a kind, or the newest of an earlier day than `before`."""
        found = select(snapshots).where(snapshots.c.community_id == community_id, snapshots.c.kind == kind)
        if before is not None:
            found = found.where(snapshots.c.day < before)
        row = (await self._connection.execute(found.order_by(snapshots.c.day.desc()).limit(1))).first()
        return None if row is None else Snapshot(row.kind, row.day, row.parameters, row.result)

    async def keep(self, community_id: int, snapshot: Snapshot) -> None:
        """Write a snapshot in place of one of the same day, and let the old go."""
        mine = (snapshots.c.community_id == community_id) & (snapshots.c.kind == snapshot.kind)
        stale = (snapshots.c.day >= snapshot.day) | (snapshots.c.day < snapshot.day - KEPT)
        await self._connection.execute(delete(snapshots).where(mine, stale))
        values = {
            "community_id": community_id,
            "kind": snapshot.kind,
            "day": snapshot.day,
            "parameters": snapshot.parameters,
            "result": snapshot.result,
        }
        await self._connection.execute(insert(snapshots).values(values))

    async def forget(self, member_ids: Collection[int]) -> None:
        """Take these members' ids out of every snapshot: their figures are nobody's from then on."""
        gone = set(member_ids)
        found = select(members.c.community_id).distinct().where(self._among(members.c.id, member_ids))
        communities = list((await self._connection.execute(found)).scalars())
        for row in list(
            await self._connection.execute(select(snapshots).where(self._among(snapshots.c.community_id, communities)))
        ):
            if gone.isdisjoint(row.result.get("members", ())):
                continue
            kept = [None if each in gone else each for each in row.result["members"]]
            mine = (
                (snapshots.c.community_id == row.community_id)
                & (snapshots.c.kind == row.kind)
                & (snapshots.c.day == row.day)
            )
            await self._connection.execute(update(snapshots).where(mine).values(result={**row.result, "members": kept}))
