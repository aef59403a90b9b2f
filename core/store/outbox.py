"""The outbox: what is to be said, claimed lane by lane, and in order within a chat."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from core.domain.outgoing import (
    Action,
    Deletion,
    Edit,
    Lane,
    Outgoing,
    Pin,
    Poll,
    PollClose,
    Refund,
    RoleChange,
    RoleQuestion,
    ScheduledEvent,
)
from core.store import bulk, dialect
from core.store.rows import Aggregate
from core.store.tables.base import Instant, spelled_out
from core.store.tables.members import accounts
from core.store.tables.outbox import outbox

LEASE = timedelta(seconds=4)  # a chat is silent that long after a crash; whoever is at work renews it
LONGEST = timedelta(hours=1)  # what is to be tried again is tried by then
ROLE = "role"
DELETION = "deletion"
EDIT = "edit"
PIN = "pin"
POLL = "poll"
POLL_CLOSE = "poll close"
EVENT = "event"
REFUND = "refund"
ASK = "ask"
SENT_ONCE = ("push", POLL)  # rather lost than said twice
UNSURE = "may have been sent"  # so begins why one of those was given up
# What isn't a message.
_Besides = Poll | PollClose | Edit | Pin | RoleChange | ScheduledEvent | Deletion | Refund | RoleQuestion
_BESIDES: dict[str, type[_Besides]] = {
    EDIT: Edit,
    PIN: Pin,
    ROLE: RoleChange,
    DELETION: Deletion,
    POLL_CLOSE: PollClose,
    POLL: Poll,
    EVENT: ScheduledEvent,
    REFUND: Refund,
    ASK: RoleQuestion,
}
_LANES = dict.fromkeys(_BESIDES, Lane.CHANGE) | {"reply": Lane.ANSWER} | dict.fromkeys(SENT_ONCE, Lane.PUSH)


_SAME = ("community_id", "platform", "lane", "kind", "state", "attempts", "created_at", "topic")
_ROW = (*_SAME, "account_id", "chat", "payload", "due_at", "post_id")


def _is(*states: str, of: FromClause = outbox) -> ColumnElement[bool]:
    """Say that a row is in one of these states."""
    return spelled_out(of.c.state, *states)


def _leads() -> ColumnElement[bool]:
    """Say that no earlier message of the same chat and lane has still to arrive."""
    queue = outbox.alias("queue")
    same = [queue.c[name] == outbox.c[name] for name in ("platform", "chat", "lane")]
    # Not "there is none before it": PostgreSQL would answer that for every chat at once.
    first = select(queue.c.id).where(*same, _is("waiting", "sending", of=queue)).order_by(queue.c.id).limit(1)
    return outbox.c.id == first.scalar_subquery()


def _first(free: ColumnElement[bool]) -> Any:
    found = (
        select(outbox)
        .where(_HERE, outbox.c.lane == bindparam("lane"), free, _leads())
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("most", type_=Integer))
    )
    return dialect.skip_locked(found)


def _look() -> Select[Any]:
    claimed = [_HERE, _is("sending"), _NOT_MINE]
    held = select(outbox.c.claimed_until).where(*claimed).order_by(outbox.c.claimed_until).limit(1)
    # The first of each, not whether there is one: for that PostgreSQL looks for its index.
    columns: list[Any] = [exists().where(_HERE, _LOST), held.scalar_subquery()]
    for lane in Lane:
        waiting = select(outbox.c.due_at).where(_HERE, _is("waiting"), outbox.c.lane == lane).limit(1)
        written = waiting.with_only_columns(func.coalesce(outbox.c.claimed_until, outbox.c.created_at, type_=Instant))
        columns.append(waiting.order_by(outbox.c.due_at).scalar_subquery())
        columns.append(written.order_by(outbox.c.due_at.desc()).scalar_subquery())
    return select(*columns)


# What every message costs is built once: building takes longer than the database does.
_HERE = outbox.c.platform == bindparam("platform")
_NOT_MINE = ~dialect.one_of(outbox.c.id, "mine")
# Nobody holds the claim any more; one that reaches too far was made by a clock that was ahead.
_LOST = and_(
    _is("sending"),
    or_(outbox.c.claimed_until < bindparam("now"), outbox.c.claimed_until > bindparam("until")),
    _NOT_MINE,
)
_FIRST_LOST = _first(_LOST)
_FIRST_DUE = _first(and_(_is("waiting"), outbox.c.due_at <= bindparam("now")))
_LOOK = _look()
_CLAIM = (
    update(outbox)
    .where(dialect.one_of(outbox.c.id, "ids"))
    .values(state="sending", claimed_until=bindparam("until"), attempts=outbox.c.attempts + 1)
)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("letter"))
    .values(state="sent", sent_as=bindparam("message"), payload={}, chat="", claimed_until=None)
)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """Something to be written down: a reply answers somebody, a push comes unasked, a role follows a tier.

    A deletion takes away what was said, an edit changes it, a pin holds it up. `post_id` is the post that it is, or
    that it is about. `topic` is set on
    pushes that count towards what somebody wants to have in a week.
    """

    outgoing: Action
    community_id: int | None = None
    account_id: int | None = None
    kind: str = "reply"
    due_at: datetime | None = None
    post_id: int | None = None
    topic: str | None = None

    @property
    def lane(self) -> Lane:
        """Return where it waits."""
        return _LANES[self.kind]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is to be done now. `again` means that an earlier try may have got through; its claim ended `lapsed_at`."""

    id: int
    outgoing: Action
    kind: str
    lane: Lane
    attempts: int
    again: bool
    community_id: int | None
    account_id: int | None
    post_id: int | None = None
    lapsed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look into the outbox shows: lanes with something due, and whether a clock that was ahead wrote there."""

    lanes: set[Lane]
    misdated: bool
    next_at: datetime | None  # when something that isn't due yet is, or another's claim lapses


class Outbox(Aggregate):
    """Write, claim and settle outgoing messages."""

    async def add(self, rows: Sequence[OutboxRow], now: datetime) -> None:
        """Write messages down in order."""
        if not rows:
            return
        self._written.add(outbox.name)
        values = [
            (
                row.community_id,
                row.outgoing.platform,
                row.lane.value,
                row.kind,
                "waiting",
                0,
                now,
                row.topic,
                row.account_id,
                row.outgoing.chat,
                json.dumps(row.outgoing.to_json()),
                row.due_at or now,
                row.post_id,
            )
            for row in rows
        ]
        await bulk.write_rows(self._connection, outbox, _ROW, values)

    async def add_to_many(
        self, said: Outgoing, account_ids: Collection[int], row: OutboxRow, now: datetime, broadcast_id: int
    ) -> None:
        """Write down one direct message of a broadcast to many; all else but the address is that of `row`.

        The database writes the address into each: a hundred thousand messages needn't come to Python and back.
        """
        head = json.dumps({name: value for name, value in said.to_json().items() if name != "to"})[:-1]
        same = (row.community_id, said.platform, row.lane.value, row.kind, "waiting", 0, now, row.topic)
        given = {**dict(zip(_SAME, same, strict=True)), "due_at": row.due_at or now, "broadcast_id": broadcast_id}
        values: dict[str, ColumnElement[Any]] = {
            **{name: literal(value, outbox.c[name].type) for name, value in given.items()},
            "account_id": accounts.c.id,
            "chat": literal("@") + accounts.c.external_id,
            "payload": dialect.json_with(self._connection, f'{head}, "to": ', accounts.c.external_id),
        }
        to = select(*values.values()).where(self._among(accounts.c.id, account_ids)).order_by(accounts.c.id)
        await self._connection.execute(insert(outbox).from_select(list(values), to))
        self._written.add(outbox.name)

    async def claim(
        self, platform: str, now: datetime, shares: Mapping[Lane, int], mine: Collection[int] = ()
    ) -> list[Claimed]:
        """Take the oldest due messages that are the first of their chat and lane: as many as each lane has room for.

        A claim that nobody renewed within `LEASE` is taken again, by whoever has it not in hand themselves (`mine`);
        `again` says so.
        """
        rows: list[Row[Any]] = []
        until = now + LEASE
        for lane, room in sorted(shares.items()):
            where = {"platform": platform, "lane": lane, "now": now}
            lost = await self._run(_FIRST_LOST, **where, until=until, mine=mine, most=room)
            rows += [*lost, *await self._run(_FIRST_DUE, **where, most=room - len(lost))]
        if rows:
            given = {"ids": self._listed([row.id for row in rows]), "until": until}
            await self._connection.execute(_CLAIM, given)
        return [
            Claimed(
                row.id,
                _action(row.kind, row.payload),
                row.kind,
                Lane(row.lane),
                row.attempts + 1,
                row.state == "sending",
                row.community_id,
                row.account_id,
                row.post_id,
                row.claimed_until if row.state == "sending" else None,
            )
            for row in rows
        ]

    async def change(self, post_id: int, content: Outgoing) -> bool:
        """Let a post that waits be `content` when it is sent; False where it is on its way or was sent already.

        Of several changes that wait the last one alone is made: a counter under a post moves as often as its room may.
        """
        waiting = update(outbox).where(outbox.c.post_id == post_id, _is("waiting"))
        edit = Edit(platform=content.platform, space=content.space or "", room=content.room, content=content)
        for kind, payload in (("push", content), (EDIT, edit)):
            changed = await self._connection.execute(
                waiting.where(outbox.c.kind == kind).values(payload=payload.to_json()).returning(outbox.c.id)
            )
            if changed.first() is not None:
                return True
        return False

    async def renew(self, letter_ids: Collection[int], now: datetime) -> None:
        """Hold for another `LEASE` what is still on its way."""
        await self._connection.execute(
            update(outbox)
            .where(self._among(outbox.c.id, list(letter_ids)), _is("sending"))
            .values(claimed_until=now + LEASE)
        )

    async def release(self, rows: Sequence[Claimed], now: datetime) -> None:
        """Let others take rows at once: as if they had never been claimed, or, `again`, as after a crash."""
        for again, values in (
            (False, {"state": "waiting", "claimed_until": None, "attempts": outbox.c.attempts - 1}),
            (True, {"claimed_until": now}),
        ):
            some = [row.id for row in rows if row.again is again]
            here = (self._among(outbox.c.id, some), _is("sending"))
            await self._connection.execute(update(outbox).where(*here).values(values))
        self._written.add(outbox.name)

    async def sent(self, letter_id: int, sent_as: str | None) -> None:
        """Settle a message that got through; what it said is dropped."""
        await self._connection.execute(_SENT, {"letter": letter_id, "message": sent_as})

    async def put_back(self, row: Claimed, due_at: datetime, now: datetime) -> None:
        """Let a message wait until a time; its chat waits with it."""
        behind = and_(
            outbox.c.platform == row.outgoing.platform,
            outbox.c.chat == row.outgoing.chat,
            outbox.c.lane == row.lane,
            _is("waiting"),
            outbox.c.due_at < due_at,
        )
        # Those behind it, too, so that no claim has to pass them over until then.
        for some in (behind, outbox.c.id == row.id):
            await self._connection.execute(
                update(outbox).where(some).values(state="waiting", due_at=due_at, claimed_until=now)
            )

    async def set_right(self, platform: str, now: datetime) -> None:
        """Let nothing wait for a time that never was: what a clock that was ahead wrote down or put back is due."""
        wrong = or_(outbox.c.created_at > now, outbox.c.claimed_until > now)
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.platform == platform, _is("waiting"), wrong)
            .values(
                due_at=now,
                claimed_until=None,
                created_at=case((outbox.c.created_at > now, now), else_=outbox.c.created_at),
            )
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
            .where(outbox.c.platform == platform, _is("waiting"))
            .values(state="failed", failure=why[:500], payload={}, chat="", claimed_until=None)
        )

    async def look(self, platform: str, now: datetime, mine: Collection[int] = ()) -> Look:
        """Return in which lanes something is due: it waits, or somebody claimed it and never settled it."""
        ((any_lost, held_until, *times),) = await self._run(
            _LOOK, platform=platform, now=now, until=now + LEASE, mine=mine
        )
        lanes = {lane for lane, due in zip(Lane, times[::2], strict=True) if due and due <= now}
        misdated = any(at and at > now for at in times[1::2])
        later = [at for at in (held_until, *times[::2]) if at and at > now]
        return Look(set(Lane) if any_lost else lanes, misdated, min(later, default=None))

    async def next_due(self, platform: str) -> datetime | None:
        """Return since when, or from when, the longest waiting message is due."""
        here = and_(outbox.c.platform == platform, _is("waiting"))
        first = [
            select(outbox.c.due_at).where(here, outbox.c.lane == lane).order_by(outbox.c.due_at).limit(1)
            for lane in Lane
        ]
        found = (await self._connection.execute(select(*(each.scalar_subquery() for each in first)))).one()
        return min((due for due in found if due is not None), default=None)

    async def backlog(self) -> dict[str, int]:
        """Return how many messages and roles wait or are on their way, by platform."""
        found = (
            select(outbox.c.platform, func.count().label("waiting"))
            .where(_is("waiting", "sending"), outbox.c.kind != DELETION)
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


def _action(kind: str, payload: dict[str, Any]) -> Action:
    return _BESIDES[kind].from_json(payload) if kind in _BESIDES else Outgoing.from_json(payload)
