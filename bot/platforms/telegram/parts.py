"""The parts of a message, picture, file and texts, as calls that still lack their place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest

from bot.platforms.telegram.connection import means
from bot.platforms.telegram.ephemeral import Alone
from bot.platforms.telegram.render import CAPTION_LIMIT, Page, pages
from core.domain.message import Attachment
from core.domain.outgoing import Outgoing

_ALERT_LIMIT = 200
Part = Callable[..., Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: chat, topic, the message that it answers, and to whom alone it is shown."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None
    alone: Alone | None = None


def parts_of(bot: Bot, outgoing: Outgoing, image: bytes | None) -> list[Part]:
    """Return picture, file and as many texts as it takes."""
    captions = pages(outgoing.text, CAPTION_LIMIT)
    short = len(captions) <= 1
    caption = captions[0] if captions and short else Page("")
    parts: list[Part] = []
    if image is not None:
        parts.append(_photo(bot, image, caption if outgoing.file is None and outgoing.attachment is None else Page("")))
    if outgoing.file is not None:
        parts.append(_document(bot, outgoing.file.content, outgoing.file.name, caption))
    if outgoing.attachment is not None:
        parts.append(_again(bot, outgoing.attachment, caption))
    if not parts or not short:
        parts += [_text(bot, page) for page in pages(outgoing.text)]
    return parts


def placed(part: Part, place: Place, buttons: InlineKeyboardMarkup | None) -> Callable[[], Awaitable[Message]]:
    """Return a call that sends `part`, outside a topic that is gone or closed if it must be."""
    reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
    where: dict[str, Any] = {"chat_id": place.chat, "reply_markup": buttons, "reply_parameters": reply}
    if place.alone is not None:
        where["api_kwargs"] = place.alone.parameters()

    async def ask() -> Message:
        try:
            return await part(**where, message_thread_id=place.thread)
        except BadRequest as error:
            if place.thread is None or not means(error, "thread not found", "topic_closed", "topic_deleted"):
                raise
            return await part(**where)

    return ask


def alert_of(outgoing: Outgoing, image: bytes | None) -> str | None:
    """Return what may be shown as an alert over a pressed button: short and for one person in a group."""
    handed_over = outgoing.file or outgoing.attachment or image is not None
    if not outgoing.private or outgoing.direct or outgoing.buttons or handed_over:
        return None
    if outgoing.replaces is not None:
        return None
    found = pages(outgoing.text)
    if len(found) != 1 or len(found[0].text) > _ALERT_LIMIT:
        return None
    return found[0].text


def _text(bot: Bot, page: Page) -> Part:
    return lambda **where: bot.send_message(
        text=page.text, entities=page.entities, disable_web_page_preview=True, **where
    )


def _photo(bot: Bot, image: bytes, page: Page) -> Part:
    return lambda **where: bot.send_photo(
        photo=image, caption=page.text or None, caption_entities=page.entities, **where
    )


def _again(bot: Bot, attachment: Attachment, page: Page) -> Part:
    """Return the sending of a file that Telegram has already."""
    kind, _, file = attachment.reference.partition(":")
    send: Part = getattr(bot, f"send_{kind}")
    return lambda **where: send(**{kind: file}, caption=page.text or None, caption_entities=page.entities, **where)


def _document(bot: Bot, content: bytes, name: str, page: Page) -> Part:
    return lambda **where: bot.send_document(
        document=content, filename=name, caption=page.text or None, caption_entities=page.entities, **where
    )
