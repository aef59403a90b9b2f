"""Ephemeral messages: what a group shows to one person alone, where Telegram lets Kith do so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import structlog
from telegram import Message
from telegram.error import BadRequest, EndPointNotFound, TelegramError

from bot.platforms.port import RetryLater, Unavailable, Unreachable
from bot.platforms.telegram.addresses import Address
from bot.platforms.telegram.connection import Connection, said
from bot.platforms.telegram.fields import ANONYMOUS_ADMIN, PLATFORM
from core.domain.clock import Clock
from core.domain.outgoing import Outgoing

LATER = 600.0  # seconds for which a chat where it failed isn't asked again
# What is refused with these words is refused to one person or call, and says nothing of the next.
_OF_THIS_ONE = ("query", "user", "participant", "receiver", "replied", "expired")
_log = structlog.get_logger()


class SeenByAll(Exception):
    """Say that a server showed to everybody what was for one: it is taken away again."""

    def __init__(self) -> None:
        super().__init__("the Bot API server knows no ephemeral messages")


@dataclass(frozen=True, slots=True)
class Alone:
    """To whom alone a message is shown, and the press or the ephemeral command that it answers.

    Either lets Kith do so for 15 seconds wherever it is; without one it must be an administrator.
    """

    to: int
    query: str | None = None
    command: int | None = None

    @classmethod
    def of(cls, outgoing: Outgoing) -> Self | None:
        """Return to whom a private answer is shown, None where that is nobody who can be shown it."""
        to = int(outgoing.to or 0)
        if to <= 0 or to == ANONYMOUS_ADMIN:
            return None
        kind, _, handle = (outgoing.reply_handle or "").partition(":")
        if kind == "q":
            return cls(to, query=handle)
        asked = Address.read(handle) if kind == "m" else None
        return cls(to, command=asked.message if asked is not None and asked.receiver is not None else None)

    @property
    def answers(self) -> bool:
        """Say whether this answers something that lets Kith do so for a while."""
        return self.query is not None or self.command is not None

    def ways(self) -> list[Alone]:
        """Return the ways to try: in answer to what was asked, then by the right of an administrator."""
        plain = replace(self, query=None, command=None)
        return [self, plain] if self.answers else [plain]

    def parameters(self) -> dict[str, Any]:
        """Return what a sending method of the Bot API takes besides."""
        shown: dict[str, Any] = {"receiver_user_id": self.to}
        if self.query is not None:
            shown["callback_query_id"] = self.query
        given: dict[str, Any] = {"ephemeral_message_parameters": shown}
        if self.command is not None:
            given["reply_parameters"] = {"ephemeral_message_id": self.command}
        return given


class Ephemeral:
    """Know where ephemeral messages can be sent, and remember for a while where they can't."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._known = False
        self._unknown_until = 0.0
        self._refused_until: dict[tuple[int, bool], float] = {}

    async def possible(self, chat: int, alone: Alone) -> bool:
        """Say whether it is worth a try; raise as `said` does."""
        now = self._clock.steady()
        if now < self._unknown_until or now < self._refused_until.get((chat, alone.answers), 0.0):
            return False
        return self._known or await self._ask()

    async def _ask(self) -> bool:
        """Ask the server once whether it knows such messages: an older one would show them to everybody."""
        try:
            await said(lambda: self._connection.bot.do_api_request("deleteEphemeralMessage"))
        except EndPointNotFound:
            self._unknown()
            return False
        except BadRequest:  # nothing was named that could be deleted
            pass
        self._known = True
        return True

    def failed(self, chat: int, alone: Alone, why: Exception) -> None:
        """Note that a message could not be shown to one person alone."""
        _log.info("no private answer in the group, trying the direct chat", platform=PLATFORM, chat=chat, why=str(why))
        if isinstance(why, SeenByAll):
            self._unknown()
        elif not any(each in str(why).lower() for each in _OF_THIS_ONE):
            self._refused_until[chat, alone.answers] = self._clock.steady() + LATER

    def _unknown(self) -> None:
        self._known = False
        self._unknown_until = self._clock.steady() + LATER

    async def address(self, chat: int, to: int, sent: Message) -> Address:
        """Return where a message was shown; raise SeenByAll, once it is deleted, where that was to everybody."""
        number = sent.api_kwargs.get("ephemeral_message_id")
        if isinstance(number, int) and not sent.message_id:
            return Address(chat, number, to)
        try:
            await said(lambda: self._connection.bot.delete_message(chat, sent.message_id))
        except (TelegramError, RetryLater, Unreachable, Unavailable) as why:
            _log.error("a private answer stands in the group", platform=PLATFORM, chat=chat, why=str(why))
        raise SeenByAll
