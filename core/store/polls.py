"""Polls: what was asked under which name, and who chose what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from core.domain.polls import Question
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.communities import spaces
from core.store.tables.members import accounts
from core.store.tables.polls import polls, votes
from core.store.tables.posts import posts


@dataclass(frozen=True, slots=True)
class StoredPoll:
    """A poll: the post that it is, the platform's `reference`, None for buttons, and its last word on `counts`."""

    post_id: int
    community_id: int
    name: str
    space: str
    room: str | None
    question: Question
    reference: str | None
    counts: tuple[int, ...] | None
    closed: bool


class Polls(Aggregate):
    """Note and find polls and votes."""

    async def add(self, post_id: int, community_id: int, platform: str, question: Question) -> None:
        """Note what a post asks."""
        row = {"post_id": post_id, "community_id": community_id, "platform": platform, "question": question.to_json()}
        await self._connection.execute(insert(polls), [row])

    async def sent(self, post_id: int, reference: str | None) -> None:
        """Note what the platform calls a poll of its own."""
        await self._set(post_id, reference=reference)

    async def count(self, post_id: int, counts: Sequence[int]) -> None:
        """Note how often each option was chosen, as the platform says."""
        await self._set(post_id, counts=list(counts))

    async def _set(self, post_id: int, **values: Any) -> None:
        await self._connection.execute(update(polls).where(polls.c.post_id == post_id).values(values))

    async def get(self, post_id: int) -> StoredPoll | None:
        """Return a poll by its post."""
        return next(iter(await self._found(_POLLS.where(polls.c.post_id == post_id))), None)

    async def named(self, community_id: int, name: str) -> list[StoredPoll]:
        """Return the polls of a name, in every room that has one."""
        return await self._found(_POLLS.where(posts.c.community_id == community_id, posts.c.name == name))

    async def known(self, platform: str, references: Collection[str]) -> dict[str, StoredPoll]:
        """Return the polls that a platform calls so."""
        wanted = polls.c.platform == platform, self._among(polls.c.reference, list(references))
        return {each.reference: each for each in await self._found(_POLLS.where(*wanted)) if each.reference}

    async def asked(
        self, platform: str, places: Collection[str]
    ) -> list[tuple[StoredPoll, dict[str, tuple[int, ...]]]]:
        """Return the platform's own polls that are open in these spaces, and who chose what, by the id there."""
        wanted = polls.c.platform == platform, polls.c.reference.is_not(None), posts.c.closed_at.is_(None)
        found = await self._found(_POLLS.where(*wanted, self._among(spaces.c.external_id, list(places))))
        chosen: dict[int, dict[str, tuple[int, ...]]] = {each.post_id: {} for each in found}
        theirs = select(votes.c.post_id, votes.c.options, accounts.c.external_id).join(
            accounts, accounts.c.id == votes.c.account_id
        )
        for row in await self._connection.execute(theirs.where(self._among(votes.c.post_id, list(chosen)))):
            chosen[row.post_id][row.external_id] = tuple(map(int, row.options.split(",")))
        return [(each, chosen[each.post_id]) for each in found]

    async def vote(self, post_id: int, account_id: int, options: Sequence[int], at: datetime) -> None:
        """Note what somebody chose; who took their vote back has none."""
        if not options:
            theirs = votes.c.post_id == post_id, votes.c.account_id == account_id
            await self._connection.execute(delete(votes).where(*theirs))
            return
        row = {"post_id": post_id, "account_id": account_id, "options": ",".join(map(str, options)), "at": at}
        await self._connection.execute(dialect.insert_replacing(self._connection, votes, ("options", "at")), [row])

    async def chosen(self, post_ids: Collection[int]) -> dict[tuple[int, int], tuple[int, ...]]:
        """Return what was chosen in these polls, by post and account."""
        found = select(votes).where(self._among(votes.c.post_id, list(post_ids)))
        return {
            (row.post_id, row.account_id): tuple(map(int, row.options.split(",")))
            for row in await self._connection.execute(found)
        }

    async def _found(self, wanted: Select[Any]) -> list[StoredPoll]:
        return [
            StoredPoll(
                row.post_id,
                row.community_id,
                row.name,
                row.external_id,
                row.room or None,
                Question.from_json(row.question),
                row.reference,
                None if row.counts is None else tuple(row.counts),
                row.closed_at is not None,
            )
            for row in await self._connection.execute(wanted.order_by(polls.c.post_id))
        ]


_POLLS = (
    select(polls, posts.c.name, posts.c.room, posts.c.closed_at, spaces.c.external_id)
    .join(posts, posts.c.id == polls.c.post_id)
    .join(spaces, spaces.c.id == posts.c.space_id)
)
