"""Cards of members, and who wants to be reminded of an activity."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import delete, select

from core.domain.activities import Activity
from core.domain.cards import Card
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.cards import card_reminders, cards

_FIELDS = tuple(each.name for each in fields(Card))


class Cards(Aggregate):
    """Keep what members learned, and their wish to be reminded."""

    async def of(self, activity_id: int, account_ids: Collection[int]) -> list[tuple[int, Card]]:
        """Return the cards that these accounts have in an activity, as (account, card)."""
        mine = cards.c.activity_id == activity_id, self._among(cards.c.account_id, account_ids)
        found = select(cards.c.account_id, *(cards.c[name] for name in _FIELDS)).where(*mine)
        rows = await self._connection.execute(found.order_by(cards.c.reviewed_at))
        return [(row[0], Card(**dict(zip(_FIELDS, row[1:], strict=True)))) for row in rows]

    async def save(self, activity: Activity, account_id: int, card: Card) -> None:
        """Keep a card as it is now."""
        row = {"activity_id": activity.id, "account_id": account_id, "community_id": activity.community_id}
        change = [name for name in _FIELDS if name != "item"]
        await self._connection.execute(
            dialect.insert_replacing(self._connection, cards, change), [{**row, **asdict(card)}]
        )

    async def keep_only(self, activity_id: int, items: Collection[str]) -> None:
        """Forget what was learned of questions that aren't among `items`."""
        found = select(cards.c.item).where(cards.c.activity_id == activity_id).distinct()
        lost = set((await self._connection.execute(found)).scalars()) - set(items)
        if lost:
            gone = cards.c.activity_id == activity_id, self._among(cards.c.item, sorted(lost))
            await self._connection.execute(delete(cards).where(*gone))

    async def remind(self, activity: Activity, account_id: int, now: datetime) -> None:
        """Note that an account is to be reminded of an activity."""
        row = {"activity_id": activity.id, "account_id": account_id, "community_id": activity.community_id, "at": now}
        await self._connection.execute(dialect.insert_replacing(self._connection, card_reminders, ["at"]), [row])

    async def stop_reminding(self, activity_id: int, account_ids: Collection[int] | None = None) -> None:
        """Remind these accounts no more of an activity; without any, nobody."""
        gone = delete(card_reminders).where(card_reminders.c.activity_id == activity_id)
        if account_ids is not None:
            gone = gone.where(self._among(card_reminders.c.account_id, account_ids))
        await self._connection.execute(gone)

    async def reminded(self, activity_id: int) -> list[int]:
        """Return the accounts that are to be reminded of an activity."""
        found = select(card_reminders.c.account_id).where(card_reminders.c.activity_id == activity_id)
        return list((await self._connection.execute(found.order_by(card_reminders.c.account_id))).scalars())
