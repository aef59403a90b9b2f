"""Links of the catalogue: which are to be looked at, and which don't answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select

from core.domain.catalogue import DeadLink
from core.store.catalogue import shown_at
from core.store.rows import Aggregate
from core.store.tables.catalogue import dead_links, items


class DeadLinks(Aggregate):
    """Keep which links of items that members are shown don't answer."""

    async def to_look_at(self, community_id: int, now: datetime, after: int, limit: int) -> list[tuple[int, str]]:
        """Return items that have links, with these, in the order of their ids."""
        found = select(items.c.id, items.c.link).where(
            *shown_at(community_id, now), items.c.link != "", items.c.id > after
        )
        rows = await self._connection.execute(found.order_by(items.c.id).limit(limit))
        return [(row.id, row.link) for row in rows]

    async def of(
        self, community_id: int, now: datetime, *, looks: int = 1, after: int = 0, limit: int | None = None
    ) -> list[DeadLink]:
        """Return links that didn't answer so many times in a row, in the order of their items' ids.

        One that was changed since, or whose item isn't shown any more, isn't among them.
        """
        found = (
            select(dead_links)
            .join(items, items.c.id == dead_links.c.item_id)
            .where(*shown_at(community_id, now), items.c.link == dead_links.c.link)
            .where(dead_links.c.looks >= looks, dead_links.c.item_id > after)
            .order_by(dead_links.c.item_id)
            .limit(limit)
        )
        return [DeadLink(**row._mapping) for row in await self._connection.execute(found)]

    async def save(self, looked_at: Sequence[int], dead: Sequence[DeadLink]) -> None:
        """Write what came of a look at these items: those that aren't `dead` answer."""
        if looked_at:
            gone = delete(dead_links).where(self._among(dead_links.c.item_id, looked_at))
            await self._connection.execute(gone)
        if dead:
            await self._connection.execute(insert(dead_links), [asdict(each) for each in dead])
