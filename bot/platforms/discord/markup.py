"""Neutral markup in Discord's Markdown, in messages of at most 2,000 units."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.domain.message import Span, Style, parse, split

LIMIT = 2000
#: What opens a style, a spoiler, a link, a mention, an emoji or a time stamp wherever it stands.
_ANYWHERE = re.compile(r"([\\*_~`|\[<])")
#: What opens a heading, a quote or a list at the start of a line.
_LINE_START = re.compile(r"^([ \t]*)(#|>|[-+](?=[ #])|\d+(?=[.)]))", re.M)
_EVERYBODY = re.compile(r"@(?=everyone|here)")
_TICKS = re.compile(r"`(?=`)")
_MARKS = {Style.BOLD: "**", Style.ITALIC: "*"}
#: Styles whose marks would run together side by side.
_TOUCHY = frozenset({Style.BOLD, Style.ITALIC, Style.CODE})


def escape(text: str, *, within: bool = False) -> str:
    """Return `text` so that Discord shows it as it is: no style, no mention, no list; `within` a line none begins."""
    text = _ANYWHERE.sub(r"\\\1", text)
    text = _LINE_START.sub(
        lambda found: found[0] if within and not found.start() else found[1] + _quoted(found[2]), text
    )
    return _EVERYBODY.sub("@\u200b", text)


def render(spans: Iterable[Span]) -> str:
    """Return `spans` in Discord's Markdown."""
    said: list[str] = []
    last = Style.PLAIN
    for span in spans:
        if last in _TOUCHY and span.style in _TOUCHY:
            said.append("\u200b")
        begun = "".join(said[-2:]).rpartition("\n")[2]
        said.append(_render(span, within=bool(begun.strip())))
        last = span.style
    return "".join(said)


def pages(markup: str, limit: int = LIMIT) -> list[str]:
    """Return neutral `markup` as messages of at most `limit` units, no style broken open."""
    return [render(page) for page in split(parse(markup), limit, _size)]


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units, the strictest reading of Discord's limit."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _quoted(mark: str) -> str:
    # A backslash before a digit is shown, so a numbered list is broken up with a blank that has no width.
    return f"{mark}\u200b" if mark.isdigit() else f"\\{mark}"


def _size(span: Span) -> int:
    return units(_render(span)) + (span.style in _TOUCHY)


def _render(span: Span, *, within: bool = False) -> str:
    if span.style is Style.CODE:
        return _code(span.text)
    if span.at is not None:
        return f"<t:{span.at}:f>"
    # A style's own mark comes first.
    text = escape(span.text, within=within or span.style is not Style.PLAIN)
    if span.style is Style.LINK and span.url is not None:
        return f"[{text}]({_address(span.url)})"
    mark = _MARKS.get(span.style, "")
    if not mark or not span.text.strip():
        return text
    # A mark that touches a blank doesn't close, so blanks at the ends stay outside.
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :]
    return f"{lead}{mark}{text.strip()}{mark}{trail}"


def _code(text: str) -> str:
    inside = _TICKS.sub("`\u200b", text)
    if "\n" in text:
        return f"```\n{inside}\n```"
    if not inside.strip():
        return inside
    if "`" not in inside:
        return f"`{inside}`"
    # Two marks hold a single one, if it doesn't touch them.
    return f"``{' ' * inside.startswith('`')}{inside}{' ' * inside.endswith('`')}``"


def _address(url: str) -> str:
    return url.translate({ord(" "): "%20", ord("\n"): "", ord("("): "%28", ord(")"): "%29"})
