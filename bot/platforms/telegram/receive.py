"""How updates come in: by long polling or by webhook, committed before Telegram hears that they arrived."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.platforms.port import Intake, Unavailable
from bot.platforms.telegram.connection import Connection, seconds_of
from bot.platforms.telegram.fields import PLATFORM
from bot.platforms.telegram.stars import Checkouts
from bot.platforms.telegram.translate import ALLOWED_UPDATES, Translator, Untranslatable, order, space_of
from core.domain.events import Event

BODY_LIMIT = 1_048_576  # bytes: updates are some kilobytes
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
_PATIENCE = 50.0  # seconds a webhook call may wait for the database; Telegram repeats it then
_LONGEST_PAUSE = 30.0
_GLANCE = 0.5  # seconds between looks at what else came, while the database takes its time
_log = structlog.get_logger()


class Receiver:
    """Translate updates and hand them in; what can't be translated is parked and holds up nothing."""

    def __init__(self, translator: Translator, intake: Intake, checkouts: Checkouts) -> None:
        self._translator = translator
        self._intake = intake
        self.checkouts = checkouts

    async def take(self, updates: Sequence[Any]) -> None:
        """Return when everything in `updates` is committed or parked; who asks to pay is answered meanwhile."""
        await asyncio.gather(self.checkouts.answer(updates), self._take(updates))

    async def _take(self, updates: Sequence[Any]) -> None:
        events: list[Event] = []
        for update in updates:
            try:
                events += self._translator.translate(update)
            except Untranslatable as reason:
                await self._park(update, str(reason))
        await self._intake.submit(order(events))

    async def _park(self, update: Any, reason: str) -> None:
        number = update.get("update_id") if isinstance(update, dict) else None
        _log.warning("update parked", update=number, reason=reason)
        key, raw = f"u:{self._translator.me}:{number}"[:160], self._translator.put_aside(update)
        await self._intake.park(PLATFORM, key, space_of(update), raw, reason)


async def poll(connection: Connection, receiver: Receiver) -> None:
    """Fetch updates until cancelled, asking for the next only after the last are committed.

    Network failures, 429 and another poller are waited out; raise Refused where the token is.
    """
    offset: int | None = None
    pause = _Pause()
    while True:
        try:
            updates = await connection.updates(offset, ALLOWED_UPDATES)
        except Conflict:
            await pause.after("another process receives with this token, or a webhook is set: stop it")
        except RetryAfter as error:
            await pause.after("Telegram asks for a pause", seconds_of(error))
        except NetworkError as error:
            await pause.after("Telegram can't be reached, trying again", why=error.message)
        else:
            pause.over()
            await _taken(connection, receiver, updates, offset)
            numbers = [n for each in updates if isinstance(n := _number(each), int)]
            if numbers:
                offset = max(numbers) + 1
            elif updates:
                await pause.after("Telegram sends updates without numbers")


async def _taken(connection: Connection, receiver: Receiver, updates: Sequence[Any], offset: int | None) -> None:
    """Return when `updates` are committed; where that takes long, look who asks to pay: nothing is confirmed by it."""
    taking = asyncio.ensure_future(receiver.take(updates))
    try:
        while not (await asyncio.wait({taking}, timeout=_GLANCE))[0]:
            with suppress(TelegramError, Unavailable):
                await receiver.checkouts.answer(await connection.updates(offset, ALLOWED_UPDATES))
        await taking
    finally:
        taking.cancel()


def _number(update: Any) -> Any:
    return update.get("update_id") if isinstance(update, dict) else None


class _Pause:
    """Wait longer each time, and say why only once."""

    def __init__(self) -> None:
        self._seconds = 0.5
        self._said: str | None = None

    async def after(self, what: str, seconds: float | None = None, **details: str) -> None:
        if what != self._said:
            _log.warning(what, platform=PLATFORM, **details)
            self._said = what
        await asyncio.sleep(self._seconds if seconds is None else seconds)
        self._seconds = min(self._seconds * 2, _LONGEST_PAUSE)

    def over(self) -> None:
        if self._said is not None:
            _log.info("receiving again", platform=PLATFORM)
        self._seconds, self._said = 0.5, None


class Webhook:
    """Answer Telegram's calls: 403 without the secret, 413 if too long, 503 until ready, 200 if committed."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self.receiver: Receiver | None = None

    async def answer(self, request: Request) -> Response:
        """Take one update."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return PlainTextResponse("forbidden", 403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too much", 413)
        if self.receiver is None:
            return PlainTextResponse("not ready", 503)
        try:
            update = json.loads(body.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return PlainTextResponse("no JSON", 400)
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.receiver.take([update])
        except TimeoutError:
            return PlainTextResponse("not committed yet", 503)
        return PlainTextResponse("ok")


async def _body(request: Request) -> bytes | None:
    """Return the body, None where it is too long: said so or found so."""
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > BODY_LIMIT:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_LIMIT:
            return None
        parts.append(part)
    return b"".join(parts)
