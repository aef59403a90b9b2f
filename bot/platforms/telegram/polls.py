"""Telegram's own polls: asked, closed, and what is told of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from telegram import Bot, Message
from telegram.constants import PollType
from telegram.error import BadRequest, ChatMigrated

from bot.platforms.port import Unreachable
from bot.platforms.telegram.addresses import Address
from bot.platforms.telegram.changing import Changer
from bot.platforms.telegram.connection import Connection, means
from bot.platforms.telegram.directory import Directory
from bot.platforms.telegram.fields import PLATFORM, Json, whole
from bot.platforms.telegram.parts import Place, placed
from bot.platforms.telegram.turns import Turns
from core.domain.events import ELSEWHERE, Event, PollCounted, PollVoted
from core.domain.outgoing import Poll, PollClose, Receipt
from core.domain.polls import PollLimits, Question

_log = structlog.get_logger()
LIMITS = PollLimits(options=12, text=300, option=100, explanation=200)


class Pollster:
    """Ask and close polls of one bot."""

    def __init__(self, connection: Connection, turns: Turns, changer: Changer) -> None:
        self._connection = connection
        self._turns = turns
        self._changer = changer

    @staticmethod
    def can_ask(poll: Poll, now: datetime) -> bool:
        """Say whether Telegram has such polls."""
        return LIMITS.take(poll.question, poll.until, now)

    async def ask(self, poll: Poll) -> Receipt | None:
        """Send a poll, None where the chat takes none; raise RetryLater or Unavailable."""
        await self._connection.ready()
        chat = self._connection.chat(int(poll.space))
        place = Place(chat, int(poll.room) if poll.room else None)
        part = partial(self._bot.send_poll, **_asked(poll.question))
        try:
            sent: Message = await self._turns.take(chat, placed(part, place, None))
        except ChatMigrated as moved:
            self._connection.moved[chat] = moved.new_chat_id
            return await self.ask(poll)
        except (BadRequest, Unreachable) as why:  # a channel takes anonymous ones alone, a group perhaps none
            _log.info("no poll can be sent there, drawing it", platform=PLATFORM, chat=chat, why=str(why))
            return None
        return Receipt(str(Address(chat, sent.message_id)), sent.poll.id if sent.poll else None)

    async def close(self, close: PollClose) -> None:
        """Stop a poll, or take the buttons away from one that is drawn; one that is stopped is no failure."""
        if not close.own:
            await self._changer.edit(close.message or "", None, None)
            return
        await self._connection.ready()
        where = Address.read(close.message or "")
        chat = self._connection.chat(where.chat)
        stop: Callable[[], Awaitable[Any]] = partial(self._bot.stop_poll, chat, where.message)
        try:
            await self._turns.take(chat, stop)
        except (BadRequest, ChatMigrated) as why:
            if not means(why, "already been closed", "already closed"):
                raise Unreachable(why.message) from None

    @property
    def _bot(self) -> Bot:
        return self._connection.bot


def _asked(question: Question) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "question": question.text,
        "options": list(question.options),
        "is_anonymous": question.anonymous,
        "type": PollType.QUIZ if question.is_quiz else PollType.REGULAR,
        "allows_multiple_answers": question.several,
    }
    if question.is_quiz:
        asked["correct_option_ids"] = list(question.right)
        asked["explanation"] = question.explanation or None
    return asked


def voted(answer: Json, key: str, at: datetime, directory: Directory) -> Iterator[Event]:
    """Yield what somebody chose; who votes in the name of a chat is nobody."""
    if "user" in answer:
        yield PollVoted(
            platform=PLATFORM,
            key=key,
            space=ELSEWHERE,
            at=at,
            actor=directory.person(answer["user"]),
            poll=str(answer["poll_id"]),
            options=tuple(map(whole, answer["option_ids"])),
        )


def counted(poll: Json, key: str, at: datetime) -> Iterator[Event]:
    """Yield how often each option was chosen."""
    counts = tuple(whole(option["voter_count"]) for option in poll["options"])
    yield PollCounted(platform=PLATFORM, key=key, space=ELSEWHERE, at=at, poll=str(poll["id"]), counts=counts)
