"""Homework: what was handed in, and how it is rated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import select, update

from core.domain.activities import Run
from core.domain.homework import HandIn, Rating
from core.domain.message import Attachment
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.homework import hand_ins, ratings


class Homework(Aggregate):
    """Keep what people hand in, and ratings of it."""

    async def hand_in(self, run: Run, given: HandIn) -> None:
        """Keep what an account hands in, in place of what it did before."""
        row = {"run_id": run.id, "community_id": run.activity.community_id, **asdict(given)}
        row["attachment"] = None if given.attachment is None else given.attachment.to_text()
        new = dialect.insert_replacing(self._connection, hand_ins, ["work", "attachment", "show", "at"])
        await self._connection.execute(new, [row])

    async def show(self, run_id: int, account_ids: Collection[int], show: bool) -> None:
        """Note whether what these accounts handed in may be shown."""
        mine = hand_ins.c.run_id == run_id, self._among(hand_ins.c.account_id, account_ids)
        await self._connection.execute(update(hand_ins).where(*mine).values(show=show))

    async def handed_in(self, run_id: int, account_ids: Collection[int] | None = None) -> list[HandIn]:
        """Return what was handed in, by these accounts if any are given, the first first."""
        found = select(hand_ins).where(hand_ins.c.run_id == run_id)
        if account_ids is not None:
            found = found.where(self._among(hand_ins.c.account_id, account_ids))
        rows = await self._connection.execute(found.order_by(hand_ins.c.at, hand_ins.c.account_id))
        return [
            HandIn(
                account_id=row.account_id,
                work=row.work,
                attachment=None if row.attachment is None else Attachment.from_text(row.attachment),
                show=row.show,
                at=row.at,
            )
            for row in rows
        ]

    async def rate(self, run: Run, given: Sequence[Rating]) -> None:
        """Keep ratings, each in place of an earlier one."""
        rows = [{"run_id": run.id, "community_id": run.activity.community_id, **asdict(each)} for each in given]
        if rows:
            new = dialect.insert_replacing(self._connection, ratings, ["stars", "comment"])
            await self._connection.execute(new, rows)

    async def ratings(self, run_id: int, account_ids: Collection[int] | None = None) -> list[Rating]:
        """Return the ratings of a run, those by these accounts if any are given."""
        found = select(ratings).where(ratings.c.run_id == run_id)
        if account_ids is not None:
            found = found.where(self._among(ratings.c.account_id, account_ids))
        rows = await self._connection.execute(found.order_by(ratings.c.account_id, ratings.c.author_account_id))
        return [
            Rating(
                account_id=row.account_id,
                author_account_id=row.author_account_id,
                stars=row.stars,
                comment=row.comment,
            )
            for row in rows
        ]
