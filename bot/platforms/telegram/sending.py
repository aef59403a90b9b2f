"""How messages go out: whole, in order, at Telegram's pace, and to whom they are for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, Message, ReplyParameters
from telegram.error import BadRequest, ChatMigrated

from bot.platforms.port import RetryLater, Unavailable, Unreachable
from bot.platforms.telegram.connection import Connection, means, said
from bot.platforms.telegram.pace import Pace
from bot.platforms.telegram.render import CAPTION_LIMIT, TEXT_LIMIT, Page, keyboard, pages
from bot.platforms.telegram.translate import ANONYMOUS_ADMIN, PLATFORM
from core.domain.clock import Clock
from core.domain.outgoing import Outgoing, SentButton
from core.kit.texts import Texts

_PATIENCE = 1.0  # seconds that a message waits here for its turn; longer, and it waits in the outbox
_ALERT_LIMIT = 200
_PROGRESS_KEPT = 1_000
_log = structlog.get_logger()


class Sender:
    """Send messages of one bot; `moved` is told the old and the new id of a group that got another."""

    def __init__(self, connection: Connection, clock: Clock, pace: Pace, moved: Callable[[int, int], None]) -> None:
        self._connection = connection
        self._clock = clock
        self._pace = pace
        self._moved = moved
        self._shut_until: dict[int, float] = {}
        self._progress: dict[int, int] = {}
        self._moments = True  # until the server refuses them

    @property
    def _bot(self) -> Bot:
        return self._connection.bot

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Send a message and return `<chat>:<message>`, None for what was shown as an alert.

        Raise RetryLater, Unreachable or Unavailable. Long texts become several messages; one that stopped
        half-way goes on from there when it is sent again.
        """
        await self._connection.ready()
        kind, _, handle = (outgoing.reply_handle or "").partition(":")
        if kind == "q":
            alert = _alert(outgoing, image)
            await self._answer_query(handle, alert)
            if alert is not None:
                return None
        if outgoing.private and not outgoing.direct and outgoing.space is not None:
            return await self._send_alone(letter_id, outgoing, image)
        chat = outgoing.to if outgoing.private or outgoing.space is None else outgoing.space
        if chat is None:
            raise Unreachable("a message to nobody")
        reply_to = int(handle.rpartition(":")[2]) if kind == "m" and not outgoing.private else None
        return await self._deliver(letter_id, int(chat), outgoing, image, reply_to)

    async def _send_alone(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Send to the direct chat what a room must not see, and where that is shut say so in the room."""
        to = int(outgoing.to or 0)
        try:
            if to <= 0 or to == ANONYMOUS_ADMIN:
                raise Unreachable("nobody who has a direct chat")
            return await self._deliver(letter_id, to, outgoing, image, None)
        except Unreachable:
            if not outgoing.fallback:
                raise
        _, username = await self._connection.ready()
        label = Texts(outgoing.locale).plain("telegram-open-chat")
        hint = Outgoing(
            text=outgoing.fallback,
            platform=PLATFORM,
            space=outgoing.space,
            room=outgoing.room,
            buttons=((SentButton(label, url=f"https://t.me/{username}?start=here"),),),
            locale=outgoing.locale,
        )
        kind, _, handle = (outgoing.reply_handle or "").partition(":")
        reply_to = int(handle.rpartition(":")[2]) if kind == "m" else None
        return await self._deliver(letter_id, int(outgoing.space or 0), hint, None, reply_to)

    async def _deliver(
        self, letter_id: int, chat: int, outgoing: Outgoing, image: bytes | None, reply_to: int | None
    ) -> str | None:
        chat = self._connection.chat(chat)
        try:
            sent = await self._replace(chat, outgoing, image) if outgoing.replaces else None
            return sent or await self._send_parts(letter_id, chat, outgoing, image, reply_to)
        except ChatMigrated as moved:
            self._connection.moved[chat] = moved.new_chat_id
            self._moved(chat, moved.new_chat_id)
            return await self._deliver(letter_id, moved.new_chat_id, outgoing, image, None)

    async def _send_parts(
        self, letter_id: int, chat: int, outgoing: Outgoing, image: bytes | None, reply_to: int | None
    ) -> str | None:
        """Send picture, file and text, each at its turn; the buttons stand under the last of them."""
        parts = self._parts(outgoing, image)
        markup = keyboard(outgoing.buttons)
        thread = int(outgoing.room) if outgoing.room and chat < 0 else None
        sent: Message | None = None
        for place, part in enumerate(parts):
            if place < self._progress.get(letter_id, 0):
                continue
            buttons = markup if place == len(parts) - 1 else None
            said = partial(part, disable_notification=True) if outgoing.silent else part
            sent = await self._in_turn(chat, _placed(said, chat, thread, reply_to, buttons))
            if len(parts) > 1:
                self._note_progress(letter_id, place + 1)
        self._progress.pop(letter_id, None)
        return f"{chat}:{sent.message_id}" if sent else None

    def _parts(self, outgoing: Outgoing, image: bytes | None) -> list[Callable[..., Awaitable[Message]]]:
        captions = pages(outgoing.text, CAPTION_LIMIT)
        short = len(captions) <= 1
        caption = captions[0] if captions and short else Page("")
        parts: list[Callable[..., Awaitable[Message]]] = []
        if image is not None:
            shown = caption if outgoing.file is None else Page("")
            parts.append(self._photo(image, shown))
        if outgoing.file is not None:
            parts.append(self._document(outgoing.file.content, outgoing.file.name, caption))
        if not parts or not short:
            parts += [self._text(page) for page in pages(outgoing.text)]
        return parts

    def _text(self, page: Page) -> Callable[..., Awaitable[Message]]:
        return self._worded(
            page,
            lambda page, **where: self._bot.send_message(
                text=page.text, entities=page.entities, disable_web_page_preview=True, **where
            ),
        )

    def _photo(self, image: bytes, page: Page) -> Callable[..., Awaitable[Message]]:
        return self._worded(
            page,
            lambda page, **where: self._bot.send_photo(
                photo=image, caption=page.text or None, caption_entities=page.entities, **where
            ),
        )

    def _document(self, content: bytes, name: str, page: Page) -> Callable[..., Awaitable[Message]]:
        return self._worded(
            page,
            lambda page, **where: self._bot.send_document(
                document=content,
                filename=name,
                caption=page.text or None,
                caption_entities=page.entities,
                **where,
            ),
        )

    def _worded(self, page: Page, ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """Return a call of `ask` with a page; a server that refuses moments is given their words, from then on."""

        async def asked(**where: Any) -> Any:
            try:
                return await ask(page if self._moments else page.timeless, **where)
            except BadRequest as error:
                if not self._moments or page == page.timeless or not means(error, "entit"):
                    raise
            _log.info("the server shows no moments", platform=PLATFORM)
            self._moments = False
            return await ask(page.timeless, **where)

        return asked

    def _note_progress(self, letter_id: int, done: int) -> None:
        self._progress[letter_id] = done
        while len(self._progress) > _PROGRESS_KEPT:
            del self._progress[next(iter(self._progress))]

    async def _replace(self, chat: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Change a message in place; None where that can't be done and a new one is due."""
        place, _, number = (outgoing.replaces or "").rpartition(":")
        message, markup = int(number), keyboard(outgoing.buttons)
        if int(place) != chat or outgoing.file is not None:
            return None
        texts = pages(outgoing.text, TEXT_LIMIT if image is None else CAPTION_LIMIT)
        if len(texts) != 1:
            await self._make_way(chat, message)
            return None
        page = texts[0]
        try:
            await self._in_turn(chat, self._change(chat, message, page, image, markup))
        except BadRequest as error:
            if means(error, "not modified"):
                return f"{chat}:{message}"
            _log.info("a message could not be changed, sending a new one", platform=PLATFORM, why=error.message)
            await self._make_way(chat, message)
            return None
        return f"{chat}:{message}"

    def _change(
        self, chat: int, message: int, page: Page, image: bytes | None, markup: InlineKeyboardMarkup | None
    ) -> Callable[[], Awaitable[Any]]:
        if image is None:
            return self._worded(
                page,
                lambda page: self._bot.edit_message_text(
                    page.text,
                    chat_id=chat,
                    message_id=message,
                    entities=page.entities,
                    reply_markup=markup,
                    disable_web_page_preview=True,
                ),
            )

        def media(page: Page) -> Awaitable[Any]:
            shown = InputMediaPhoto(image, caption=page.text, caption_entities=page.entities)
            return self._bot.edit_message_media(shown, chat_id=chat, message_id=message, reply_markup=markup)

        return self._worded(page, media)

    async def _in_turn(self, chat: int, ask: Callable[[], Awaitable[Any]]) -> Any:
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

    async def _answer_query(self, query: str, alert: str | None) -> None:
        """Stop the waiting sign on a pressed button; too late for that is no harm."""
        try:
            await said(lambda: self._bot.answer_callback_query(query, text=alert, show_alert=alert is not None))
        except BadRequest:
            return
        except (Unreachable, RetryLater):
            return

    async def unsend(self, message: str) -> None:
        """Take away what `send` named `message`; raise RetryLater, Unreachable or Unavailable."""
        await self._connection.ready()
        chat, _, number = message.rpartition(":")
        try:
            await said(lambda: self._bot.delete_message(int(chat), int(number)))
        except (BadRequest, ChatMigrated) as why:
            if not means(why, "not found"):  # older than 48 hours, or of a group that has another id now
                raise Unreachable(why.message) from None

    async def edit(self, message: str, content: Outgoing | None, image: bytes | None) -> None:
        """Change what `send` named `message`, where `content` is None its buttons alone; raise as `unsend` does."""
        await self._connection.ready()
        place, _, number = message.rpartition(":")
        chat = self._connection.chat(int(place))
        change: Callable[[], Awaitable[Any]]
        change = partial(self._bot.edit_message_reply_markup, chat_id=chat, message_id=int(number), reply_markup=None)
        if content is not None:
            page = pages(content.text, TEXT_LIMIT if image is None else CAPTION_LIMIT)[0]
            change = self._change(chat, int(number), page, image, keyboard(content.buttons))
        await self._of_ours(chat, change)

    async def pin(self, message: str, *, pinned: bool) -> None:
        """Hold up what `send` named `message`, without a sound, or let it go; raise as `unsend` does."""
        await self._connection.ready()
        place, _, number = message.rpartition(":")
        chat = self._connection.chat(int(place))
        change = partial(self._bot.unpin_chat_message, chat, int(number))
        if pinned:
            change = partial(self._bot.pin_chat_message, chat, int(number), disable_notification=True)
        await self._of_ours(chat, change)

    async def _of_ours(self, chat: int, change: Callable[[], Awaitable[Any]]) -> None:
        """Make a change of a message that stands; one that changes nothing is no failure."""
        try:
            await self._in_turn(chat, change)
        except (BadRequest, ChatMigrated) as why:
            if not means(why, "not modified"):
                raise Unreachable(why.message) from None

    async def _make_way(self, chat: int, message: int) -> None:
        """Take a message away that another is to stand for; where it can't be, both are there."""
        try:
            await self.unsend(f"{chat}:{message}")
        except (RetryLater, Unreachable, Unavailable) as why:
            _log.info("a message could not be deleted", platform=PLATFORM, why=str(why))


def _alert(outgoing: Outgoing, image: bytes | None) -> str | None:
    """Return what may be shown as an alert over a pressed button: short and for one person in a group."""
    if not outgoing.private or outgoing.direct or outgoing.buttons or outgoing.file or image is not None:
        return None
    found = pages(outgoing.text)
    if len(found) != 1 or len(found[0].text) > _ALERT_LIMIT:
        return None
    return found[0].text


def _placed(
    part: Callable[..., Awaitable[Message]],
    chat: int,
    thread: int | None,
    reply_to: int | None,
    buttons: InlineKeyboardMarkup | None,
) -> Callable[[], Awaitable[Message]]:
    """Return a call that sends `part`, outside a topic that is gone or closed if it must be."""
    reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    where: dict[str, Any] = {"chat_id": chat, "reply_markup": buttons, "reply_parameters": reply}

    async def ask() -> Message:
        try:
            return await part(**where, message_thread_id=thread)
        except BadRequest as error:
            if thread is None or not means(error, "thread not found", "topic_closed", "topic_deleted"):
                raise
            return await part(**where)

    return ask
