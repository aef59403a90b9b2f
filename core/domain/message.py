"""Neutral messages: what Kith says, before a platform gives it its own form.

Markup is the least that all platforms have: `**bold**`, `*italic*`, `` `code` `` and `[label](address)`; a backslash
takes a character as it is. `escape` makes any text safe to stand in it. `[words](moment:seconds)` is a moment in Unix
time, shown in the reader's zone where the platform can, and as its words where it can't.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from core.domain.people import writable
from core.domain.pictures import Picture

NAME_LIMIT = 100  # characters of a file's name that are kept: its end says what it is

_SPECIAL = re.compile(r"([\\*`\[\]()])")
_TOKEN = re.compile(
    r"\\(?P<char>.)|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*|\*(?P<italic>(?:\\.|[^*\\])+)\*"
    r"|`(?P<code>(?:\\.|[^`\\])+)`|\[(?P<label>(?:\\.|[^\]\\])+)\]"
    r"\((?:(?P<url>https?://(?:\\.|[^)\s\\])+)|moment:(?P<at>\d{1,11}))\)",
    re.S,
)
_UNESCAPE = re.compile(r"\\(.)", re.S)


class Style(StrEnum):
    """How a span of text looks."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    LINK = "link"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `url` for links alone, `at` in Unix time for moments alone."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None
    at: int | None = None


def moment(words: str, at: datetime) -> str:
    """Return a moment in markup, in `words` where a platform can't show it in the reader's zone."""
    return f"[{escape(words)}](moment:{int(at.timestamp())})"


def escape(text: str) -> str:
    """Return `text` so that it reads as itself within markup."""
    return _SPECIAL.sub(r"\\\1", text)


def _plain(text: str) -> str:
    return _UNESCAPE.sub(r"\1", text)


def parse(markup: str) -> tuple[Span, ...]:
    """Return the spans of `markup`; what doesn't close reads as it stands."""
    spans: list[Span] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            spans.append(Span("".join(plain)))
            plain.clear()

    at = 0
    for match in _TOKEN.finditer(markup):
        plain.append(markup[at : match.start()])
        at = match.end()
        if match["char"] is not None:
            plain.append(match["char"])
            continue
        flush()
        if match["at"] is not None:
            spans.append(Span(_plain(match["label"]), Style.MOMENT, at=int(match["at"])))
            continue
        if match["label"] is not None:
            spans.append(Span(_plain(match["label"]), Style.LINK, _plain(match["url"])))
            continue
        style = next(s for s in (Style.BOLD, Style.ITALIC, Style.CODE) if match[s.value] is not None)
        spans.append(Span(_plain(match[style.value]), style))
    plain.append(markup[at:])
    if plain == [""]:
        plain.clear()
    flush()
    return tuple(span for span in spans if span.text)


def plain_text(markup: str) -> str:
    """Return what `markup` says, without its marks."""
    return "".join(span.text for span in parse(markup))


def split(
    spans: Sequence[Span], limit: int, size: Callable[[Span], int] = lambda span: len(span.text)
) -> list[tuple[Span, ...]]:
    """Cut `spans` into messages of at most `limit` units: between lines, or at blanks where a line is too long.

    `size` measures a span in the platform's units, its marks included. What is cut keeps its style on both sides.
    """
    pages: list[list[Span]] = [[]]
    room = limit
    for line in _lines(spans):
        width = sum(map(size, line))
        if width > room and pages[-1]:
            pages.append([])
            room = limit
        if not pages[-1] and len(pages) > 1 and not "".join(span.text for span in line).strip("\n"):
            continue
        pieces = [line] if width <= room else _pieces(line, limit, size)
        for place, piece in enumerate(pieces):
            if place:
                pages.append([])
                room = limit
            pages[-1] += piece
            room -= sum(map(size, piece))
    return [_joined(page) for page in pages if page]


def _lines(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the spans of each line; code stays in one piece, since its marks hold several lines together."""
    line: list[Span] = []
    for span in spans:
        for text in [span.text] if span.style is Style.CODE else span.text.splitlines(keepends=True):
            line.append(replace(span, text=text))
            if text.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


def _joined(page: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in page:
        if joined and _looks_like(joined[-1], span):
            joined[-1] = replace(span, text=joined[-1].text + span.text)
        else:
            joined.append(span)
    return tuple(joined)


def _looks_like(one: Span, other: Span) -> bool:
    """Say whether two spans can be one: code keeps its marks, and a moment is whole already."""
    return (one.style, one.url) == (other.style, other.url) and one.style not in {Style.CODE, Style.MOMENT}


def _pieces(line: Sequence[Span], limit: int, size: Callable[[Span], int]) -> list[list[Span]]:
    """Cut a line that is longer than a message."""
    pieces: list[list[Span]] = []
    piece: list[Span] = []
    room = limit
    rest = list(reversed(line))
    while rest:
        span = rest.pop()
        if size(span) <= room:
            piece.append(span)
            room -= size(span)
            continue
        cut = _cut(span, room, size, may_break=not piece)
        if cut:
            piece.append(replace(span, text=span.text[:cut]))
            rest.append(replace(span, text=span.text[cut:].lstrip("\n")))
        else:
            rest.append(span)
        if piece:
            pieces.append(piece)
        piece, room = [], limit
        while rest and not rest[-1].text:
            rest.pop()
    if piece:
        pieces.append(piece)
    return pieces


def _cut(span: Span, room: int, size: Callable[[Span], int], *, may_break: bool) -> int:
    if span.style is Style.MOMENT:
        return len(span.text) if may_break else 0
    low, high = 0, len(span.text)
    while low < high:
        middle = (low + high + 1) // 2
        if size(replace(span, text=span.text[:middle])) <= room:
            low = middle
        else:
            high = middle - 1
    for mark in ("\n", " "):
        at = span.text.rfind(mark, 0, low)
        if at > 0:
            return at + 1
    return max(low, 1) if may_break else 0


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is sold for Stars, each month where it is `monthly`; `payload` comes back with the payment."""

    title: str
    about: str
    payload: str
    stars: int
    monthly: bool


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: calls `command` with `options`, opens `url`, or pays `invoice` where there are Stars.

    Only the one who was answered may press it, unless `anyone`. `replace_message` shows the answer in its place. One
    that `asks` opens a form. Those in a row that have the same `choice` are one choice among many: a menu with this
    prompt where a platform has such.
    """

    label: str
    command: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    anyone: bool = False
    replace_message: bool = True
    asks: bool = False
    choice: str = ""
    invoice: Invoice | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over: its name, media type and bytes."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody handed over: where its platform keeps it, its name, and its size in bytes, 0 if unknown.

    A `passing` one can be fetched now, and is gone a day later.
    """

    platform: str
    reference: str
    name: str
    size: int = 0
    passing: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", writable(self.name)[-NAME_LIMIT:])

    def to_text(self) -> str:
        """Return a text that `from_text` reads back."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Attachment:
        """Read what `to_text` wrote."""
        return cls(**json.loads(text))


class Tag(StrEnum):
    """What the tag of a forum says of a question: `none` takes the others away."""

    OPEN = "open"
    SOLVED = "solved"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reply:
    """What Kith answers: text in markup, rows of buttons, a picture or file, and whether only the asker sees it.

    An `attachment` is shown again by the platform that keeps it. `asks` says that it waits for what they write next, to
    Kith alone. `title` and `tag` are shown where the room is a forum: without a title it is the first line, without a
    tag it has the tags that people gave it.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    file: File | None = None
    attachment: Attachment | None = None
    private: bool = False
    asks: bool = False
    title: str = ""
    tag: Tag | None = None

    def each_button(self) -> Iterator[Button]:
        """Yield the buttons row by row."""
        for row in self.buttons:
            yield from row
