"""Drains the outbox: one order for each chat, pauses where a platform asks, and what to do after a crash."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from bot.platforms.port import Platform, RetryLater, Unavailable, Unreachable
from core.domain.clock import Clock
from core.domain.outgoing import Outgoing
from core.domain.pictures import Picture
from core.store.outbox import Claimed
from core.store.unit import DatabaseDown, Store

PULSE = 1.0  # seconds: how long a due message may go unnoticed without a wake-up
TRIES = 5
_log = structlog.get_logger()


class Deliverer:
    """Send what the outbox holds for one platform."""

    def __init__(self, store: Store, platform: Platform, clock: Clock, waiting: asyncio.Event) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self.waiting = waiting
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            try:
                claimed = await self.claim()
            except DatabaseDown:
                claimed = []
            for letter in claimed:
                task = asyncio.create_task(self._settle(letter))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
            if claimed:
                # A chat whose message is on its way gives no other: let the fast ones through.
                await asyncio.wait(self._under_way, timeout=PULSE, return_when=asyncio.FIRST_COMPLETED)
                continue
            self.waiting.clear()
            try:
                await asyncio.wait_for(self.waiting.wait(), PULSE)
            except TimeoutError:
                continue

    async def claim(self) -> list[Claimed]:
        """Claim what is due, without a write where there is nothing."""
        now = self._clock.now()
        async with self._store.read() as unit:
            due = await unit.outbox.next_due(self._platform.name)
        if due is None or due > now:
            return []
        async with self._store.begin() as unit:
            return await unit.outbox.claim(self._platform.name, now)

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
            await self._deliver(letter)
        except DatabaseDown:
            _log.warning("sent, but the database went away before that was marked", letter=letter.id)
        except Exception:
            _log.exception("delivery failed", letter=letter.id)
            async with self._store.begin() as unit:
                await unit.outbox.failed(letter.id, "fault")

    async def _deliver(self, letter: Claimed) -> None:
        if letter.again and letter.kind == "push" and not self._platform.capabilities.idempotent_send:
            async with self._store.begin() as unit:
                await unit.outbox.failed(letter.id, "may have been sent before a crash")
            return
        try:
            image = await _image(letter.outgoing)
            sent_as = await self._platform.send(letter.id, letter.outgoing, image)
        except RetryLater as later:
            await self._put_back(letter, later.seconds)
        except Unavailable:
            await self._again(letter)
        except Unreachable as why:
            await self._unreachable(letter, str(why))
        else:
            async with self._store.begin() as unit:
                await unit.outbox.sent(letter.id, sent_as)
            self.waiting.set()

    async def _again(self, letter: Claimed) -> None:
        if letter.attempts >= TRIES:
            async with self._store.begin() as unit:
                await unit.outbox.failed(letter.id, "the platform could not be reached")
            return
        await self._put_back(letter, 2.0**letter.attempts)

    async def _put_back(self, letter: Claimed, seconds: float) -> None:
        async with self._store.begin() as unit:
            await unit.outbox.put_back(letter.id, self._clock.now() + timedelta(seconds=seconds))

    async def _unreachable(self, letter: Claimed, why: str) -> None:
        async with self._store.begin() as unit:
            await unit.outbox.failed(letter.id, why)
            if letter.outgoing.private and letter.outgoing.to:
                await unit.members.set_reachable(self._platform.name, letter.outgoing.to, False)


async def _image(outgoing: Outgoing) -> bytes | None:
    return None if outgoing.picture is None else await asyncio.to_thread(_draw, outgoing.picture)


def _draw(picture: Picture) -> bytes:
    # Drawing loads Pillow and the fonts: not before the first picture.
    from bot.draw import draw  # noqa: PLC0415

    return draw(picture)
