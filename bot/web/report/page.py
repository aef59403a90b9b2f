"""A report as HTML: its pictures stand in it, and can be kept."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from bot.draw import draw, svg
from bot.draw.style import THEMES
from bot.web.rendering import environment
from core.domain.message import Reply, parse
from core.domain.pictures import Figures, Picture
from core.kit.texts import Texts

Part = tuple[str, str, Reply]  # name, heading, what a command answers


@dataclass(frozen=True, slots=True)
class Section:
    """What belongs together, under one heading."""

    name: str
    heading: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Page:
    """What a report says, in one language."""

    title: str
    made: str
    sections: Sequence[Section]
    language: str

    @property
    def parts(self) -> list[Part]:
        """Return the parts of all sections."""
        return [part for section in self.sections for part in section.parts]


def written(page: Page) -> str:
    """Return a page as HTML that needs no other file."""
    return _environment().get_template("report.html").render(page=page, t=Texts(page.language).plain)


@cache
def _environment() -> Environment:
    made = environment("bot.web.report")
    made.globals |= {"lines": _lines, "kind": _kind, "images": _images}
    return made


def _lines(text: str) -> list[list[list[tuple[str, str, str | None]]]]:
    """Return the spans of each line of each paragraph."""
    return [
        [[(span.style.value, span.text, span.url) for span in parse(line)] for line in group.splitlines()]
        for group in text.split("\n\n")
    ]


def _kind(picture: Picture) -> str:
    return "svg" if isinstance(picture, Figures) else "png"


def _images(picture: Picture) -> list[tuple[str, str]]:
    """Return each theme's name with its drawing: SVG, or a PNG's address."""
    if isinstance(picture, Figures):
        return [(theme, Markup(svg(picture, theme=theme))) for theme in THEMES]  # noqa: S704  Kith's own drawing
    kind = "data:image/png;base64,"
    return [(theme, kind + base64.b64encode(draw(picture, theme=theme)).decode()) for theme in THEMES]
