"""What was recommended to whom, and what came of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from core.domain.clock import day_number
from core.domain.effects import Gain
from core.domain.uplift import RecommendationTrial, Showing
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.catalogue import candidates, uses
from core.store.tables.ledger import ledger
from core.store.tables.members import accounts
from core.store.tables.recommended import recommendation_trials, recommended

_WHEN = {Gain.OPENED: uses.c.opened_at, Gain.FINISHED: uses.c.finished_at}


class Recommended(Aggregate):
    """Keep what was recommended, and how members were drawn."""

    async def trials(self, community_id: int) -> list[RecommendationTrial]:
        """Return the seasons in which some got what is popular, the first first."""
        trials = recommendation_trials
        found = select(trials).where(trials.c.community_id == community_id).order_by(trials.c.season)
        rows = await self._connection.execute(found)
        return [RecommendationTrial(season=row.season, share=row.share, eligible=row.eligible) for row in rows]

    async def begin(self, community_id: int, trial: RecommendationTrial) -> None:
        """Keep how a season's members are drawn, unless that is decided already."""
        row = {"community_id": community_id, "season": trial.season, "share": trial.share, "eligible": trial.eligible}
        await self._connection.execute(dialect.insert_new(self._connection, recommendation_trials), [row])

    async def eligible(self, community_id: int) -> int:
        """Return for how many members something was worked out."""
        of_it = candidates.c.community_id == community_id
        found = select(func.count(candidates.c.member_id.distinct())).where(of_it)
        return int((await self._connection.execute(found)).scalar_one())

    async def add(self, community_id: int, account_id: int, shown: Collection[Showing]) -> None:
        """Keep what an account was shown; an item counts once a day."""
        rows = [
            {
                "account_id": account_id,
                "item_id": each.item_id,
                "day": day_number(each.at),
                "community_id": community_id,
                "at": each.at,
                "season": each.season,
                "popular": each.popular,
                "in_own": each.in_own,
                "in_popular": each.in_popular,
                "place": each.place,
            }
            for each in shown
        ]
        if rows:
            await self._connection.execute(dialect.insert_new(self._connection, recommended), rows)

    async def all(self, community_id: int) -> list[Showing]:
        """Return what a community's members were shown, in order."""
        found = (
            select(recommended, accounts.c.member_id)
            .join(accounts, accounts.c.id == recommended.c.account_id)
            .where(recommended.c.community_id == community_id)
            .order_by(recommended.c.at, accounts.c.member_id, recommended.c.place)
        )
        names = ("member_id", "item_id", "at", "season", "popular", "in_own", "in_popular", "place")
        rows = await self._connection.execute(found)
        return [Showing(**{name: getattr(row, name) for name in names}) for row in rows]

    async def times(self, community_id: int, gain: Gain) -> list[tuple[int, int, datetime]]:
        """Return who opened, finished or bought which item when, of those who were recommended something.

        What was paid for and taken back isn't bought.
        """
        back = ledger.alias()
        undone = select(back.c.id).where(back.c.reverses_id == ledger.c.id).exists()
        when: ColumnElement[datetime] = _WHEN.get(gain, ledger.c.at)
        mine = accounts.alias()
        shown = (
            select(mine.c.member_id)
            .join(recommended, recommended.c.account_id == mine.c.id)
            .where(recommended.c.community_id == community_id)
        )
        found = (
            select(accounts.c.member_id, uses.c.item_id, when)
            .join(accounts, accounts.c.id == uses.c.account_id)
            .where(uses.c.community_id == community_id, when.is_not(None), accounts.c.member_id.in_(shown))
        )
        if gain is Gain.BOUGHT:
            found = found.join(ledger, ledger.c.id == uses.c.entry_id).where(~undone)
        return [(row[0], row[1], row[2]) for row in await self._connection.execute(found)]

    async def forget(self, community_id: int, before: datetime) -> None:
        """Forget what was shown before a time."""
        old = recommended.c.community_id == community_id, recommended.c.at < before
        await self._connection.execute(delete(recommended).where(*old))
