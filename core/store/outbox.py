"""The outbox: what is to be said, claimed one chat at a time and in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, or_, select, update

from core.domain.outgoing import Deletion, Outgoing, RoleChange
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.outbox import outbox

LEASE = timedelta(minutes=2)
AHEAD = timedelta(minutes=1)  # by which another process's clock may differ
ROLE = "role"
DELETION = "deletion"
Post = Outgoing | RoleChange | Deletion
_BESIDES: dict[str, type[RoleChange | Deletion]] = {ROLE: RoleChange, DELETION: Deletion}  # what isn't a message


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to be written down: a reply answers somebody, a push comes unasked, a role follows a tier.

    A deletion takes away what was said.
    """

    outgoing: Post
    community_id: int | None = None
    account_id: int | None = None
    kind: str = "reply"
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is to be done now: sent, taken away, changed. `again` means that an earlier try may have got through."""

    id: int
    outgoing: Post
    kind: str
    attempts: int
    again: bool
    community_id: int | None
    account_id: int | None


class Outbox(Aggregate):
    """Write, claim and settle outgoing messages."""

    async def add(self, letters: Sequence[Letter], now: datetime) -> list[int]:
        """Write messages down in order, and return their ids."""
        if not letters:
            return []
        rows = [
            {
                "community_id": letter.community_id,
                "account_id": letter.account_id,
                "platform": letter.outgoing.platform,
                "chat": letter.outgoing.chat,
                "kind": letter.kind,
                "payload": letter.outgoing.to_json(),
                "due_at": letter.due_at or now,
                "created_at": now,
            }
            for letter in letters
        ]
        made = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
        return list((await self._connection.execute(made, rows)).scalars())

    async def claim(self, platform: str, now: datetime, limit: int) -> list[Claimed]:
        """Take the oldest due message of each chat in which none is on its way.

        A claim that nobody settled within two minutes is taken again; `again` says so.
        """
        waiting = outbox.alias("waiting")
        unsettled = and_(waiting.c.platform == platform, waiting.c.state.in_(("waiting", "sending")))
        heads = select(func.min(waiting.c.id)).where(unsettled).group_by(waiting.c.chat).scalar_subquery()
        free = or_(
            outbox.c.state == "waiting",
            and_(outbox.c.state == "sending", ~outbox.c.claimed_until.between(now, now + LEASE)),
        )
        found = (
            select(outbox)
            .where(outbox.c.id.in_(heads), free, or_(outbox.c.due_at <= now, _misdated(now)))
            .order_by(outbox.c.kind.in_(_BESIDES), outbox.c.id)  # nobody waits for an answer behind a thousand roles
            .limit(limit)
        )
        rows = list(await self._connection.execute(dialect.skip_locked(found)))
        if rows:
            await self._connection.execute(
                update(outbox)
                .where(self._among(outbox.c.id, [row.id for row in rows]))
                .values(state="sending", claimed_until=now + LEASE, attempts=outbox.c.attempts + 1)
            )
        return [
            Claimed(
                row.id,
                _post(row.kind, row.payload),
                row.kind,
                row.attempts + 1,
                row.state == "sending",
                row.community_id,
                row.account_id,
            )
            for row in rows
        ]

    async def sent(self, letter_id: int, sent_as: str | None) -> None:
        """Settle a message that got through; what it said is dropped."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == letter_id)
            .values(state="sent", sent_as=sent_as, payload={}, chat="", claimed_until=None)
        )

    async def put_back(self, letter_id: int, due_at: datetime, now: datetime) -> None:
        """Let a message wait from now until a time; its chat waits with it."""
        await self._connection.execute(
            update(outbox).where(outbox.c.id == letter_id).values(state="waiting", due_at=due_at, claimed_until=now)
        )

    async def failed(self, letter_id: int, why: str) -> None:
        """Give a message up, saying why; what it said is dropped."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == letter_id)
            .values(state="failed", failure=why[:500], payload={}, chat="", claimed_until=None)
        )

    async def give_up(self, platform: str, why: str) -> None:
        """Give up every message of a platform that waits, saying why."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.platform == platform, outbox.c.state == "waiting")
            .values(state="failed", failure=why[:500], payload={}, chat="", claimed_until=None)
        )

    async def next_due(self, platform: str, now: datetime) -> datetime | None:
        """Return when the next message is due: one that waits, or one that somebody claimed and never settled."""
        claimed = outbox.c.state == "sending"
        misdated = or_(and_(claimed, outbox.c.claimed_until > now + LEASE), and_(~claimed, _misdated(now)))
        due = case((misdated, now), (claimed, outbox.c.claimed_until), else_=outbox.c.due_at)
        found = select(func.min(due)).where(outbox.c.platform == platform, outbox.c.state.in_(("waiting", "sending")))
        value: datetime | None = (await self._connection.execute(found)).scalar_one()
        return value

    async def backlog(self) -> dict[str, int]:
        """Return how many messages and roles wait or are on their way, by platform."""
        found = (
            select(outbox.c.platform, func.count().label("waiting"))
            .where(outbox.c.state.in_(("waiting", "sending")), outbox.c.kind != DELETION)
            .group_by(outbox.c.platform)
        )
        return {row.platform: row.waiting for row in await self._connection.execute(found)}

    async def prune(self, before: datetime) -> None:
        """Forget settled messages older than a time."""
        await self._connection.execute(
            delete(outbox).where(outbox.c.state.in_(("sent", "failed")), outbox.c.created_at < before)
        )

    async def drop_to(self, account_ids: Collection[int]) -> None:
        """Forget everything still to be said to these accounts."""
        await self._connection.execute(delete(outbox).where(self._among(outbox.c.account_id, account_ids)))


def _misdated(now: datetime) -> ColumnElement[bool]:
    """Say that a message was written, or put back, while the clock was ahead: it is due now, not when time is there."""
    return func.coalesce(outbox.c.claimed_until, outbox.c.created_at) > now + AHEAD


def _post(kind: str, payload: dict[str, Any]) -> Post:
    return _BESIDES[kind].from_json(payload) if kind in _BESIDES else Outgoing.from_json(payload)
