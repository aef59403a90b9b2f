"""Drafts: forms that somebody has begun to fill in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, insert, select

from core.store.rows import Aggregate
from core.store.tables.drafts import drafts
from core.store.tables.members import accounts

DIRECT = ""  # the chat of a draft that is filled in by questions


@dataclass(frozen=True, slots=True)
class Draft:
    """A form under way: whose, in which chat, what it calls when it is sent, and what was given, sealed."""

    id: int
    community_id: int
    account_id: int
    chat: str
    action: str
    sealed: bytes
    touched_at: datetime


class Drafts(Aggregate):
    """Keep and find drafts; an account has one in a chat."""

    async def of(self, account_id: int, chat: str) -> Draft | None:
        """Return an account's draft in a chat."""
        return await self._one(select(drafts).where(drafts.c.account_id == account_id, drafts.c.chat == chat))

    async def get(self, draft_id: int) -> Draft | None:
        """Return a draft by its id."""
        return await self._one(select(drafts).where(drafts.c.id == draft_id))

    async def asked(self, platform: str, people: Collection[str]) -> dict[str, Draft]:
        """Return the draft of which each of these people is asked in their direct chat: a chat has one, the newest."""
        found = (
            select(accounts.c.external_id, *_COLUMNS)
            .join(accounts, accounts.c.id == drafts.c.account_id)
            .where(
                drafts.c.chat == DIRECT,
                accounts.c.platform == platform,
                self._among(accounts.c.external_id, people),
            )
            .order_by(drafts.c.touched_at, drafts.c.id)
        )
        return {row[0]: Draft(*row[1:]) for row in await self._connection.execute(found)}

    async def keep(
        self, community_id: int, account_id: int, chat: str, action: str, sealed: bytes, now: datetime
    ) -> int:
        """Keep what was filled in so far, in the place of what the account had there, and return the draft's id."""
        values = {
            "community_id": community_id,
            "account_id": account_id,
            "chat": chat,
            "action": action,
            "sealed": sealed,
            "touched_at": now,
        }
        known = await self.of(account_id, chat)
        if known is not None and known.action == action:
            await self._connection.execute(drafts.update().where(drafts.c.id == known.id).values(values))
            return known.id
        if known is not None:
            await self.drop(known.id)
        new = insert(drafts).values(values).returning(drafts.c.id)
        return int((await self._connection.execute(new)).scalar_one())

    async def drop(self, draft_id: int) -> None:
        """Let a draft go."""
        await self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    async def prune(self, before: datetime) -> None:
        """Let go of what nobody touched since a time."""
        await self._connection.execute(delete(drafts).where(drafts.c.touched_at < before))

    async def _one(self, wanted: Select[tuple[object, ...]]) -> Draft | None:
        row = (await self._connection.execute(wanted)).first()
        return None if row is None else Draft(*(getattr(row, name) for name in Draft.__slots__))


_COLUMNS = tuple(drafts.c[name] for name in Draft.__slots__)
