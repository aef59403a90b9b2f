"""Adjustments: what entries amount to since rules were replayed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, select

from core.domain.booking import first_key
from core.domain.points import Reason
from core.store import bulk
from core.store.rows import Aggregate
from core.store.tables.ledger import adjustments, ledger

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the entry under a key amounts to since rules were replayed, whether it was booked before or not."""

    key: str
    account_id: int
    amount: int


class Adjustments(Aggregate):
    """Note adjustments, and say what stands with them."""

    async def worth(self, community_id: int, reasons: Collection[Reason]) -> dict[str, int]:
        """Return what the entries of these reasons that stand amount to, by the key under which each first came."""
        back = ledger.alias("back")
        undone = exists().where(back.c.community_id == ledger.c.community_id, back.c.key == "undo:" + ledger.c.key)
        found = select(ledger.c.key, ledger.c.amount).where(
            ledger.c.community_id == community_id, self._among(ledger.c.reason, [r.value for r in reasons]), ~undone
        )
        stands = {first_key(key): int(amount) for key, amount in await self._connection.execute(found)}
        adjusted = select(adjustments.c.key, adjustments.c.amount).where(adjustments.c.community_id == community_id)
        prefixes = tuple(f"{reason.value}:" for reason in reasons)
        for key, amount in await self._connection.execute(adjusted):
            if key in stands or key.startswith(prefixes):
                stands[key] = int(amount)
        return stands

    async def adjust(self, community_id: int, adjusted: Sequence[Adjustment]) -> None:
        """Note what entries amount to since rules were replayed."""
        for start in range(0, len(adjusted), _AT_ONCE):
            some = adjusted[start : start + _AT_ONCE]
            keys = [each.key for each in some]
            await self._drop_adjustments([(community_id, key) for key in keys])
            rows = [(community_id, each.key, each.account_id, each.amount) for each in some]
            columns = ("community_id", "key", "account_id", "amount")
            await bulk.write_rows(self._connection, adjustments, columns, rows)

    async def undone_by_moderators(self, community_id: int) -> set[str]:
        """Return the keys, as each first came, of the entries that somebody took back and no event did."""
        found = select(ledger.c.key).where(
            ledger.c.community_id == community_id,
            ledger.c.reason == Reason.REVERSAL,
            ledger.c.actor_account_id.is_not(None),
        )
        keys = (await self._connection.execute(found)).scalars()
        return {first_key(key.removeprefix("undo:")) for key in keys}

    async def _drop_adjustments(self, dropped: Collection[tuple[int, str]]) -> None:
        for place in {place for place, _ in dropped}:
            keys = [key for each, key in dropped if each == place]
            await self._connection.execute(
                delete(adjustments).where(adjustments.c.community_id == place, self._among(adjustments.c.key, keys))
            )
