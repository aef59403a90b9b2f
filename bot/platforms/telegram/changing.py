"""How a message that stands is changed, pinned and taken away, be it for everybody or for one person alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound

from bot.platforms.port import RetryLater, Unavailable, Unreachable
from bot.platforms.telegram.addresses import Address
from bot.platforms.telegram.connection import Connection, means, said
from bot.platforms.telegram.fields import PLATFORM
from bot.platforms.telegram.render import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Page,
    in_words,
    keyboard,
    pages,
    refuses_moments,
)
from bot.platforms.telegram.turns import Turns
from core.domain.message import Attachment
from core.domain.outgoing import Outgoing

_log = structlog.get_logger()


class Changer:
    """Change what one bot has sent."""

    def __init__(self, connection: Connection, turns: Turns) -> None:
        self._connection = connection
        self._turns = turns

    @property
    def _bot(self) -> Bot:
        return self._connection.bot

    async def replace(self, chat: int, outgoing: Outgoing, image: bytes | str | None) -> str | None:
        """Change the message that `outgoing` replaces; None where that can't be done and a new one is due."""
        where, markup = Address.read(outgoing.replaces or ""), keyboard(outgoing.buttons)
        photo = _photo_of(outgoing.attachment)
        alone = outgoing.attachment is None or (photo is not None and image is None)
        if where.chat != chat or outgoing.file is not None or not alone:
            return None
        image = photo if photo is not None else image
        texts = pages(outgoing.text, TEXT_LIMIT if image is None else CAPTION_LIMIT)
        if len(texts) != 1:
            await self._make_way(where)
            return None
        try:
            await self._turns.take(chat, self._change(where, texts[0], image, markup))
        except (BadRequest, EndPointNotFound) as error:
            if means(error, "not modified"):
                return str(where)
            if refuses_moments(outgoing, error.message):
                return await self.replace(chat, in_words(outgoing), image)
            _log.info("a message could not be changed, sending a new one", platform=PLATFORM, why=error.message)
            await self._make_way(where)
            return None
        return str(where)

    async def edit(self, message: str, content: Outgoing | None, image: bytes | None) -> None:
        """Change a message, where `content` is None its buttons alone; raise as `unsend` does."""
        await self._connection.ready()
        where = self._found(message)
        change: Callable[[], Awaitable[Any]]
        change = partial(
            self._bot.edit_message_reply_markup, chat_id=where.chat, message_id=where.message, reply_markup=None
        )
        if content is not None:
            page = pages(content.text, TEXT_LIMIT if image is None else CAPTION_LIMIT)[0]
            change = self._change(where, page, image, keyboard(content.buttons))
        try:
            await self.of_ours(where.chat, change)
        except Unreachable as why:
            if content is None or not refuses_moments(content, str(why)):
                raise
            await self.edit(message, in_words(content), image)

    async def pin(self, message: str, *, pinned: bool) -> None:
        """Hold a message up, without a sound, or let it go; raise as `unsend` does."""
        await self._connection.ready()
        where = self._found(message)
        change = partial(self._bot.unpin_chat_message, where.chat, where.message)
        if pinned:
            change = partial(self._bot.pin_chat_message, where.chat, where.message, disable_notification=True)
        await self.of_ours(where.chat, change)

    async def unsend(self, message: str) -> None:
        """Take a message away; raise RetryLater, Unreachable or Unavailable."""
        await self._connection.ready()
        where = Address.read(message)
        ask: Callable[[], Awaitable[Any]] = partial(self._bot.delete_message, where.chat, where.message)
        if where.receiver is not None:
            ask = partial(self._bot.do_api_request, "deleteEphemeralMessage", _ephemeral(where))
        try:
            await said(ask)
        except (BadRequest, ChatMigrated, EndPointNotFound) as why:
            if not means(why, "not found"):  # older than 48 hours, or of a group that has another id now
                raise Unreachable(why.message) from None

    async def of_ours(self, chat: int, change: Callable[[], Awaitable[Any]]) -> None:
        """Make a change of a message that stands; one that changes nothing is no failure."""
        try:
            await self._turns.take(chat, change)
        except (BadRequest, ChatMigrated) as why:
            if not means(why, "not modified"):
                raise Unreachable(why.message) from None

    def _found(self, message: str) -> Address:
        where = Address.read(message)
        return Address(self._connection.chat(where.chat), where.message, where.receiver)

    def _change(
        self, where: Address, page: Page, image: bytes | str | None, markup: InlineKeyboardMarkup | None
    ) -> Callable[[], Awaitable[Any]]:
        if where.receiver is not None:
            return self._change_alone(where, page, image, markup)
        if image is None:
            return lambda: self._bot.edit_message_text(
                page.text,
                chat_id=where.chat,
                message_id=where.message,
                entities=page.entities,
                reply_markup=markup,
                disable_web_page_preview=True,
            )
        media = InputMediaPhoto(image, caption=page.text, caption_entities=page.entities)
        return lambda: self._bot.edit_message_media(
            media, chat_id=where.chat, message_id=where.message, reply_markup=markup
        )

    def _change_alone(
        self, where: Address, page: Page, image: bytes | str | None, markup: InlineKeyboardMarkup | None
    ) -> Callable[[], Awaitable[Any]]:
        given = _ephemeral(where) | {"reply_markup": markup}
        if image is None:
            text = {"text": page.text, "entities": page.entities, "link_preview_options": {"is_disabled": True}}
            return partial(self._bot.do_api_request, "editEphemeralMessageText", given | text)
        media = InputMediaPhoto(image, caption=page.text, caption_entities=page.entities)
        return partial(self._bot.do_api_request, "editEphemeralMessageMedia", given | {"media": media})

    async def _make_way(self, where: Address) -> None:
        """Take a message away that another is to stand for; where it can't be, both are there."""
        try:
            await self.unsend(str(where))
        except (RetryLater, Unreachable, Unavailable) as why:
            _log.info("a message could not be deleted", platform=PLATFORM, why=str(why))


def _photo_of(attachment: Attachment | None) -> str | None:
    """Return under what Telegram keeps a photo, None for any other file."""
    kind, _, file = ("" if attachment is None else attachment.reference).partition(":")
    return file if kind == "photo" else None


def _ephemeral(where: Address) -> dict[str, Any]:
    return {"chat_id": where.chat, "receiver_user_id": where.receiver, "ephemeral_message_id": where.message}
