"""How messages go out: whole, in order, and to whom they are for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from telegram import Bot, Message
from telegram.error import BadRequest, ChatMigrated

from bot.platforms.port import RetryLater, Unreachable
from bot.platforms.telegram import forms
from bot.platforms.telegram.addresses import Address
from bot.platforms.telegram.changing import Changer
from bot.platforms.telegram.connection import Connection, said
from bot.platforms.telegram.ephemeral import Alone, Ephemeral, SeenByAll
from bot.platforms.telegram.fields import PLATFORM
from bot.platforms.telegram.parts import Place, alert_of, parts_of, placed
from bot.platforms.telegram.render import in_words, keyboard, refuses_moments
from bot.platforms.telegram.stars import payable
from bot.platforms.telegram.turns import Turns
from core.domain.clock import Clock
from core.domain.outgoing import Outgoing, SentButton
from core.kit.texts import Texts

_PROGRESS_KEPT = 1_000


class Sender:
    """Send messages of one bot; `moved` is told the old and the new id of a group that got another."""

    def __init__(
        self, connection: Connection, clock: Clock, turns: Turns, changer: Changer, moved: Callable[[int, int], None]
    ) -> None:
        self._connection = connection
        self._turns = turns
        self._changer = changer
        self._moved = moved
        self._ephemeral = Ephemeral(connection, clock)
        self._progress: dict[int, int] = {}

    @property
    def _bot(self) -> Bot:
        return self._connection.bot

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Send a message and return its Address as text, None for what was shown as an alert.

        Raise RetryLater, Unreachable or Unavailable. Long texts become several messages; one that stopped
        half-way goes on from there when it is sent again.
        """
        await self._connection.ready()
        outgoing = await payable(self._connection, outgoing)
        kind, _, handle = (outgoing.reply_handle or "").partition(":")
        if kind == "q":
            alert = alert_of(outgoing, image)
            await self._answer_query(handle, alert)
            if alert is not None:
                return None
        if outgoing.private and not outgoing.direct and outgoing.space is not None:
            return await self._send_alone(letter_id, outgoing, image)
        chat = outgoing.to if outgoing.private or outgoing.space is None else outgoing.space
        if chat is None:
            raise Unreachable("a message to nobody")
        reply_to = None if outgoing.private else _asked_by(outgoing)
        return await self._deliver(letter_id, int(chat), outgoing, image, reply_to)

    async def _send_alone(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Show in the room, to one person, what others must not see; where that fails, send it to the direct chat.

        Where that is shut, say so in the room.
        """
        alone = Alone.of(outgoing)
        try:
            if alone is None:
                raise Unreachable("nobody who has a direct chat")
            shown = None if outgoing.asks else await self._show_alone(letter_id, outgoing, image, alone)
            return shown or await self._deliver(letter_id, alone.to, outgoing, image, None)
        except Unreachable:
            if not outgoing.fallback:
                raise
        _, username = await self._connection.ready()
        label, start = Texts(outgoing.locale).plain("telegram-open-chat"), forms.START if outgoing.asks else "here"
        hint = Outgoing(
            text=outgoing.fallback,
            platform=PLATFORM,
            space=outgoing.space,
            room=outgoing.room,
            buttons=((SentButton(label, url=f"https://t.me/{username}?start={start}"),),),
            locale=outgoing.locale,
        )
        return await self._deliver(letter_id, int(outgoing.space or 0), hint, None, _asked_by(outgoing))

    async def _show_alone(self, letter_id: int, outgoing: Outgoing, image: bytes | None, alone: Alone) -> str | None:
        """Send an ephemeral message; None where that can't be done."""
        for way in alone.ways():
            chat = self._connection.chat(int(outgoing.space or 0))
            if not await self._ephemeral.possible(chat, way):
                continue
            try:
                return await self._deliver(letter_id, chat, outgoing, image, _asked_by(outgoing), way)
            except (BadRequest, Unreachable, SeenByAll) as why:
                self._progress.pop(letter_id, None)  # the direct chat gets all of it
                self._ephemeral.failed(chat, way, why)
        return None

    async def _deliver(
        self,
        letter_id: int,
        chat: int,
        outgoing: Outgoing,
        image: bytes | None,
        reply_to: int | None,
        alone: Alone | None = None,
    ) -> str | None:
        chat = self._connection.chat(chat)
        try:
            sent = await self._changer.replace(chat, outgoing, image) if outgoing.replaces else None
            thread = int(outgoing.room) if outgoing.room and chat < 0 else None
            place = Place(chat, thread, reply_to, alone)
            return sent or await self._send_parts(letter_id, place, outgoing, image)
        except ChatMigrated as moved:
            self._connection.moved[chat] = moved.new_chat_id
            self._moved(chat, moved.new_chat_id)
            return await self._deliver(letter_id, moved.new_chat_id, outgoing, image, None, alone)
        except BadRequest as why:
            if not refuses_moments(outgoing, why.message):
                raise
            return await self._deliver(letter_id, chat, in_words(outgoing), image, reply_to, alone)

    async def _send_parts(self, letter_id: int, place: Place, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Send picture, file and text, each at its turn; the buttons stand under the last of them."""
        parts = parts_of(self._bot, outgoing, image)
        markup = keyboard(outgoing.buttons)
        sent: Address | None = None
        for number, part in enumerate(parts):
            if number < self._progress.get(letter_id, 0):
                continue
            buttons = markup if number == len(parts) - 1 else None
            quietly = partial(part, disable_notification=True) if outgoing.silent else part
            message: Message = await self._turns.take(place.chat, placed(quietly, place, buttons))
            sent = Address(place.chat, message.message_id)
            if place.alone is not None:
                sent = await self._ephemeral.address(place.chat, place.alone.to, message)
            if len(parts) > 1:
                self._note_progress(letter_id, number + 1)
        self._progress.pop(letter_id, None)
        return str(sent) if sent else None

    def _note_progress(self, letter_id: int, done: int) -> None:
        self._progress[letter_id] = done
        while len(self._progress) > _PROGRESS_KEPT:
            del self._progress[next(iter(self._progress))]

    async def _answer_query(self, query: str, alert: str | None) -> None:
        """Stop the waiting sign on a pressed button; too late for that is no harm."""
        try:
            await said(lambda: self._bot.answer_callback_query(query, text=alert, show_alert=alert is not None))
        except BadRequest:
            return
        except (Unreachable, RetryLater):
            return


def _asked_by(outgoing: Outgoing) -> int | None:
    """Return the number of the message that an answer hangs on, None where everybody can't see it."""
    kind, _, handle = (outgoing.reply_handle or "").partition(":")
    asked = Address.read(handle) if kind == "m" else None
    return asked.message if asked is not None and asked.receiver is None else None
