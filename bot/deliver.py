"""Drains the outbox: one order for each chat, pauses where a platform asks, and what to do after a crash."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.platforms.port import Platform, RetryLater, Unavailable, Unreachable
from core.domain.clock import Clock
from core.domain.errors import KithError
from core.domain.outgoing import Deletion, Outgoing, RoleChange
from core.domain.pictures import Picture
from core.domain.pulse import Pulse
from core.store.outbox import DELETION, Claimed, Letter
from core.store.unit import DatabaseDown, Store

PULSE = 1.0  # seconds: how long a due message may go unnoticed without a wake-up
GRACE = 3.0  # seconds for what is on its way when Kith ends
TRIES = 5
AT_ONCE = 50  # messages on their way: with more, the last would still wait when their claim has run out
_log = structlog.get_logger()


class Deliverer:
    """Send what the outbox holds for one platform."""

    def __init__(self, store: Store, platform: Platform, clock: Clock, waiting: asyncio.Event) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self.waiting = waiting
        self.pulse = Pulse()
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver until cancelled; what is on its way then has a few seconds to arrive."""
        try:
            await self._run()
        finally:
            if self._under_way:
                _, late = await asyncio.wait(self._under_way, timeout=GRACE)
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            self.waiting.clear()  # before looking: what is written down meanwhile sets it again
            try:
                claimed = await self.claim(AT_ONCE - len(self._under_way))
            except DatabaseDown:
                claimed = []
            for letter in claimed:
                task = asyncio.create_task(self._settle(letter))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
            if claimed or len(self._under_way) >= AT_ONCE:
                # A chat whose message is on its way gives no other: let the fast ones through.
                await asyncio.wait(self._under_way, timeout=PULSE, return_when=asyncio.FIRST_COMPLETED)
                continue
            # Not wait_for: on Python 3.11 that loses a cancellation that comes with the timeout.
            with suppress(TimeoutError):
                async with asyncio.timeout(PULSE):
                    await self.waiting.wait()

    async def claim(self, limit: int = AT_ONCE) -> list[Claimed]:
        """Claim what is due, `limit` messages at most, without a write where there is nothing."""
        if limit <= 0:
            return []
        now = self._clock.now()
        async with self._store.read() as unit:
            due = await unit.outbox.next_due(self._platform.name, now)
        if due is None or due > now:
            return []
        async with self._store.begin() as unit:
            return await unit.outbox.claim(self._platform.name, now, limit)

    async def drain(self) -> int:
        """Send everything that is due now, in order, and return how many messages that was."""
        sent = 0
        while claimed := await self.claim():
            for letter in claimed:
                await self._settle(letter)
                sent += 1
        return sent

    async def _settle(self, letter: Claimed) -> None:
        try:
            try:
                await self._deliver(letter)
            except DatabaseDown:
                raise
            except Exception:
                _log.exception("delivery failed", letter=letter.id)
                await self._give_up(letter, "fault")
        except DatabaseDown:
            _log.warning("the database went away before it was marked what became of a message", letter=letter.id)
        self.waiting.set()  # the chat's next one may go

    async def _deliver(self, letter: Claimed) -> None:
        if letter.again and letter.kind == "push" and not self._platform.capabilities.idempotent_send:
            await self._give_up(letter, "may have been sent before a crash")
            return
        try:
            sent_as = await self._do(letter)
        except RetryLater as later:
            await self._put_back(letter, later.seconds)
        except Unavailable:
            await self._again(letter)
        except Unreachable as why:
            await self._unreachable(letter, str(why))
        except KithError as why:
            await self._give_up(letter, str(why), why)
        else:
            now = self._clock.now()
            self.pulse.worked(now)
            async with self._store.begin() as unit:
                await unit.outbox.sent(letter.id, sent_as)
                await unit.outbox.add(_to_take_away(letter, sent_as, now), now)

    async def _do(self, letter: Claimed) -> str | None:
        """Send a message; a role or a deletion is the same when done twice and needs no nonce."""
        outgoing = letter.outgoing
        if isinstance(outgoing, Deletion):
            await self._platform.unsend(outgoing.space, outgoing.room, outgoing.message)
            return None
        if isinstance(outgoing, RoleChange):
            await self._platform.follow_tier(outgoing.space, outgoing.to, outgoing.give, outgoing.take)
            return None
        return await self._platform.send(letter.id, outgoing, await _image(outgoing))

    async def _again(self, letter: Claimed) -> None:
        if letter.kind == "push" and not self._platform.capabilities.idempotent_send:
            await self._give_up(letter, "may have been sent", KithError("error-role-unreachable"))
            return
        if letter.attempts >= TRIES:
            await self._give_up(letter, "the platform could not be reached", KithError("error-role-unreachable"))
            return
        await self._put_back(letter, 2.0**letter.attempts)

    async def _put_back(self, letter: Claimed, seconds: float) -> None:
        now = self._clock.now()
        async with self._store.begin() as unit:
            await unit.outbox.put_back(letter.id, now + timedelta(seconds=seconds), now)

    async def _unreachable(self, letter: Claimed, why: str) -> None:
        await self._give_up(letter, why, KithError("error-role-refused", why=why[:200]))
        outgoing = letter.outgoing
        if isinstance(outgoing, Outgoing) and outgoing.private and outgoing.to:
            async with self._store.begin() as unit:
                await unit.members.set_reachable(self._platform.name, outgoing.to, False)

    async def _give_up(self, letter: Claimed, why: str, said: KithError | None = None) -> None:
        """Send a message no more; a role that was refused is shown to the owner, in the words of `said`."""
        async with self._store.begin() as unit:
            await unit.outbox.failed(letter.id, why)
            if not isinstance(letter.outgoing, RoleChange) or letter.account_id is None:
                return
            said = said or KithError("error-role-refused", why=why)
            found = await unit.communities.spaces(self._platform.name, [letter.outgoing.space])
            for space in found.values():
                await unit.followings.refused(letter.account_id, space.id, said.key, said.args_)


def _to_take_away(letter: Claimed, sent_as: str | None, now: datetime) -> list[Letter]:
    """Return the deletion of what was just sent, if it is to go away: written down, since Kith may end meanwhile."""
    sent = letter.outgoing
    if not isinstance(sent, Outgoing) or not sent.delete_after or sent_as is None:
        return []
    deletion = Deletion(platform=sent.platform, space=sent.space, room=sent.room, message=sent_as)
    # To nobody: whoever is erased meanwhile has their name taken away all the same.
    return [Letter(deletion, letter.community_id, None, DELETION, now + timedelta(seconds=sent.delete_after))]


async def _image(outgoing: Outgoing) -> bytes | None:
    return None if outgoing.picture is None else await asyncio.to_thread(_draw, outgoing.picture)


def _draw(picture: Picture) -> bytes:
    # Drawing loads Pillow and the fonts: not before the first picture.
    from bot.draw import draw  # noqa: PLC0415

    return draw(picture)
