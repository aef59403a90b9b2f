"""From neutral text and buttons to Telegram's: bare text with entities, so that no name breaks the markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from core.domain.message import Span, Style, parse, split
from core.domain.outgoing import Outgoing, SentButton

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
MOMENT_FORMAT = "Dt"  # a long date and a short time
_KINDS = {
    Style.BOLD: MessageEntity.BOLD,
    Style.ITALIC: MessageEntity.ITALIC,
    Style.CODE: MessageEntity.CODE,
    Style.LINK: MessageEntity.TEXT_LINK,
}
# Telegram finds @handles in any text and notifies them; an invisible word joiner behind the sign stops that.
_HANDLE = re.compile(r"@(?=[A-Za-z0-9_])")
_MOMENT = re.compile(r"\[((?:\\.|[^\]\\])+)\]\(moment:\d+\)")
_MUTED = "@\u2060"


@dataclass(frozen=True, slots=True)
class Page:
    """One message's text with its entities."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def utf16(text: str) -> int:
    """Return the length of `text` as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pages(markup: str, limit: int = TEXT_LIMIT) -> list[Page]:
    """Return `markup` as messages of at most `limit` UTF-16 units each, none of them blank."""
    spans = [_muted(span) for span in parse(markup)]
    made = [_page(page) for page in split(spans, limit, lambda span: utf16(span.text))]
    return [page for page in made if page.text.strip()]


def refuses_moments(outgoing: Outgoing, why: str) -> bool:
    """Say whether a server refused a message for the moments in it, which an older one doesn't know."""
    return _MOMENT.search(outgoing.text) is not None and "entit" in why.lower()


def in_words(outgoing: Outgoing) -> Outgoing:
    """Return a message with its moments in words."""
    return replace(outgoing, text=_MOMENT.sub(r"\1", outgoing.text))


def keyboard(rows: Sequence[Sequence[SentButton]]) -> InlineKeyboardMarkup | None:
    """Return buttons as an inline keyboard, None where there are none."""
    made = [
        [
            InlineKeyboardButton(button.label, url=button.url)
            if button.url
            else InlineKeyboardButton(button.label, callback_data=button.token)
            for button in row
        ]
        for row in rows
        if row
    ]
    return InlineKeyboardMarkup(made) if made else None


def _muted(span: Span) -> Span:
    return span if span.style is Style.CODE else replace(span, text=_HANDLE.sub(_MUTED, span.text))


def _page(spans: Sequence[Span]) -> Page:
    """Put spans together; blanks at both ends go, since Telegram cuts them and would move the entities."""
    ends = list(spans)
    while ends and not ends[0].text.strip():
        ends.pop(0)
    while ends and not ends[-1].text.strip():
        ends.pop()
    if not ends:
        return Page("")
    ends[0] = replace(ends[0], text=ends[0].text.lstrip())
    ends[-1] = replace(ends[-1], text=ends[-1].text.rstrip())
    text, at, entities = [], 0, []
    for span in ends:
        length = utf16(span.text)
        if span.at is not None:
            when = datetime.fromtimestamp(span.at, UTC)
            kind = MessageEntity.DATE_TIME
            entities.append(MessageEntity(kind, at, length, date_time_format=MOMENT_FORMAT, unix_time=when))
        elif span.style in _KINDS and length:
            entities.append(MessageEntity(_KINDS[span.style], at, length, url=span.url))
        text.append(span.text)
        at += length
    return Page("".join(text), tuple(entities))
