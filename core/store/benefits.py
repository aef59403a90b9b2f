"""The shop's benefits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, or_, select, update

from core.domain.points import Reason
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.benefits import benefits, handovers
from core.store.tables.ledger import ledger


@dataclass(frozen=True, slots=True)
class Benefit:
    """Something that costs points; `stock` None means as many as are wanted."""

    id: int
    name: str
    cost: int
    stock: int | None


class Benefits(Aggregate):
    """Offer, change and hand out benefits."""

    async def add(self, community_id: int, name: str, cost: int, stock: int | None, now: datetime) -> int:
        """Offer a benefit and return its id."""
        values = {"community_id": community_id, "name": name, "cost": cost, "stock": stock, "created_at": now}
        result = await self._connection.execute(insert(benefits).values(values).returning(benefits.c.id))
        return int(result.scalar_one())

    async def offered(self, community_id: int) -> list[Benefit]:
        """Return what is on offer, the cheapest first."""
        found = (
            select(benefits)
            .where(benefits.c.community_id == community_id, benefits.c.active)
            .order_by(benefits.c.cost, benefits.c.id)
        )
        return [Benefit(row.id, row.name, row.cost, row.stock) for row in await self._connection.execute(found)]

    async def take_one(self, benefit_id: int) -> bool:
        """Take one out of stock, or return False where none is left."""
        statement = (
            update(benefits)
            .where(
                benefits.c.id == benefit_id,
                benefits.c.active,
                or_(benefits.c.stock.is_(None), benefits.c.stock > 0),
            )
            .values(stock=benefits.c.stock - 1)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def put_one_back(self, benefit_id: int) -> None:
        """Put one back into stock."""
        await self._connection.execute(
            update(benefits).where(benefits.c.id == benefit_id).values(stock=benefits.c.stock + 1)
        )

    async def waiting(self, community_id: int, limit: int) -> list[int]:
        """Return the ledger entries of what was taken and is neither handed over nor taken back, the oldest first."""
        back = ledger.alias()
        found = (
            select(ledger.c.id)
            .where(
                ledger.c.community_id == community_id,
                ledger.c.reason == Reason.REDEEM.value,
                ~select(handovers.c.entry_id).where(handovers.c.entry_id == ledger.c.id).exists(),
                ~select(back.c.id).where(back.c.reverses_id == ledger.c.id).exists(),
            )
            .order_by(ledger.c.id)
            .limit(limit)
        )
        return list((await self._connection.execute(found)).scalars())

    async def hand_over(self, entry_id: int, now: datetime) -> bool:
        """Note that what was taken is handed over; return False where it was before."""
        statement = dialect.insert_new(self._connection, handovers).returning(handovers.c.entry_id)
        return (await self._connection.execute(statement, {"entry_id": entry_id, "at": now})).first() is not None

    async def set_stock(self, community_id: int, benefit_id: int, stock: int | None) -> bool:
        """Set how many are left (None: as many as are wanted); return False where none of that id is on offer."""
        statement = (
            update(benefits)
            .where(benefits.c.id == benefit_id, benefits.c.community_id == community_id, benefits.c.active)
            .values(stock=stock)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def withdraw(self, community_id: int, benefit_id: int) -> bool:
        """Offer a benefit no longer; return False where the community has none of that id."""
        statement = (
            update(benefits)
            .where(benefits.c.id == benefit_id, benefits.c.community_id == community_id, benefits.c.active)
            .values(active=False)
        )
        return (await self._connection.execute(statement)).rowcount == 1
