"""Picks: who wants a few items each week, and which they had last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select, update

from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.catalogue import picks
from core.store.tables.members import accounts


class Picks(Aggregate):
    """Keep who wants picks; what the accounts of a member said last holds."""

    async def wants(self, account_ids: Collection[int]) -> bool | None:
        """Say whether a member wants them, None where they weren't asked."""
        found = select(picks.c.wanted).where(self._among(picks.c.account_id, account_ids))
        said = (await self._connection.execute(found.order_by(picks.c.at.desc()).limit(1))).scalar_one_or_none()
        return None if said is None else bool(said)

    async def want(self, community_id: int, account_id: int, now: datetime, *, wanted: bool) -> None:
        """Keep what a member said on one of their accounts."""
        row = {"account_id": account_id, "community_id": community_id, "wanted": wanted, "at": now, "sent": []}
        change = dialect.insert_replacing(self._connection, picks, ["wanted", "at"])
        await self._connection.execute(change, [row])

    async def wanting(self, community_id: int, after: int, limit: int) -> Mapping[int, set[int]]:
        """Return the members behind an id who want them, with the items that they had last."""
        found = (
            select(accounts.c.member_id)
            .join(picks, picks.c.account_id == accounts.c.id)
            .where(picks.c.community_id == community_id, picks.c.wanted, accounts.c.member_id > after)
            .distinct()
            .order_by(accounts.c.member_id)
            .limit(limit)
        )
        members = list((await self._connection.execute(found)).scalars())
        rows = (
            select(accounts.c.member_id, picks.c.wanted, picks.c.sent)
            .join(picks, picks.c.account_id == accounts.c.id)
            .where(self._among(accounts.c.member_id, members))
            .order_by(picks.c.at, picks.c.account_id)
        )
        last: dict[int, bool] = {}
        had: dict[int, set[int]] = defaultdict(set)
        for row in await self._connection.execute(rows) if members else ():
            last[row.member_id] = row.wanted
            had[row.member_id] |= set(row.sent)
        return {member: had[member] for member in members if last[member]}

    async def sent(self, account_ids: Collection[int], items: Collection[int]) -> None:
        """Keep which items a member had last."""
        mine = update(picks).where(self._among(picks.c.account_id, account_ids))
        await self._connection.execute(mine.values(sent=list(items)))
