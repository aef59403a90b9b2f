"""Surveys: who was asked, and what they answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import case, func, select

from core.domain.activities import Run
from core.domain.events import burst
from core.domain.kinds import Kind
from core.domain.surveys import Given
from core.store import bulk, dialect
from core.store.rows import Aggregate
from core.store.tables.interactions import seen
from core.store.tables.members import accounts
from core.store.tables.surveys import survey_answers, survey_asks

_ASK = ("run_id", "account_id", "community_id", "scale", "at")


class Surveys(Aggregate):
    """Keep who is asked and what people answer."""

    async def ask(self, run: Run, scale: str, account_ids: Iterable[int], now: datetime) -> None:
        """Note that a run asks these accounts directly, once each."""
        values = [(run.id, each, run.activity.community_id, scale, now) for each in account_ids]
        await bulk.write_rows(self._connection, survey_asks, _ASK, values, new=True)

    async def asked_since(self, community_id: int, scale: str, since: datetime) -> set[int]:
        """Return the members whom surveys of a scale asked directly since a time."""
        here = survey_asks.c.community_id == community_id, survey_asks.c.at > since
        found = (
            select(accounts.c.member_id)
            .join(survey_asks, survey_asks.c.account_id == accounts.c.id)
            .where(*here, survey_asks.c.scale == scale)
        )
        return set((await self._connection.execute(found)).scalars())

    async def asked(self, run_id: int) -> set[int]:
        """Return the members whom a run asked directly."""
        found = select(accounts.c.member_id).join(survey_asks, survey_asks.c.account_id == accounts.c.id)
        return set((await self._connection.execute(found.where(survey_asks.c.run_id == run_id))).scalars())

    async def answer(self, run: Run, *given: Given) -> None:
        """Keep answers, each in place of an earlier one."""
        rows = [{"community_id": run.activity.community_id, **asdict(each)} for each in given]
        new = dialect.insert_replacing(self._connection, survey_answers, ["answer", "at"])
        if rows:
            await self._connection.execute(new, rows)

    async def reactions(
        self, community_id: int, since: datetime, until: datetime, signs: Collection[str]
    ) -> tuple[int, int, int]:
        """Return how many reactions there were, how many with one of the signs, and of how many accounts."""
        spelled = [f"{sign}{tone}{way}" for sign in signs for tone in ("", "\ufe0f") for way in ("", burst(""))]
        mine = case((self._among(seen.c.emoji, spelled), 1), else_=0)
        here = seen.c.community_id == community_id, seen.c.at >= since, seen.c.at < until
        found = select(func.count(), func.coalesce(func.sum(mine), 0), func.count(seen.c.account_id.distinct()))
        row = (await self._connection.execute(found.where(*here, seen.c.kind == Kind.REACTION))).one()
        return int(row[0]), int(row[1]), int(row[2])

    async def answers(self, run_id: int, account_ids: Collection[int] | None = None) -> list[Given]:
        """Return what was answered in a run, by these accounts if any are given, the first first."""
        found = select(survey_answers).where(survey_answers.c.run_id == run_id)
        if account_ids is not None:
            found = found.where(self._among(survey_answers.c.account_id, account_ids))
        rows = await self._connection.execute(found.order_by(survey_answers.c.at, survey_answers.c.account_id))
        return [
            Given(run_id=row.run_id, question=row.question, account_id=row.account_id, answer=row.answer, at=row.at)
            for row in rows
        ]
