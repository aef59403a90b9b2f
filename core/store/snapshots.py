"""Snapshots: what an analysis found, day by day."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, bindparam, delete, exists, insert, select, update

from core.store.plain import from_plain, to_plain
from core.store.rows import Aggregate
from core.store.tables.interactions import imports, interactions
from core.store.tables.members import accounts, members
from core.store.tables.snapshots import checkpoints, snapshots

KEPT = 15  # days: last week's is needed to say what changed

# Each study asks these: building them takes longer than the database does.
_NEWEST = (
    select(snapshots)
    .where(snapshots.c.community_id == bindparam("community"), snapshots.c.kind == bindparam("kind"))
    .order_by(snapshots.c.day.desc())
    .limit(1)
)
_EARLIER = _NEWEST.where(snapshots.c.day < bindparam("before"))
_LINKED = (
    select(accounts.c.id, accounts.c.member_id)
    .where(accounts.c.community_id == bindparam("community"), accounts.c.first_member_id.is_not(None))
    .order_by(accounts.c.id)
)
R = TypeVar("R")


@cache
def _checkpoint() -> Select[Any]:
    behind = exists().where(
        imports.c.community_id == bindparam("community"),
        imports.c.until >= checkpoints.c.position,  # which may be past what was staged
        interactions.c.import_id == imports.c.id,
        interactions.c.id <= checkpoints.c.position,
    )
    mine = checkpoints.c.community_id == bindparam("community"), checkpoints.c.kind == bindparam("kind")
    return select(checkpoints).where(*mine, ~behind)


@dataclass(frozen=True, slots=True)
class Snapshot(Generic[R]):
    """What an analysis of some kind found on a day (UTC days since 1970).

    `version` is raised where a result says something else than it did before, and can't be read as it was written.
    """

    kind: str
    day: int
    result: R
    version: int = 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What an analysis leaves to its next run, with all that says whether that may go on from it.

    `day` is that of the snapshot, `position` the last interaction that is in it, `linked` a hash of which accounts
    belonged to whom, `version` that of the way to count.
    """

    day: int
    position: int
    linked: str
    version: int
    content: bytes


class Snapshots(Aggregate):
    """Keep and find snapshots of communities."""

    async def newest(
        self, community_id: int, kind: str, result: type[R], *, version: int = 1, before: int | None = None
    ) -> Snapshot[R] | None:
        """Return the newest snapshot of a kind, or the newest of an earlier day than `before`.

        None where it is of another version, or says what a `result` can't.
        """
        if before is None:
            rows = await self._run(_NEWEST, community=community_id, kind=kind)
        else:
            rows = await self._run(_EARLIER, community=community_id, kind=kind, before=before)
        row = next(iter(rows), None)
        # Before there were versions, none was written down.
        if row is None or row.parameters.get("version", 1) != version:
            return None
        read = from_plain(result, row.result)
        return None if read is None else Snapshot(kind, row.day, read, version)

    async def keep(self, community_id: int, snapshot: Snapshot[Any]) -> None:
        """Write a snapshot in place of one of the same day, and let the old go."""
        mine = (snapshots.c.community_id == community_id) & (snapshots.c.kind == snapshot.kind)
        stale = (snapshots.c.day >= snapshot.day) | (snapshots.c.day < snapshot.day - KEPT)
        await self._connection.execute(delete(snapshots).where(mine, stale))
        values = {
            "community_id": community_id,
            "kind": snapshot.kind,
            "day": snapshot.day,
            "parameters": {"version": snapshot.version},
            "result": to_plain(snapshot.result),
        }
        await self._connection.execute(insert(snapshots).values(values))

    async def checkpoint(self, community_id: int, kind: str) -> Checkpoint | None:
        """Return what the last run of a kind left, unless a history was published since that reaches before it."""
        row = next(iter(await self._run(_checkpoint(), community=community_id, kind=kind)), None)
        return None if row is None else Checkpoint(*row[2:])

    async def leave(self, community_id: int, kind: str, left: Checkpoint) -> None:
        """Keep what a run left, in place of what an earlier one did."""
        await self.drop_checkpoints([community_id], kind)
        values = {"community_id": community_id, "kind": kind, **asdict(left)}
        await self._connection.execute(insert(checkpoints).values(values))

    async def drop_checkpoints(self, community_ids: Collection[int], kind: str | None = None) -> None:
        """Let the next run of these communities count everything anew, of one kind or of all."""
        gone = delete(checkpoints).where(self._among(checkpoints.c.community_id, community_ids))
        await self._connection.execute(gone if kind is None else gone.where(checkpoints.c.kind == kind))

    async def linked(self, community_id: int) -> str:
        """Return a hash of which accounts were given to another member, and to whom."""
        rows = [tuple(row) for row in await self._run(_LINKED, community=community_id)]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    async def forget(self, member_ids: Collection[int]) -> None:
        """Take these members' ids out of every snapshot: their figures are nobody's from then on.

        What a next run would go on from is dropped: their ties are in it.
        """
        gone = set(member_ids)
        found = select(members.c.community_id).distinct().where(self._among(members.c.id, member_ids))
        communities = list((await self._connection.execute(found)).scalars())
        await self.drop_checkpoints(communities)
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
