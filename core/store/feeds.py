"""Feeds: the addresses from which a community's items come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, insert, select, update

from core.domain.catalogue import FEEDS_LIMIT, Feed
from core.store.rows import Aggregate
from core.store.tables.catalogue import feeds

_LOOKED_AT = ("etag", "modified", "failures", "fault", "detail", "fetched_at", "due_at")

_DUE = (
    select(feeds)
    .where(feeds.c.community_id == bindparam("community"), feeds.c.due_at <= bindparam("now"))
    .order_by(feeds.c.due_at, feeds.c.id)
    .limit(bindparam("most", type_=Integer))
)


class Feeds(Aggregate):
    """Keep where items come from."""

    async def add(self, community_id: int, some: Sequence[str], now: datetime, account_id: int | None = None) -> int:
        """Keep those addresses that are new, up to the limit of a community, and return how many were kept."""
        there = {each.address for each in await self.of(community_id)}
        new = [each for each in dict.fromkeys(some) if each not in there][: FEEDS_LIMIT - len(there)]
        for each in new:
            row = asdict(Feed(address=each, community_id=community_id, account_id=account_id, due_at=now))
            del row["id"]
            await self._connection.execute(insert(feeds).values(row))
        return len(new)

    async def of(self, community_id: int) -> list[Feed]:
        """Return a community's feeds in the order in which they were added."""
        found = select(feeds).where(feeds.c.community_id == community_id).order_by(feeds.c.id)
        return [Feed(**row._mapping) for row in await self._connection.execute(found)]

    async def due(self, community_id: int, now: datetime, limit: int) -> list[Feed]:
        """Return those that are to be looked at, the longest waiting first."""
        rows = await self._run(_DUE, community=community_id, now=now, most=limit)
        return [Feed(**row._mapping) for row in rows]

    async def save(self, feed: Feed) -> None:
        """Write what came of a look at a feed."""
        values = {name: getattr(feed, name) for name in _LOOKED_AT}
        await self._connection.execute(update(feeds).where(feeds.c.id == feed.id).values(values))

    async def drop(self, community_id: int, feed_id: int) -> bool:
        """Take a feed off, and say whether it was there; its items stay."""
        gone = delete(feeds).where(feeds.c.community_id == community_id, feeds.c.id == feed_id)
        return bool((await self._connection.execute(gone)).rowcount)
