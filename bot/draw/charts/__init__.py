"""Pictures of figures, one file a kind: each turns plain data into a Vega-Lite spec.

Around each plot stand, drawn here, the sentence that it proves and what was counted.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from PIL import Image

from bot.draw import letters
from bot.draw.canvas import Canvas
from bot.draw.charts import bars, calendar, cells, columns, forest, funnel, line, multiples, steps
from bot.draw.charts.theme import BELOW, SIZE
from bot.draw.charts.vega import Spec, Text, plot, rendered
from bot.draw.style import CHART_WIDTH, MARGIN, Theme
from core.domain.pictures import Calendar, Cells, Chart, Figures, Forest, Funnel

_ROOM = CHART_WIDTH - 2 * MARGIN
_TITLE, _TITLE_PITCH, _FOOT_PITCH = 40, 52, 34
_FAMILY = "'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans',system-ui,sans-serif"
_ANCHOR = {"left": "start", "middle": "middle", "right": "end"}

SPECS: dict[str, Callable[[Any, Theme], Spec]] = {
    "line": line.spec,
    "steps": steps.spec,
    "column": columns.spec,
    "bar": bars.spec,
    "multiples": multiples.spec,
    "cells": cells.spec,
    "calendar": calendar.spec,
    "forest": forest.spec,
    "funnel": funnel.spec,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole picture: shapes as SVG elements, and texts."""

    height: int
    shapes: str
    texts: tuple[Text, ...]


def compose(figures: Figures, theme: Theme) -> Canvas:
    """Draw figures, 1200 pixels wide and as tall as they need; raise ValueError where Vega can't."""
    sheet = _laid_out(figures, theme)
    canvas = Canvas(CHART_WIDTH, sheet.height, theme)
    if sheet.shapes:
        shapes = _svg(sheet, theme, sheet.shapes)
        canvas.paste(Image.open(io.BytesIO(rendered(shapes))).convert("RGB"))
    for each in sheet.texts:
        canvas.text((each.x, each.y), each.text, each.size, each.colour, align=each.align, bold=each.bold)
    return canvas


def svg(figures: Figures, theme: Theme) -> str:
    """Return figures as SVG with text that can be selected and an alternative text; raise as `compose` does."""
    sheet = _laid_out(figures, theme)
    label = f' role="img" aria-label="{escape(figures.alt)}"'
    return _svg(sheet, theme, sheet.shapes + "".join(map(_element, sheet.texts)), label)


def spec_of(figures: Figures, theme: Theme) -> Spec | None:
    """Return the spec of the plot alone, None where there is nothing to plot."""
    name = figures.kind if isinstance(figures, Chart) else type(figures).__name__.lower()
    return SPECS[name](figures, theme) if _has_something(figures) else None


def _has_something(figures: Figures) -> bool:
    match figures:
        case Chart():
            return bool(figures.x and figures.series)
        case Cells():
            return bool(figures.x and figures.y)
        case Calendar():
            return bool(figures.values)
        case Forest():
            return bool(figures.effects)
        case Funnel():
            return bool(figures.stages)


def _laid_out(figures: Figures, theme: Theme) -> Sheet:
    title = letters.lines(figures.title, _TITLE, _ROOM, 2)
    foot = letters.lines(figures.foot, SIZE, _ROOM, 2, even=False)
    texts = [Text(MARGIN, 92 + _TITLE_PITCH * i, each, _TITLE, theme.ink, bold=True) for i, each in enumerate(title)]
    top = 92 + _TITLE_PITCH * (len(title) - 1) + 36
    spec, shapes = spec_of(figures, theme), ""
    bottom = float(top)
    if spec is not None:
        bottom += spec["padding"]["top"] + spec["height"] + _below(spec)
        drawn = plot(_moved(spec, top))
        shapes = drawn.shapes
        texts += drawn.texts
    texts += [Text(MARGIN, bottom + 52 + _FOOT_PITCH * i, each, SIZE, theme.quiet) for i, each in enumerate(foot)]
    return Sheet(round(bottom + 52 + _FOOT_PITCH * (len(foot) - 1) + 44), shapes, tuple(texts))


def _below(spec: Spec) -> int:
    """Return the pixels that the labels of an axis take below a plot."""
    return BELOW if spec["name"] in ("line", "steps", "column", "cells", "forest") else 0


def _moved(spec: Spec, down: int) -> Spec:
    padding = spec["padding"]
    moved = {**spec, "padding": {**padding, "top": padding["top"] + down}}
    if "concat" in moved:  # whose height follows from its panels
        del moved["height"]
    return moved


def _svg(sheet: Sheet, theme: Theme, inside: str, more: str = "") -> str:
    size = f'width="{CHART_WIDTH}" height="{sheet.height}" viewBox="0 0 {CHART_WIDTH} {sheet.height}"'
    ground = f'<rect width="{CHART_WIDTH}" height="{sheet.height}" fill="{theme.ground}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FAMILY}"{more}>{ground}{inside}</svg>'


def _element(text: Text) -> str:
    weight = ' font-weight="600"' if text.bold else ""
    anchor = f' text-anchor="{_ANCHOR[text.align]}"' if text.align != "left" else ""
    said = letters.legible(text.text)
    # As wide as measured, whatever font the reader has: another might run out of the picture.
    wide = f' textLength="{letters.width(said, text.size):.0f}" lengthAdjust="spacingAndGlyphs"' if said else ""
    return (
        f'<text x="{text.x:.1f}" y="{text.y:.1f}" font-size="{text.size}" fill="{text.colour}"{anchor}{weight}{wide}>'
        f"{escape(said)}</text>"
    )
