"""A table coloured by its values: cohorts by week, days by hour."""

from __future__ import annotations

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.ramp import Ramp, cells
from bot.draw.charts.vega import Spec
from bot.draw.style import CHART_WIDTH, MARGIN, Theme, ink_on
from core.domain.alternative import figure
from core.domain.pictures import Cells

_PITCH, _CLOSE, _LOW = 52, 40, 32
_FEW, _SOME, _MOST = 20, 34, 60
_OUTLINE = 3
_KEY = 58


def spec(table: Cells, theme: Theme) -> Spec:
    """Return the spec of cells, with their values where these fit; a key says of colours alone what they mean."""
    shown = min(len(table.y), _MOST)
    names = look.fitted(table.y[:shown])
    rest = [f"+ {len(table.y) - shown:,}"] if len(table.y) > shown else []
    left = MARGIN + look.widest([*names, *rest]) + 20
    pitch = _PITCH if shown <= _FEW else _CLOSE if shown <= _SOME else _LOW
    wide = (CHART_WIDTH - left - MARGIN) / max(len(table.x), 1)
    ramp = Ramp((value for row in table.values for value in row), theme)
    boxes = _boxes(table, ramp, theme, shown, wide, pitch)
    said = all(letters.width(box["text"], look.SIZE) + 8 <= wide for box in boxes) and pitch > _LOW
    drawn = look.sheet(
        "cells", theme, left=left, right=MARGIN, height=pitch * (shown + len(rest)), top=8 if said else _KEY
    )
    places = list(range(len(table.x)))
    scale = {"domain": places, "paddingInner": 0, "paddingOuter": 0, "round": False}
    axis = look.places_axis(table.x, drawn["width"], bands=True)
    within = [_within(box, theme) for box in boxes if box["marked"]]
    layers: list[Spec] = [
        {
            "data": {"values": [{"i": 0}]},
            "mark": {"type": "rect", "opacity": 0},
            "encoding": {"x": {"field": "i", "type": "ordinal", "scale": scale, "axis": axis}},
        },
        cells(boxes, min(6, wide / 6)),
        cells(within, min(4, wide / 8)),
        look.written(
            (
                {"x": -20, "y": pitch * (i + 0.5), "text": name, "colour": theme.ink}
                for i, name in enumerate([*names, *rest])
            ),
            align="right",
        ),
    ]
    if said:
        layers.append(look.written(({**box, **box["middle"], "colour": box["ink"]} for box in boxes), align="center"))
    else:
        layers += ramp.key(table.unit, right=drawn["width"], top=-30)
    return {**drawn, "layer": layers, "resolve": {"scale": {"x": "independent"}}}


def _within(box: Spec, theme: Theme) -> Spec:
    """Return what leaves of a box its outline alone."""
    inner = {"x": box["x"] + _OUTLINE, "to": box["to"] - _OUTLINE}
    return {**inner, "y": box["y"] + _OUTLINE, "down": box["down"] - _OUTLINE, "colour": theme.ground}


def _boxes(table: Cells, ramp: Ramp, theme: Theme, shown: int, wide: float, pitch: float) -> list[Spec]:
    gap = 2 if wide > 12 else 0.5
    boxes = []
    for row, values in enumerate(table.values[:shown]):
        for column in range(len(table.x)):
            value = look.at(values, column)
            if value is None:
                continue
            x, y, marked = wide * column, pitch * row, table.is_marked(row, column)
            colour = theme.grey if marked and not value else ramp.colour(value)
            boxes.append(
                {
                    "x": x + gap,
                    "to": x + wide - gap,
                    "y": y + gap,
                    "down": y + pitch - gap,
                    "colour": colour,
                    "ink": theme.ink if marked else ink_on(colour) if value else theme.quiet,
                    "marked": marked,
                    "text": figure(value) + table.unit,
                    "middle": {"x": x + wide / 2, "y": y + pitch / 2},
                }
            )
    return boxes
