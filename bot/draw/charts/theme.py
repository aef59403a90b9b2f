"""What all specs share: the sheet, scales and axes, and labels that stand apart."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence

from bot.draw import letters
from bot.draw.charts.vega import Spec
from bot.draw.style import CHART_WIDTH, MARGIN, SMALLEST, Theme
from core.domain.alternative import figure
from core.domain.pictures import Value

SIZE = 24  # px: what is written at axes and beside marks
NAMED = 26  # and what lines are called
NAME_ROOM = 380
HEIGHT = 376  # of lines and columns
BELOW = 52  # px below a plot for the labels of its axis
_X_ROOM = 260
_STEPS = (1, 2, 2.5, 5, 10)
_NOTHING = 1e-12


def sheet(name: str, theme: Theme, *, left: float, right: float, height: float, top: float = 14) -> Spec:
    """Return a spec whose plot keeps `left` and `right` pixels of the sheet's width free, margins among them."""
    return {
        "name": name,
        "width": CHART_WIDTH - left - right,
        "height": height,
        "padding": {"left": left, "right": right, "top": top, "bottom": 0},
        "autosize": "none",
        "background": None,
        "config": config(theme),
    }


def config(theme: Theme) -> Spec:
    """Return how marks and axes look."""
    return {
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "domain": False,
            "ticks": False,
            "title": None,
            "labelColor": theme.quiet,
            "labelFontSize": SIZE,
            "labelLimit": 0,
            "labelPadding": 20,
            "gridColor": theme.grid,
            "gridWidth": 2,
        },
        "text": {"fontSize": SIZE, "fill": theme.ink, "align": "left", "baseline": "middle", "limit": 0},
        "line": {"strokeWidth": 5, "strokeJoin": "round", "strokeCap": "round"},
    }


def known(values: Iterable[Value]) -> list[float]:
    """Return the values that can stand on a scale."""
    return [value for value in values if value is not None and math.isfinite(value)]


def all_whole(values: Iterable[float]) -> bool:
    """Say whether values are whole numbers."""
    return all(float(value).is_integer() for value in values)


def finite(value: Value) -> Value:
    """Return a value, None where it has no place on a scale."""
    return value if value is not None and math.isfinite(value) else None


def at(values: Sequence[Value], i: int) -> Value:
    """Return the value at a place, None where there is none that can be drawn."""
    return finite(values[i]) if i < len(values) else None


def ticks(low: float, high: float, most: int = 5, *, whole: bool = False) -> tuple[float, ...]:
    """Return about `most` round numbers in equal steps whose first and last enclose `low` and `high`.

    With `whole` there is none between two whole numbers: half a person is nobody.
    """
    if high - low <= _NOTHING * max(1.0, abs(low), abs(high)):
        high = low + 1  # a step so fine could not be told from the value
    rough = (high - low) / most
    power: float = 10.0 ** math.floor(math.log10(rough))
    steps = (tens * each for tens in (power, 10 * power, 100 * power) for each in _STEPS)
    step = next(each for each in steps if each >= rough * 0.999 and (not whole or float(each).is_integer()))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(i * step for i in range(first, last + 1))


def said(values: Iterable[Value], unit: str) -> list[str]:
    """Return values as they are written at an axis or a mark."""
    return [figure(value) + (unit if value is not None else "") for value in values]


def widest(labels: Iterable[str], size: int = SIZE) -> float:
    """Return how many pixels the widest of some labels takes."""
    return max((letters.width(label, size) for label in labels), default=0.0)


def values_axis(steps: Sequence[float], unit: str, theme: Theme, **more: object) -> Spec:
    """Return an encoding of values by a scale and an axis with `steps`, zero a little stronger."""
    zero = {"condition": {"test": "datum.value === 0", "value": theme.grey}, "value": theme.grid}
    return {
        "type": "quantitative",
        "scale": scale(steps[0], steps[-1]),
        "axis": {"values": list(steps), "labelExpr": label_of(steps, said(steps, unit)), "gridColor": zero, **more},
    }


def scale(low: float, high: float) -> Spec:
    """Return a scale that begins and ends exactly there."""
    return {"domain": [low, high], "nice": False, "zero": False}


def places_axis(
    labels: Sequence[str], wide: float, *, bands: bool = False, beside: float = MARGIN, size: int = SIZE
) -> Spec:
    """Return the axis of days or categories, by their numbers, over so many pixels with so many free beside them.

    It has as many labels as stand apart, the newest always among them.
    """
    count = max(len(labels), 1)
    pitch = wide / count if bands else wide / max(count - 1, 1)
    edge = beside + pitch / 2 if bands else beside
    called = [letters.fit(label, size, min(_X_ROOM, wide / 2 + edge - 20)) for label in labels]
    flush = count > 1 and widest(called, size) / 2 > edge
    shown = list(_standing_apart(called, pitch, flush, size))
    return {
        "values": shown,
        "labelExpr": label_of(shown, [called[i] for i in shown]),
        "labelFontSize": size,
        "labelAngle": 0,
        # Where there is no room beside the first and the last place, their labels begin and end there.
        "labelAlign": {"condition": _ends_flush(len(labels) - 1) if flush else [], "value": "center"},
        "labelFlush": False,
        "labelPadding": 16,
        "grid": False,
    }


def _ends_flush(last: int) -> list[Spec]:
    return [{"test": f"datum.value === {i}", "value": align} for i, align in ((0, "left"), (last, "right"))]


def _standing_apart(called: Sequence[str], pitch: float, flush: bool, size: int) -> Iterator[int]:
    step = max(1, math.ceil((widest(called, size) + 24) / pitch)) if called else 1
    free, last = math.inf, len(called) - 1
    for i in range(last, -1, -step):
        wide = letters.width(called[i], size)
        left = pitch * i - wide * ((1.0 if i == last else 0.0 if not i else 0.5) if flush else 0.5)
        if left + wide + 20 <= free:
            yield i
            free = left


def label_of(values: Sequence[float], labels: Sequence[str]) -> str:
    """Return the expression by which Vega finds the label of a value."""
    return f"{json.dumps(list(labels), ensure_ascii=True)}[indexof({json.dumps(list(values))}, datum.value)]"


def fitted(names: Iterable[str], room: float = NAME_ROOM, size: int = SIZE) -> list[str]:
    """Return names cut to the room that they have."""
    return [letters.fit(name, size, room) for name in names]


def written(texts: Iterable[Spec], **mark: object) -> Spec:
    """Return a layer of texts, each with `x` and `y` in pixels of the plot, `text` and `colour`."""
    return {
        "data": {"values": list(texts)},
        "mark": {"type": "text", **mark},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
            "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
            "text": {"field": "text", "type": "nominal"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def painted(field: str = "colour") -> Spec:
    """Return an encoding by colours that are given as they are."""
    return {"field": field, "type": "nominal", "scale": None}


def key(labels: Sequence[str], colours: Sequence[str], theme: Theme, *, left: float, top: float) -> list[Spec]:
    """Return layers that say, above a plot, which colour is which series; in pixels of the plot."""
    room = (CHART_WIDTH - 2 * MARGIN) / max(len(labels), 1) - 58
    names = fitted(labels, max(room, SMALLEST))
    squares, texts = [], []
    for name, colour in zip(names, colours, strict=False):
        squares.append({"x": left + 10, "y": top, "colour": colour})
        texts.append({"x": left + 30, "y": top, "text": name, "colour": theme.ink})
        left += 30 + letters.width(name, SIZE) + 28
    marks = written(squares, filled=True, size=400, shape="square", opacity=1)
    marks["mark"]["type"] = "point"
    del marks["encoding"]["text"]
    return [marks, written(texts)]


def apart(ends: Iterable[tuple[float, int]], pitch: float, top: float, bottom: float) -> list[tuple[float, int]]:
    """Move labels, given as (height, place), so that none is nearer than `pitch` to the next."""
    placed: list[tuple[float, int]] = []
    for y, i in sorted(ends):
        placed.append((max(y, placed[-1][0] + pitch if placed else top), i))
    limit = bottom
    for place in range(len(placed) - 1, -1, -1):
        y, i = placed[place]
        placed[place] = (min(y, limit), i)
        limit = placed[place][0] - pitch
    return placed
