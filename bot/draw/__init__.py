"""Draw a picture as PNG.

Drawing needs Pillow and the tables of some fonts (a third of a second the first time), figures Vega-Lite in V8 as well
(another second): each kind is loaded when first drawn, this package itself costs nothing to import. It takes processor
time and belongs off the event loop: `bot.draw.apart`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.draw.style import THEMES, ThemeName
from core.domain.pictures import (
    Board,
    Calendar,
    Card,
    Cells,
    Certificate,
    Chart,
    Figures,
    Forest,
    Funnel,
    NetworkMap,
    Picture,
)

if TYPE_CHECKING:
    from bot.draw.canvas import Canvas


def draw(picture: Picture, *, theme: ThemeName = "light") -> bytes:
    """Return `picture` as PNG; raise TypeError where it is of no kind that can be drawn."""
    return compose(picture, theme=theme).png()


def svg(figures: Figures, *, theme: ThemeName = "light") -> str:
    """Return figures as SVG that needs no other file: its text can be selected, its label is the alternative text."""
    from bot.draw import charts  # noqa: PLC0415  Vega and the fonts load with the first picture

    return charts.svg(figures, THEMES[theme])


def compose(picture: Picture, *, theme: ThemeName = "light") -> Canvas:
    """Return `picture` on its canvas, which knows where each text stands."""
    # Lazy on purpose: Pillow and the fonts load with the first picture, not with the bot.
    from bot.draw import board, card, certificate, charts, network  # noqa: PLC0415

    colours = THEMES[theme]
    match picture:
        case Card():
            return card.compose(picture, colours)
        case Certificate():
            return certificate.compose(picture, colours)
        case Board():
            return board.compose(picture, colours)
        case Chart() | Cells() | Calendar() | Forest() | Funnel():
            return charts.compose(picture, colours)
        case NetworkMap():
            return network.compose(picture, colours)
        case _:
            raise TypeError(f"no way to draw a {type(picture).__name__}")
