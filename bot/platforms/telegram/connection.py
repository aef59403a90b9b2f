"""The Bot API through python-telegram-bot: raw updates, and its errors in the port's words."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, TypeVar

import httpx
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.platforms.port import RetryLater, Unavailable, Unreachable
from core.domain.clock import Clock
from core.domain.pulse import Pulse

Json = dict[str, Any]
T = TypeVar("T")

POLL_SECONDS = 30
# retry_after as a timedelta, as the SDK's next major version has it; without this it warns at every 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_TRY_AGAIN = 10.0  # seconds
_SHUT = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
)


class Refused(Unavailable):
    """Say that Telegram refuses the token."""

    def __init__(self) -> None:
        super().__init__("Telegram refuses the token")


@cache
def trusted() -> ssl.SSLContext:
    """Return whom clients trust: each would read all authorities anew, for a thirtieth of a second."""
    return httpx.create_ssl_context()


class _Watched(HTTPXRequest):
    """Note whether the Bot API answers, whatever it is asked."""

    def __init__(self, pulse: Pulse, clock: Clock, **given: Any) -> None:
        super().__init__(httpx_kwargs={"verify": trusted()}, **given)
        self._pulse = pulse
        self._clock = clock

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        try:
            status, payload = await super().do_request(*args, **kwargs)
        except TelegramError as error:
            self._pulse.failed(self._clock.now(), type(error.__cause__ or error).__name__)
            raise
        if not payload.lstrip().startswith(b"{"):
            # A proxy's page, say: the SDK would quote it, and the page the address, which holds the token.
            why = f"something else than the Bot API answers (HTTP {status})"
            self._pulse.failed(self._clock.now(), why)
            raise NetworkError(why)
        if status >= 500 or status == 409:
            self._pulse.failed(self._clock.now(), f"HTTP {status}")
        else:
            self._pulse.worked(self._clock.now())
        return status, payload


class _RawUpdates(_Watched):
    """Keep what getUpdates answered as it came: an update that the SDK can't decode must hold up no other."""

    payload: bytes = b""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **kwargs)
        if status != 200:
            return status, payload
        self.payload = payload
        return status, b'{"ok":true,"result":[]}'


class Connection:
    """One bot at one Bot API server; `moved` leads from the ids of groups that got another one."""

    def __init__(self, token: str, api_url: str, clock: Clock) -> None:
        self._calls, self._receiving = Pulse(), Pulse()
        # Below this level all three log addresses or parameters, which hold the token.
        for name in ("httpx", "httpcore", "telegram"):
            logging.getLogger(name).setLevel(logging.WARNING)
        base = api_url.rstrip("/")
        self._updates = _RawUpdates(self._receiving, clock, connection_pool_size=1, read_timeout=10, connect_timeout=10)
        self.bot: Bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=_Watched(
                self._calls,
                clock,
                connection_pool_size=32,
                read_timeout=20,
                write_timeout=20,
                connect_timeout=10,
                pool_timeout=10,
            ),
            get_updates_request=self._updates,
        )
        self.moved: dict[int, int] = {}
        self._me: tuple[int, str] | None = None
        self._opening = asyncio.Lock()

    @property
    def pulse(self) -> Pulse:
        """Return how the Bot API answers: whether updates come where they are fetched, else any call."""
        fetches = self._receiving.worked_at or not self._receiving.well
        return self._receiving if fetches else self._calls

    async def ready(self) -> tuple[int, str]:
        """Return the bot's id and handle, asking for them the first time; raise as `said` does."""
        async with self._opening:
            if self._me is None:
                await said(self.bot.initialize)
                self._me = self.bot.id, self.bot.username
            return self._me

    def chat(self, number: int) -> int:
        """Return the id that a chat has now."""
        return self.moved.get(number, number)

    async def close(self) -> None:
        """Let go of every network connection."""
        async with self._opening:  # a connection that is only coming about would stay behind
            self._me = None
            await self.bot.shutdown()

    async def updates(self, offset: int | None, allowed: tuple[str, ...]) -> list[Any]:
        """Return pending updates undecoded, acknowledging those below `offset`.

        Raise Refused, or else the SDK's own errors.
        """
        try:
            await self.bot.get_updates(offset=offset, timeout=POLL_SECONDS, allowed_updates=allowed)
        except InvalidToken:
            raise Refused from None
        result = decoded(self._updates.payload).get("result")
        if not isinstance(result, list):
            raise NetworkError("getUpdates answered something else than updates")
        return result


def decoded(payload: bytes) -> Json:
    """Return a JSON object from bytes that may hold broken UTF-8; raise NetworkError where it is none."""
    try:
        content = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        raise NetworkError("the answer was cut off") from None
    if not isinstance(content, dict):
        raise NetworkError("the answer is no object")
    return content


async def said(ask: Callable[[], Awaitable[T]]) -> T:
    """Return what a call of the SDK does; raise RetryLater, Unreachable, Unavailable or Refused.

    Where no connection came about nothing was sent, and that is RetryLater, however long it lasts.

    BadRequest and ChatMigrated, which say something about the message itself, come through as they are.
    """
    try:
        return await ask()
    except RetryAfter as error:
        raise RetryLater(seconds_of(error)) from None
    except Forbidden as error:
        raise Unreachable(error.message) from None
    except BadRequest as error:
        if means(error, *_SHUT):
            raise Unreachable(error.message) from None
        raise
    except InvalidToken:
        # The SDK's own message quotes the token.
        raise Refused from None
    except NetworkError as error:
        if isinstance(error.__cause__, _NOT_SENT):
            raise RetryLater(_TRY_AGAIN) from None
        raise Unavailable(error.message) from None


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram asks to wait."""
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()


def means(error: TelegramError, *words: str) -> bool:
    """Say whether an error's text has one of these words."""
    return any(each in error.message.lower() for each in words)
