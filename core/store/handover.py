"""What one account wrote for others, given over to them: its interactions, and what is rolled up of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from core.domain.kinds import WRITTEN
from core.store import bulk
from core.store.rollups import Rollups
from core.store.rows import Aggregate
from core.store.tables.interactions import interactions, seen


class _Row(NamedTuple):
    """An interaction, as Rollups reads it."""

    id: int
    kind: str
    account_id: int | None
    target_account_id: int | None
    room_id: int | None
    amount: int
    at: datetime


class Handover(Aggregate):
    """Give over what one account wrote for others."""

    async def give_over(
        self, platform: str, community_id: int, account_id: int, given: Mapping[str, int | None]
    ) -> int:
        """Let messages of an account, by event key, be of other accounts, as are answers and reactions to them.

        Return how many messages moved. The caller holds the community, whose roll-ups have every interaction.
        """
        before, after = await self._rows(platform, community_id, account_id, given)
        if before == after:
            return 0
        rollups = Rollups(self._connection)
        await rollups.take_out(community_id, account_id, before)
        pairs = list(zip(before, after, strict=True))
        for name in ("account_id", "target_account_id"):  # apart: each is checked against the accounts there are
            place = _Row._fields.index(name)
            rows = [(new.id, new[place]) for old, new in pairs if old[place] != new[place]]
            await bulk.overwrite_rows(self._connection, interactions, (name,), rows)
        done = [new for old, new in pairs if old.account_id == account_id]
        received = [new for old, new in pairs if old.account_id != account_id]
        await rollups.add_again(community_id, done, received)
        return sum(old.account_id != new.account_id and new.kind in WRITTEN for old, new in pairs)

    async def _rows(
        self, platform: str, community_id: int, account_id: int, given: Mapping[str, int | None]
    ) -> tuple[list[_Row], list[_Row]]:
        """Return what an account did and what was done to it, as it is and as it shall be."""
        before: list[_Row] = []
        after: list[_Row] = []
        for id_, kind, who, whom, room, amount, at, key, parent, writer in await self._about(
            platform, community_id, account_id
        ):
            then = given[key] if who == account_id and key in given else who
            target = whom
            if whom == account_id and parent is not None:
                target = given.get(parent, writer) if writer == account_id else writer
            before.append(_Row(id_, kind, who, whom, room, amount, at))
            after.append(_Row(id_, kind, then, target, room, amount, at))
        return before, after

    async def _about(self, platform: str, community_id: int, account_id: int) -> Sequence[Any]:
        parent = interactions.alias("parent")
        found = (
            select(*(seen.c[name] for name in _Row._fields), seen.c.event_key, parent.c.event_key, parent.c.account_id)
            .outerjoin(parent, and_(parent.c.platform == seen.c.platform, parent.c.event_key == seen.c.message_key))
            .where(
                seen.c.community_id == community_id,
                seen.c.platform == platform,
                or_(seen.c.account_id == account_id, seen.c.target_account_id == account_id),
            )
            .order_by(seen.c.id)
        )
        return (await self._connection.execute(found)).all()
