"""Colours of cells: the higher a value, the stronger; below zero in a colour of its own."""

from __future__ import annotations

from collections.abc import Iterable

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.vega import Spec
from bot.draw.style import ACCENT, PALETTE, Theme, mix
from core.domain.alternative import figure
from core.domain.pictures import Value

_WEAKEST = 0.22  # share of the colour where a value is next to nothing
_SQUARE, _COUNT = 22, 5


class Ramp:
    """Turns values into colours; what is unknown has none."""

    def __init__(self, values: Iterable[Value], theme: Theme) -> None:
        found = look.known(values)
        self.low, self.high = min(found, default=0.0), max(found, default=0.0)
        self._most = max(abs(self.low), abs(self.high)) or 1.0
        self._theme = theme

    def colour(self, value: float) -> str:
        """Return the colour of a value; nothing has that of an empty track."""
        if value == 0:
            return mix(self._theme.track, self._theme.ground, 0.7)
        share = _WEAKEST + (1 - _WEAKEST) * min(abs(value) / self._most, 1.0)
        return mix(ACCENT if value > 0 else PALETTE[1], self._theme.ground, share)

    def key(self, unit: str, *, right: float, top: float) -> list[Spec]:
        """Return layers with the lowest and the highest value and the colours between, ending at `right`."""
        low, high = (self.low, self.high) if self.low < 0 else (0.0, self.high)
        if low == high:
            return []
        texts = [figure(low) + unit, figure(high) + unit]
        start = right - letters.width(texts[1], look.SIZE) - 12 - _COUNT * (_SQUARE + 4)
        squares = []
        for i in range(_COUNT):
            x, colour = start + i * (_SQUARE + 4), self.colour(low + (high - low) * i / (_COUNT - 1))
            box = {"x": x, "to": x + _SQUARE, "y": top - _SQUARE / 2, "down": top + _SQUARE / 2}
            squares.append({**box, "colour": colour})
        return [
            cells(squares, 4),
            look.written([{"x": start - 12, "y": top, "text": texts[0], "colour": self._theme.quiet}], align="right"),
            look.written([{"x": right, "y": top, "text": texts[1], "colour": self._theme.quiet}], align="right"),
        ]


def cells(boxes: Iterable[Spec], radius: float) -> Spec:
    """Return a layer of boxes from `x`, `y` to `to`, `down` in pixels of the plot, each in its colour."""
    # By the thousand: a tenth of a pixel is fine enough.
    near = (
        {name: round(value, 1) if isinstance(value, float) else value for name, value in box.items()} for box in boxes
    )
    pixels = {"type": "quantitative", "scale": None, "axis": None}
    return {
        "data": {"values": list(near)},
        "mark": {"type": "rect", "cornerRadius": radius, "stroke": None},
        "encoding": {
            "x": {"field": "x", **pixels},
            "x2": {"field": "to"},
            "y": {"field": "y", **pixels},
            "y2": {"field": "down"},
            "color": look.painted(),
        },
    }
