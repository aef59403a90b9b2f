"""Imports: what each brought."""

from __future__ import annotations

from sqlalchemy import delete, exists, func, select

from core.domain.kinds import WRITTEN, Kind
from core.store.rows import Aggregate
from core.store.tables.interactions import imports, interactions, seen


class Imports(Aggregate):
    """Read what an import brought, staged or seen, and forget it."""

    async def drop(self, import_id: int) -> None:
        """Forget an import that brought nothing."""
        await self._connection.execute(delete(imports).where(imports.c.id == import_id))

    async def size(self, import_id: int) -> int:
        """Return how many interactions an import has."""
        found = select(func.count()).where(interactions.c.import_id == import_id)
        return int((await self._connection.execute(found)).scalar_one())

    async def touched(self, import_id: int, since: int) -> bool:
        """Say whether something became of a message of an import behind the interaction `since`."""
        place = select(imports.c.community_id).where(imports.c.id == import_id).scalar_subquery()
        message = interactions.alias("message")
        about = exists().where(
            message.c.platform == seen.c.platform,
            message.c.event_key == seen.c.message_key,
            message.c.import_id == import_id,
        )
        became = (Kind.REACTION, Kind.UNREACTION, Kind.DELETED)
        found = select(seen.c.id).where(seen.c.community_id == place, seen.c.id > since, seen.c.kind.in_(became), about)
        return (await self._connection.execute(found.limit(1))).first() is not None

    async def counts(self, import_id: int) -> dict[str, int]:
        """Return how many interactions of each kind an import brought."""
        found = (
            select(interactions.c.kind, func.sum(interactions.c.amount).label("total"))
            .where(interactions.c.import_id == import_id)
            .group_by(interactions.c.kind)
        )
        return {row.kind: int(row.total) for row in await self._connection.execute(found)}

    async def authors(self, import_id: int) -> int:
        """Return how many accounts wrote something that an import brought."""
        found = select(func.count(interactions.c.account_id.distinct())).where(
            interactions.c.import_id == import_id, interactions.c.kind.in_(WRITTEN)
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def pairs(self, import_id: int) -> tuple[int, int]:
        """Return how many (who replies, to whom) pairs of accounts an import brought, and their replies in all."""
        pairs = (
            select(func.count().label("weight"))
            .where(
                interactions.c.import_id == import_id,
                interactions.c.kind == Kind.REPLY,
                interactions.c.account_id != interactions.c.target_account_id,
            )
            .group_by(interactions.c.account_id, interactions.c.target_account_id)
            .subquery()
        )
        found = select(func.count(), func.coalesce(func.sum(pairs.c.weight), 0)).select_from(pairs)
        count, weight = (await self._connection.execute(found)).one()
        return int(count), int(weight)
