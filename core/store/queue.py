"""Questions that people hand in for a run, and votes for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.queue import queue_votes, queued_questions


@dataclass(frozen=True, slots=True)
class Queued:
    """A question that waits, or was `answered`, and how many `votes` it has."""

    id: int
    run_id: int
    account_id: int
    text: str
    answered: bool
    votes: int


class Queue(Aggregate):
    """Keep the questions of runs until these are over."""

    async def add(self, community_id: int, run_id: int, account_id: int, text: str, now: datetime) -> int:
        """Keep a question and return its id."""
        row = {"community_id": community_id, "run_id": run_id, "account_id": account_id, "text": text}
        new = insert(queued_questions).values(**row, answered=False, at=now).returning(queued_questions.c.id)
        made: int = (await self._connection.execute(new)).scalar_one()
        return made

    async def of(self, run_id: int) -> list[Queued]:
        """Return a run's questions: those that wait before those answered, the most wanted first."""
        votes = select(queue_votes.c.question_id, func.count().label("votes")).group_by(queue_votes.c.question_id)
        counted = votes.subquery()
        count = func.coalesce(counted.c.votes, 0)
        found = (
            select(queued_questions, count.label("votes"))
            .outerjoin(counted, counted.c.question_id == queued_questions.c.id)
            .where(queued_questions.c.run_id == run_id)
            .order_by(queued_questions.c.answered, count.desc(), queued_questions.c.id)
        )
        return [
            Queued(row.id, row.run_id, row.account_id, row.text, row.answered, row.votes)
            for row in await self._connection.execute(found)
        ]

    async def mark(self, question_id: int, *, answered: bool) -> None:
        """Note whether a question was answered."""
        this = queued_questions.c.id == question_id
        await self._connection.execute(update(queued_questions).where(this).values(answered=answered))

    async def vote(self, question_id: int, account_id: int, now: datetime) -> None:
        """Keep a vote for a question, once."""
        row = {"question_id": question_id, "account_id": account_id, "at": now}
        await self._connection.execute(dialect.insert_new(self._connection, queue_votes), [row])

    async def take_back(self, question_id: int, account_ids: Collection[int]) -> bool:
        """Take the vote of these accounts for a question back, and say whether there was one."""
        theirs = queue_votes.c.question_id == question_id, self._among(queue_votes.c.account_id, account_ids)
        return (await self._connection.execute(delete(queue_votes).where(*theirs))).rowcount > 0

    async def clear(self, run_id: int) -> None:
        """Forget all questions of a run, and the votes for them."""
        await self._connection.execute(delete(queued_questions).where(queued_questions.c.run_id == run_id))
