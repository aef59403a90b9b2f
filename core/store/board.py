"""The board: who earned how much, and the place of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from core.store.members import PRESENT
from core.store.rows import Aggregate
from core.store.tables.ledger import ledger
from core.store.tables.members import accounts, members


@dataclass(frozen=True, slots=True)
class Standing:
    """A place on a board: rank from 1, ties share a rank."""

    rank: int
    member_id: int
    name: str
    points: int


class Board(Aggregate):
    """Rank the members of a community by the points that they earned."""

    async def board(
        self, community_id: int, since: datetime | None, limit: int, offset: int
    ) -> tuple[list[Standing], int]:
        """Return a page of the board by points earned since a time (None: ever), and how many are on it.

        Leavers, erased members, bots and whoever is out by consent aren't on it.
        """
        ranked = self._board(community_id, since)
        page = select(ranked).order_by(ranked.c.rank, ranked.c.id).limit(limit).offset(offset)
        rows = await self._connection.execute(page)
        standings = [Standing(row.rank, row.id, row.name, int(row.points)) for row in rows]
        total = (await self._connection.execute(select(func.count()).select_from(ranked))).scalar_one()
        return standings, int(total)

    async def standing(self, community_id: int, member_id: int, since: datetime | None) -> Standing | None:
        """Return one member's place on the board, None where they aren't on it."""
        ranked = self._board(community_id, since)
        row = (await self._connection.execute(select(ranked).where(ranked.c.id == member_id))).first()
        return None if row is None else Standing(row.rank, row.id, row.name, int(row.points))

    def _board(self, community_id: int, since: datetime | None) -> Any:
        present = (members.c.community_id == community_id, PRESENT)
        if since is None:
            base = select(members.c.id, members.c.name, members.c.earned.label("points")).where(
                *present, members.c.earned > 0
            )
        else:
            points = func.sum(ledger.c.earned)
            base = (
                select(members.c.id, members.c.name, points.label("points"))
                .join(accounts, accounts.c.id == ledger.c.account_id)
                .join(members, members.c.id == accounts.c.member_id)
                .where(*present, ledger.c.community_id == community_id, ledger.c.at >= since)
                .group_by(members.c.id, members.c.name)
                .having(points > 0)
            )
        board = base.subquery()
        rank = func.rank().over(order_by=board.c.points.desc()).label("rank")
        return select(rank, board).subquery()
