"""Reminders: what a member asked to be told at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from core.store.rows import Aggregate
from core.store.tables.reminders import reminders


@dataclass(frozen=True, slots=True)
class Reminder:
    """What an account is to be reminded of, and when; `said_at` is when that was last done."""

    id: int
    community_id: int
    account_id: int
    text: str
    due_at: datetime
    said_at: datetime | None


class Reminders(Aggregate):
    """Keep reminders until they are done."""

    async def add(self, community_id: int, account_id: int, text: str, due_at: datetime) -> Reminder:
        """Keep a new one."""
        values = {"community_id": community_id, "account_id": account_id, "text": text, "due_at": due_at}
        made = await self._connection.execute(insert(reminders).values(values).returning(reminders.c.id))
        return Reminder(made.scalar_one(), community_id, account_id, text, due_at, None)

    async def get(self, community_id: int, reminder_id: int) -> Reminder | None:
        """Return a community's reminder by its id."""
        found = select(reminders).where(reminders.c.community_id == community_id, reminders.c.id == reminder_id)
        row = (await self._connection.execute(found)).first()
        return None if row is None else Reminder(*row)

    async def of(self, account_ids: Collection[int]) -> list[Reminder]:
        """Return those of whoever has these accounts, the next first."""
        found = select(reminders).where(self._among(reminders.c.account_id, account_ids))
        rows = await self._connection.execute(found.order_by(reminders.c.due_at, reminders.c.id))
        return [Reminder(*row) for row in rows]

    async def put_off(self, reminder: Reminder, due_at: datetime) -> None:
        """Let one be said at another time."""
        await self._change(reminder, due_at=due_at, said_at=None)

    async def said(self, reminder: Reminder, now: datetime) -> None:
        """Note that one was said."""
        await self._change(reminder, said_at=now)

    async def _change(self, reminder: Reminder, **values: datetime | None) -> None:
        await self._connection.execute(update(reminders).where(reminders.c.id == reminder.id).values(values))

    async def drop(self, reminder: Reminder) -> None:
        """Forget one."""
        await self._connection.execute(delete(reminders).where(reminders.c.id == reminder.id))
