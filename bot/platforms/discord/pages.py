"""A letter in Discord's form: messages with what is attached and pressed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import discord

from bot.platforms.discord import markup, rest
from bot.platforms.discord.rest import Body, attachment
from core.domain.outgoing import Outgoing, SentButton

_LABEL_LIMIT, _TOKEN_LIMIT, _ROW, _ROWS, _ALT_LIMIT = 80, 100, 5, 5, 1024
_OPTIONS, _OPTION_LIMIT, _PROMPT_LIMIT = 25, 100, 150
_PLAIN_BUTTON, _LINK_BUTTON = 2, 5
MENU = "menu:"  # and a number: what was chosen is a button's token


@dataclass(frozen=True, slots=True)
class Page:
    """A message to be sent: its body and what is attached."""

    body: Body
    files: Sequence[discord.File] = ()


def nonce(letter_id: int, place: int, body: Body) -> str:
    """Return what makes Discord return the earlier message: 25 signs, the same for the same page of a letter.

    The words are in it, so that a new database that counts its letters from one doesn't meet an old one's.
    """
    said = f"{letter_id}:{place}:{body['content']}{body.get('poll', '')}"
    return hashlib.sha256(said.encode()).hexdigest()[:25]


def plain_body(text: str) -> Body:
    """Return a message of bare text, which pings nobody and shows no preview."""
    return {
        "content": text,
        "flags": rest.NO_PREVIEWS,
        "allowed_mentions": {"parse": []},
        "components": [],
        "attachments": [],
    }


def pages_of(outgoing: Outgoing, image: bytes | None) -> list[Page]:
    """Return a letter as messages: the picture goes with the first, the buttons with the last."""
    texts = markup.pages(outgoing.text) or [""]
    files: list[discord.File] = []
    if image is not None:
        alt = outgoing.picture.alt if outgoing.picture is not None else None
        files.append(attachment("kith.png", image, None if alt is None else alt[:_ALT_LIMIT]))
    if outgoing.file is not None:
        files.append(attachment(outgoing.file.name, outgoing.file.content))
    bodies = [plain_body(text) for text in texts]
    for body in bodies if outgoing.silent else ():
        body["flags"] |= rest.SILENT
    bodies[0]["attachments"] = [
        {"id": place, "filename": file.filename, "description": file.description} for place, file in enumerate(files)
    ]
    bodies[-1]["components"] = _rows(outgoing.buttons)
    return [Page(body, files if place == 0 else ()) for place, body in enumerate(bodies)]


def _rows(rows: Sequence[Sequence[SentButton]]) -> list[Body]:
    """Return at most five rows: of buttons, and a menu for each choice among more than fit one row."""
    made: list[list[Body]] = []
    for choice, some in groupby(rows, key=_choice_of):
        alike = list(some)
        options = [button for row in alike for button in row]
        if choice and len(options) > _ROW:
            starts = range(0, len(options), _OPTIONS)
            made += [[_menu(choice, options[at : at + _OPTIONS], len(made) + at)] for at in starts]
        else:
            made += [list(map(_button, row[at : at + _ROW])) for row in alike for at in range(0, len(row), _ROW)]
    return [{"type": 1, "components": each} for each in made[:_ROWS]]


def _choice_of(row: Sequence[SentButton]) -> str:
    """Return the choice that all buttons of a row belong to, nothing where there is none."""
    choices = {"" if button.url is not None else button.choice for button in row}
    return choices.pop() if len(choices) == 1 else ""


def _menu(prompt: str, options: Sequence[SentButton], place: int) -> Body:
    return {
        "type": 3,
        "custom_id": f"{MENU}{place}",
        "placeholder": prompt[:_PROMPT_LIMIT],
        "options": [{"label": each.label[:_OPTION_LIMIT], "value": each.token[:_TOKEN_LIMIT]} for each in options],
    }


def _button(button: SentButton) -> Body:
    made: Body = {"type": 2, "label": button.label[:_LABEL_LIMIT]}
    if button.url is not None:
        return {**made, "style": _LINK_BUTTON, "url": button.url}
    return {**made, "style": _PLAIN_BUTTON, "custom_id": button.token[:_TOKEN_LIMIT]}
