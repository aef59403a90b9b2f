"""When a chat is written to: at Telegram's pace, and not while it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.platforms.port import RetryLater
from bot.platforms.telegram.connection import said
from bot.platforms.telegram.pace import Pace
from core.domain.clock import Clock

_PATIENCE = 1.0  # seconds that a message waits here for its turn; longer, and it waits in the outbox


class Turns:
    """Make calls that put something into a chat, each when its turn has come."""

    def __init__(self, clock: Clock, pace: Pace) -> None:
        self._clock = clock
        self._pace = pace
        self._shut_until: dict[int, float] = {}

    async def take(self, chat: int, ask: Callable[[], Awaitable[Any]]) -> Any:
        """Make a call when the chat's turn has come; raise RetryLater where that is long or refused."""
        shut = self._shut_until.get(chat, 0.0) - self._clock.steady()
        if shut > 0:
            raise RetryLater(shut)
        loop = asyncio.get_running_loop()
        while (wait := self._pace.wait(chat, loop.time())) > 0:
            if wait > _PATIENCE:
                raise RetryLater(wait)
            await asyncio.sleep(wait)
        self._pace.take(chat, loop.time())
        try:
            return await said(ask)
        except RetryLater as later:
            self._shut_until[chat] = self._clock.steady() + later.seconds
            raise
