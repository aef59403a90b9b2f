"""From the chats in memory to HTML, in the language of the page."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment

from bot.platforms.playground.scene import KITH, MENTION, ChatMessage, Scene
from bot.web.rendering import environment
from core.domain.message import File, Span, Style, parse
from core.domain.people import Person, Rights
from core.kit.texts import LANGUAGES, Texts

EMOJI = ("👍", "❤️", "🎉", "😂", "🤔", "🙏")
COLOURS = 6
_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
_TOGETHER = timedelta(minutes=6)  # messages of one writer nearer than this stand under one name
_MENTION = re.compile(f"({MENTION.pattern})")
_SNIPPET = 80


@dataclass(frozen=True, slots=True)
class View:
    """Who looks, at what, in which language, and the time there."""

    scene: Scene
    person: Person
    texts: Texts
    now: datetime

    @property
    def rights(self) -> Rights:
        """Return what the one who looks may be offered: whoever left is told what it takes when they try."""
        rights = self.scene.rights_of(self.person.id)
        return Rights.MEMBER if rights is Rights.ABSENT else rights

    def local(self, at: datetime) -> datetime:
        """Return a time as the community's clocks show it."""
        return at.astimezone(ZoneInfo(self.scene.timezone))

    def clock(self, at: datetime) -> str:
        """Return the time of day."""
        return self.local(at).strftime("%H:%M")

    def day(self, at: datetime) -> str:
        """Return the day: today, yesterday, or its date."""
        back = (self.local(self.now).date() - self.local(at).date()).days
        if back in (0, 1):
            return self.texts.plain("web-today" if back == 0 else "web-yesterday")
        return self.texts.day(self.local(at), today=self.local(self.now))

    def name(self, person_id: str) -> str:
        """Return what a person is called."""
        person = self.scene.people.get(person_id)
        return person.name if person else person_id

    def names(self, ids: list[str]) -> str:
        """Return names in a row."""
        return self.texts.plain("list-comma").join(self.name(each) for each in ids)

    def rank(self, person: Person) -> Rights | None:
        """Return what marks a person out; None for members and Kith."""
        rights = self.scene.rights_of(person.id)
        return rights if rights in {Rights.MODERATOR, Rights.OWNER} else None

    def featured(self) -> list[Person]:
        """Return the people to switch to at once: those the scene puts forward, and who looks."""
        faces = [self.scene.people[each] for each in self.scene.faces]
        return faces if self.person.id in self.scene.faces else [*faces[:-1], self.person]

    def leaders(self) -> list[Person]:
        """Return a moderator to try out, none for who is one."""
        found = [self.scene.people[each] for each, face in self.scene.faces.items() if face == Rights.MODERATOR]
        return [] if self.rights.covers(Rights.MODERATOR) else found

    def everybody(self) -> list[Person]:
        """Return everybody there is, by name."""
        return sorted(self.scene.people.values(), key=lambda person: person.name.casefold())

    def note(self, person: Person) -> str:
        """Return in a word or two who somebody is."""
        return self.texts.plain(f"web-face-{self.scene.faces.get(person.id, 'member')}")

    def pieces(self, text: str) -> Iterator[tuple[str, str, str | None]]:
        """Yield (style, text, address or time) for the spans of a text, with mentions in their own style."""
        handles = self.scene.by_handle()
        for span in parse(text):
            if span.at is not None:
                yield span.style.value, span.text, datetime.fromtimestamp(span.at, UTC).isoformat()
                continue
            if span.style is not Style.PLAIN:
                yield span.style.value, span.text, span.url
                continue
            yield from self._mentions(span, handles)

    @staticmethod
    def _mentions(span: Span, handles: Mapping[str, Person]) -> Iterator[tuple[str, str, str | None]]:
        for part in _MENTION.split(span.text):
            person = handles.get(part.casefold()) if part.startswith("@") else None
            if person is not None:
                yield "mention", f"@{person.name}", None
            elif part:
                yield "plain", part, None

    def snippet(self, message: ChatMessage) -> str:
        """Return the beginning of what a message says, on one line."""
        said = " ".join("".join(text for _, text, _ in self.pieces(message.text)).split())
        return said if len(said) <= _SNIPPET else f"{said[:_SNIPPET]}…"

    def rows(self, messages: list[ChatMessage]) -> Iterator[tuple[ChatMessage, str | None, bool, ChatMessage | None]]:
        """Yield each message, the day that begins with it, whether it goes with the one before, and that one."""
        before: ChatMessage | None = None
        for message in messages:
            new_day = before is None or self.local(before.at).date() != self.local(message.at).date()
            day = self.day(message.at) if new_day else None
            yield message, day, not new_day and _goes_with(before, message), before
            before = message


def _goes_with(before: ChatMessage | None, message: ChatMessage) -> bool:
    return (
        before is not None
        and before.author.id == message.author.id
        and message.at - before.at < _TOGETHER
        and message.answers is None
        and message.author is not KITH
    )


def colour(person: Person) -> int:
    """Return which of the six colours is a person's: the one that pictures give the name too."""
    return zlib.crc32(person.name.encode()) % COLOURS


def size_of(image: bytes) -> tuple[int, int]:
    """Return width and height of a PNG in pixels; (0, 0) for anything else."""
    if not image.startswith(b"\x89PNG\r\n\x1a\n") or len(image) < 24:
        return 0, 0
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def picture_type(file: File) -> str | None:
    """Return the media type of a file that is a picture by its name, None for any other."""
    return _PICTURES.get(file.name.rpartition(".")[2].casefold())


def view_language(wanted: str | None, accepted: str) -> str:
    """Return the page's language: the one asked for, else the browser's first that there is."""
    if wanted in LANGUAGES:
        return str(wanted)
    if wanted == "zh":
        return "zh-CN"
    first = accepted.split(",", maxsplit=1)[0].strip().lower()
    return "zh-CN" if first.startswith("zh") else "en"


@cache
def _environment() -> Environment:
    made = environment("bot.web.playground")
    made.globals |= {"KITH": KITH, "EMOJI": EMOJI, "colour": colour, "size_of": size_of, "picture_type": picture_type}
    made.filters["kind"] = lambda kind: type(kind).__name__.lower()
    return made


def render(template: str, view: View, **values: Any) -> str:
    """Return a template filled in for a view; every value is escaped."""
    return _environment().get_template(template).render(view=view, t=view.texts.plain, **values)
