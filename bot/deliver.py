"""Drains the outbox: lane by lane, one order for each chat, pauses where a platform asks, what to do after a crash."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.draw.apart import drawn
from bot.platforms.port import Platform, RetryLater, Unavailable, Unreachable
from core.domain.clock import Clock
from core.domain.errors import KithError, NotFound
from core.domain.message import Attachment, File
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
from core.domain.pulse import Pulse
from core.engine.accept import Fetch
from core.kit.plan_roles import note_holders
from core.kit.texts import Texts
from core.store.audit import AuditEntry
from core.store.bell import LOOKS
from core.store.outbox import DELETION, LEASE, LONGEST, SENT_ONCE, UNSURE, Claimed, OutboxRow
from core.store.unit import DatabaseDown, Store

GRACE = 3.0  # seconds for what is on its way when Kith ends
TRIES = 5
REMEMBERED = timedelta(minutes=2)  # Discord's word for how long a nonce is known: a few minutes
REFUSED = "stars-refund-refused"  # in the audit log
UNSENT = 1.0  # seconds: how long a change waits for what it changes
RENEWAL = LEASE.total_seconds() / 4  # seconds: how often what is on its way is held anew
# How many may be on their way at once: what comes unasked leaves the platform free for an answer.
AT_ONCE: Mapping[Lane, int] = {Lane.ANSWER: 50, Lane.CHANGE: 10, Lane.PUSH: 6}
FILES_AT_ONCE = 4  # whose content is in memory
_log = structlog.get_logger()


async def _nothing(attachment: Attachment, most: int) -> bytes:
    raise NotFound("error-file-gone", name=attachment.name)


class Deliverer:
    """Send what the outbox holds for one platform."""

    def __init__(
        self, store: Store, platform: Platform, clock: Clock, waiting: asyncio.Event, fetch: Fetch = _nothing
    ) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self.waiting = waiting
        self.pulse = Pulse()
        self._under_way: dict[asyncio.Task[None], Claimed] = {}
        self._fetch = fetch
        self._carrying = asyncio.Semaphore(FILES_AT_ONCE)
        self._performed: set[int] = set()  # of what is under way, what the platform may have been told of
        self._next_in = math.inf  # seconds

    async def run(self) -> None:
        """Deliver until cancelled; what is on its way then has a few seconds to arrive."""
        try:
            async with asyncio.TaskGroup() as together:
                together.create_task(self._send_on())
                together.create_task(self._hold_on())
        finally:
            if self._under_way:
                _, late = await asyncio.wait(self._under_way, timeout=GRACE)
                rows = [self._undone(self._under_way[task]) for task in late]
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)
                await self._give_back(rows)

    async def _send_on(self) -> None:
        while True:
            self.waiting.clear()  # before looking: what is written down or arrives meanwhile sets it again
            busy = Counter(row.lane for row in self._under_way.values())
            try:
                claimed = await self._claimed({lane: room - busy[lane] for lane, room in AT_ONCE.items()})
            except DatabaseDown:
                claimed, self._next_in = [], LOOKS
            for row in claimed:
                task = asyncio.create_task(self._settle(row))
                self._under_way[task] = row
                task.add_done_callback(self._arrived)
            await self._store.bell.rung(self.waiting, self._next_in)

    async def _claimed(self, shares: Mapping[Lane, int]) -> list[Claimed]:
        """Claim what is due; whoever is cancelled meanwhile gives back what they never got to see."""
        claiming = asyncio.ensure_future(self.claim(shares))
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            with suppress(DatabaseDown):
                await self._give_back(await claiming)
            raise

    async def _give_back(self, rows: Sequence[Claimed]) -> None:
        """Let whoever comes next do at once what wasn't done."""
        if not rows:
            return
        with suppress(DatabaseDown):
            async with self._store.begin() as unit:
                await unit.outbox.release(rows, self._clock.now())

    def _undone(self, row: Claimed) -> Claimed:
        """Return a row as it is given back: the platform may have been told of it already."""
        return replace(row, again=row.again or row.id in self._performed)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._performed.discard(self._under_way.pop(task).id)
        self.waiting.set()  # there is room again, and the chat's next one may go

    async def _hold_on(self) -> None:
        """Renew the claims of what takes long, so that a claim can be short: after a crash its chat waits for it."""
        held: set[int] = set()
        while True:
            await asyncio.sleep(RENEWAL)
            mine = self._mine()
            if long := held & mine:
                with suppress(DatabaseDown):
                    async with self._store.begin() as unit:
                        await unit.outbox.renew(long, self._clock.now())
            held = mine

    def _mine(self) -> set[int]:
        return {row.id for row in self._under_way.values()}

    async def claim(self, shares: Mapping[Lane, int] = AT_ONCE) -> list[Claimed]:
        """Claim what is due, so many of each lane at most, without a write where there is nothing."""
        now = self._clock.now()
        async with self._store.read() as unit:
            seen = await unit.outbox.look(self._platform.name, now, self._mine())
        # What is due and can't be had waits behind something of its chat.
        until = LOOKS if seen.lanes else math.inf
        later = math.inf if seen.next_at is None else (seen.next_at - now).total_seconds()
        self._next_in = min(until, later)
        wanted = {lane: shares[lane] for lane in (Lane if seen.misdated else seen.lanes) if shares[lane] > 0}
        if not wanted:
            return []
        async with self._store.begin() as unit:
            if seen.misdated:
                await unit.outbox.set_right(self._platform.name, now)
            return await unit.outbox.claim(self._platform.name, now, wanted, self._mine())

    async def drain(self) -> int:
        """Send everything that is due now, in order, and return how many messages that was."""
        sent = 0
        while claimed := await self.claim():
            for row in claimed:
                await self._settle(row)
                sent += 1
        return sent

    async def _settle(self, row: Claimed) -> None:
        try:
            try:
                await self._deliver(row)
            except DatabaseDown:
                raise
            except Exception:
                _log.exception("delivery failed", row=row.id)
                await self._give_up(row, "fault")
        except DatabaseDown:
            _log.warning("the database went away before it was marked what became of a message", row=row.id)

    async def _deliver(self, row: Claimed) -> None:
        if row.again and row.kind in SENT_ONCE and not self._tells_apart(row):
            await self._give_up(row, f"{UNSURE} before a crash")
            return
        try:
            action = await self._addressed(row)
            image = await _image(action)
            async with self._with_file(row, action) as whole:
                self._performed.add(row.id)
                receipt = await self._platform.perform(row.id, whole, image)
        except RetryLater as later:
            await self._put_back(row, later.seconds)
        except Unavailable:
            await self._again(row)
        except Unreachable as why:
            await self._unreachable(row, str(why))
        except KithError as why:
            await self._give_up(row, str(why), why)
        else:
            now = self._clock.now()
            self.pulse.worked(now)
            async with self._store.begin() as unit:
                await unit.outbox.sent(row.id, receipt.message)
                await unit.outbox.add(_to_take_away(row, receipt.message, now), now)
                if row.post_id is not None and isinstance(action, Outgoing | Poll):
                    await unit.posts.sent(row.post_id, receipt.message)
                if isinstance(action, ScheduledEvent) and receipt.message is not None:
                    await unit.mirrors.sent(action.mirror, receipt.message)
                if row.post_id is not None and isinstance(action, Poll):
                    await unit.polls.sent(row.post_id, receipt.poll)
                if isinstance(action, RoleQuestion) and receipt.people is not None and row.community_id is not None:
                    await note_holders(unit, row.community_id, action, receipt.people, now)
                if isinstance(action, Refund) and row.community_id is not None:
                    await unit.payments.give_back(row.community_id, action.charge, row.account_id, now)

    def _tells_apart(self, row: Claimed) -> bool:
        """Say whether the platform shows what comes a second time once: none remembers for long what came."""
        since = row.lapsed_at or self._clock.now()
        return self._platform.capabilities.idempotent_send and self._clock.now() - since < REMEMBERED

    async def _addressed(self, row: Claimed) -> Action:
        """Return what is to be done; of a post's change, which message is meant, of a calendar's, which event."""
        action = row.outgoing
        if isinstance(action, ScheduledEvent):
            async with self._store.read() as unit:
                known = await unit.mirrors.get(action.mirror)
            return replace(action, event=None if known is None else known.reference)
        if not isinstance(action, Edit | Pin | PollClose) or row.post_id is None:
            return action
        async with self._store.read() as unit:
            post = await unit.posts.get(row.post_id)
        if post is None or post.refusal is not None:
            raise Unreachable("what is to be changed was never sent")
        if post.message is None:
            raise RetryLater(UNSENT)
        if isinstance(action, PollClose):
            return replace(action, message=post.message, own=post.own)
        return replace(action, message=post.message)

    @asynccontextmanager
    async def _with_file(self, row: Claimed, action: Action) -> AsyncIterator[Action]:
        """Give a message the content of the file that it shows, unless its platform shows that again by itself.

        Where that can't be had, not even after a few tries, the message says so.
        """
        said = action if isinstance(action, Outgoing) else None
        able = self._platform.capabilities
        if said is None or said.attachment is None or (able.again and said.attachment.platform == said.platform):
            yield action
            return
        async with self._carrying:
            kept, bare = said.attachment, replace(said, attachment=None)
            try:
                whole = replace(bare, file=File(kept.name, await self._fetch(kept, able.file_limit)))
            except (RetryLater, Unavailable, Unreachable, TimeoutError):
                if row.attempts < TRIES:
                    raise RetryLater(2.0**row.attempts) from None
                whole = _lacking(bare, NotFound("error-file-away", name=kept.name))
            except KithError as why:
                whole = _lacking(bare, why)
            yield whole

    async def _again(self, row: Claimed) -> None:
        if row.kind in SENT_ONCE and not self._platform.capabilities.idempotent_send:
            await self._give_up(row, UNSURE, KithError("error-role-unreachable"))
            return
        if row.attempts >= TRIES:
            await self._give_up(row, "the platform could not be reached", KithError("error-role-unreachable"))
            return
        await self._put_back(row, 2.0**row.attempts)

    async def _put_back(self, row: Claimed, seconds: float) -> None:
        now, pause = self._clock.now(), min(timedelta(seconds=seconds), LONGEST)
        async with self._store.begin() as unit:
            await unit.outbox.put_back(row, now + pause, now)

    async def _unreachable(self, row: Claimed, why: str) -> None:
        await self._give_up(row, why, KithError("error-role-refused", why=why[:200]))
        outgoing = row.outgoing
        if isinstance(outgoing, Outgoing) and outgoing.private and outgoing.to:
            async with self._store.begin() as unit:
                await unit.members.set_reachable(self._platform.name, outgoing.to, False)

    async def _give_up(self, row: Claimed, why: str, said: KithError | None = None) -> None:
        """Send a message no more; a role or refund that was refused is shown to the owner."""
        async with self._store.begin() as unit:
            await unit.outbox.failed(row.id, why)
            if row.post_id is not None and isinstance(row.outgoing, Outgoing | Poll):
                await unit.posts.refused(row.post_id, why)
            if isinstance(row.outgoing, Refund) and row.community_id is not None:
                refused = AuditEntry(
                    "stars-refund-refused", self._clock.now(), None, row.account_id, {"why": why[:200]}
                )
                await unit.audit.add(row.community_id, refused)
            if not isinstance(row.outgoing, RoleChange) or row.account_id is None:
                return
            said = said or KithError("error-role-refused", why=why)
            found = await unit.communities.spaces(self._platform.name, [row.outgoing.space])
            for space in found.values():
                await unit.role_grants.refused(row.account_id, space.id, said.key, said.args_)


def _to_take_away(row: Claimed, sent_as: str | None, now: datetime) -> list[OutboxRow]:
    """Return the deletion of what was just sent, if it is to go away: written down, since Kith may end meanwhile."""
    sent = row.outgoing
    if not isinstance(sent, Outgoing) or not sent.delete_after or sent_as is None:
        return []
    deletion = Deletion(platform=sent.platform, space=sent.space, room=sent.room, message=sent_as)
    # To nobody: whoever is erased meanwhile has their name taken away all the same.
    return [OutboxRow(deletion, row.community_id, None, DELETION, now + timedelta(seconds=sent.delete_after))]


def _lacking(said: Outgoing, why: KithError) -> Outgoing:
    return replace(said, text=f"{said.text}\n{Texts(said.locale).error(why)}")


async def _image(action: Action) -> bytes | None:
    said = action.content if isinstance(action, Edit) else action
    if not isinstance(said, Outgoing) or said.picture is None:
        return None
    return await drawn(said.picture)
