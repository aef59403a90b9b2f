"""A table coloured by its values: cohorts by week, days by hour."""

from __future__ import annotations

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.ramp import Ramp, cells
from bot.draw.charts.vega import Spec
from bot.draw.style import CHART_WIDTH, MARGIN, Theme, ink_on
from core.domain.alternative import figure
from core.domain.pictures import Cells

_PITCH, _LOW = 52, 32
_MOST = 60
_KEY = 58


def spec(table: Cells, theme: Theme) -> Spec:
    """Return the spec of cells, with their values where these fit; a key says of colours alone what they mean."""
    shown = min(len(table.y), _MOST)
    names = look.fitted(table.y[:shown])
    rest = [f"+ {len(table.y) - shown:,}"] if len(table.y) > shown else []
    left = MARGIN + look.widest([*names, *rest]) + 20
    pitch = _PITCH if shown <= 20 else _LOW
    wide = (CHART_WIDTH - left - MARGIN) / max(len(table.x), 1)
    ramp = Ramp((value for row in table.values for value in row), theme)
    boxes = _boxes(table, ramp, shown, wide, pitch)
    said = all(letters.width(box["text"], look.SIZE) + 8 <= wide for box in boxes) and pitch == _PITCH
    drawn = look.sheet(
        "cells", theme, left=left, right=MARGIN, height=pitch * (shown + len(rest)), top=8 if said else _KEY
    )
    places = list(range(len(table.x)))
    scale = {"domain": places, "paddingInner": 0, "paddingOuter": 0, "round": False}
    axis = look.places_axis(table.x, drawn["width"], bands=True)
    layers: list[Spec] = [
        {
            "data": {"values": [{"i": 0}]},
            "mark": {"type": "rect", "opacity": 0},
            "encoding": {"x": {"field": "i", "type": "ordinal", "scale": scale, "axis": axis}},
        },
        cells(boxes, min(6, wide / 6)),
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


def _boxes(table: Cells, ramp: Ramp, shown: int, wide: float, pitch: float) -> list[Spec]:
    gap = 2 if wide > 12 else 0.5
    boxes = []
    for row, values in enumerate(table.values[:shown]):
        for column in range(len(table.x)):
            value = look.at(values, column)
            if value is None:
                continue
            x, y, colour = wide * column, pitch * row, ramp.colour(value)
            boxes.append(
                {
                    "x": x + gap,
                    "to": x + wide - gap,
                    "y": y + gap,
                    "down": y + pitch - gap,
                    "colour": colour,
                    "ink": ink_on(colour),
                    "text": figure(value) + table.unit,
                    "middle": {"x": x + wide / 2, "y": y + pitch / 2},
                }
            )
    return boxes
