"""Bounties: questions with points on them, and who wrote where one was asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import case, func, insert, select, update

from core.domain.bounties import Bounty, Fate
from core.domain.kinds import WRITTEN
from core.store.rows import Aggregate
from core.store.tables.bounties import bounties
from core.store.tables.interactions import seen

_FIELDS = tuple(each.name for each in fields(Bounty))


class Bounties(Aggregate):
    """Keep questions with points on them."""

    async def add(self, community_id: int, bounty: Bounty) -> Bounty:
        """Keep a new bounty and return it with its id."""
        values = {name: getattr(bounty, name) for name in _FIELDS if name != "id"}
        new = insert(bounties).values(community_id=community_id, **{**values, "fate": bounty.fate.value})
        made = await self._connection.execute(new.returning(bounties.c.id))
        return replace(bounty, id=made.scalar_one())

    async def get(self, community_id: int, bounty_id: int) -> Bounty | None:
        """Return a community's bounty by its id."""
        return next(iter(await self._found(community_id, bounties.c.id == bounty_id)), None)

    async def open(self, community_id: int, account_ids: Collection[int] | None = None) -> list[Bounty]:
        """Return a community's open bounties, of these accounts if any are given, the oldest first."""
        wanted = [bounties.c.fate == Fate.OPEN.value]
        if account_ids is not None:
            wanted.append(self._among(bounties.c.account_id, account_ids))
        return await self._found(community_id, *wanted)

    async def settle(self, bounty: Bounty, fate: Fate, answer_account_id: int | None = None) -> bool:
        """Note what becomes of a bounty; False where that is settled already."""
        still = update(bounties).where(bounties.c.id == bounty.id, bounties.c.fate == Fate.OPEN.value)
        done = await self._connection.execute(still.values(fate=fate.value, answer_account_id=answer_account_id))
        return bool(done.rowcount)

    async def reopen(self, bounty: Bounty, ends_at: datetime) -> bool:
        """Let a bounty that was solved be open until a time; False where it isn't."""
        solved = update(bounties).where(bounties.c.id == bounty.id, bounties.c.fate == Fate.SOLVED.value)
        done = await self._connection.execute(
            solved.values(fate=Fate.OPEN.value, answer_account_id=None, ends_at=ends_at)
        )
        return bool(done.rowcount)

    async def wrote_since(
        self, community_id: int, space_id: int, room_id: int | None, since: datetime, answering: str | None, limit: int
    ) -> list[int]:
        """Return accounts that wrote in a room since a time: who answered the message of a key first, then the last."""
        answers = case((seen.c.message_key == answering, 1), else_=0)
        found = select(seen.c.account_id).where(
            seen.c.community_id == community_id,
            seen.c.space_id == space_id,
            seen.c.kind.in_(WRITTEN),
            seen.c.at >= since,
            seen.c.account_id.is_not(None),
        )
        if room_id is not None:
            found = found.where(seen.c.room_id == room_id)
        order = func.max(answers).desc(), func.max(seen.c.id).desc()
        rows = await self._connection.execute(found.group_by(seen.c.account_id).order_by(*order).limit(limit))
        return list(rows.scalars())

    async def _found(self, community_id: int, *wanted: object) -> list[Bounty]:
        found = select(*(bounties.c[name] for name in _FIELDS)).where(bounties.c.community_id == community_id, *wanted)  # type: ignore[arg-type]
        rows = await self._connection.execute(found.order_by(bounties.c.id))
        return [replace(each, fate=Fate(each.fate)) for each in (Bounty(**row._mapping) for row in rows)]
