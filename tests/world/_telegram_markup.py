"""Telegram's HTML as the Bot API reads it: text with entities out, or the Bot API's own complaint."""

from __future__ import annotations

import html
import re
from typing import Any

_TAG = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)>?")
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the bare text and its entities (offsets in UTF-16 units).

    Raises ValueError with Telegram's text where a tag is unknown, unclosed or closed out of order.
    """
    text, entities, open_tags, position = "", [], [], 0
    for match in _TAG.finditer(source):
        text += html.unescape(source[position : match.start()])
        position = match.end()
        closing, name, rest = match.group(1), match.group(2).lower(), match.group(3)
        at = len(source[: match.start()].encode())
        if name not in _KINDS:
            raise ValueError(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {at}')
        length = len(text.encode("utf-16-le")) // 2
        if not closing:
            open_tags.append((name, length, rest))
            continue
        if not open_tags or open_tags[-1][0] != name:
            raise ValueError(f"can't parse entities: Unexpected end tag at byte offset {at}")
        _, start, attributes = open_tags.pop()
        if length > start:
            entity: dict[str, Any] = {"type": _KINDS[name], "offset": start, "length": length - start}
            href = re.search(r'href\s*=\s*"([^"]*)"', attributes)
            if name == "a" and href:
                mention = re.fullmatch(r"tg://user\?id=(\d+)", href.group(1))
                entity |= (
                    {"type": "text_mention", "user": {"id": int(mention.group(1))}}
                    if mention
                    else {"url": html.unescape(href.group(1))}
                )
            entities.append(entity)
    if open_tags:
        name = open_tags[-1][0]
        raise ValueError(f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\"")
    text += html.unescape(source[position:])
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
