"""A small panel for each series: its name, its newest value, its course."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.vega import Spec
from bot.draw.style import ACCENT, CHART_WIDTH, MARGIN, SMALLEST, Theme, mix
from core.domain.alternative import figure
from core.domain.pictures import Chart, Series

_GAP = 56  # pixels between panels beside each other
_HEAD = 60  # of a panel, for its name and its newest value
_COURSE = 112
_FOOT = 38
_PITCH = _HEAD + _COURSE + _FOOT + 40
_NAME = 28


def spec(chart: Chart, theme: Theme) -> Spec:
    """Return the spec of panels, three beside each other where there are more than four."""
    across = 1 if len(chart.series) == 1 else 2 if len(chart.series) <= 4 else 3
    every = [value for each in chart.series for value in look.known(each.values)]
    scales = [_ends(chart, look.known(each.values) if chart.own_scales else every) for each in chart.series]
    axis = look.widest((text for ends in scales for text in look.said(ends, chart.unit)), SMALLEST) + 12
    wide = (CHART_WIDTH - 2 * MARGIN - _GAP * (across - 1)) / across
    panels = [_panel(chart, series, ends, theme, wide, axis) for series, ends in zip(chart.series, scales, strict=True)]
    # Aligned by their courses alone: what stands around these has its room in the spacing.
    return {
        "name": "multiples",
        "concat": panels,
        "columns": across,
        "align": "none",
        "bounds": "flush",
        "spacing": {"row": _PITCH - _COURSE, "column": _GAP + axis},
        "padding": {"left": MARGIN + axis, "right": 0, "top": _HEAD, "bottom": 0},
        "autosize": {"type": "pad"},
        "background": None,
        "config": look.config(theme),
        "height": _PITCH * math.ceil(len(panels) / across) - 40 - _HEAD,
    }


def _panel(chart: Chart, series: Series, ends: tuple[float, float], theme: Theme, wide: float, axis: float) -> Spec:
    own = look.known(series.values)
    last = figure(own[-1]) + chart.unit if own else figure(None)
    room = wide - letters.width(last, _NAME) - 16
    plot = wide - axis
    head = _HEAD - 28 + _NAME * 0.36
    layers = [
        look.written(
            [{"x": -axis, "y": -head, "text": letters.fit(series.label, look.NAMED, room), "colour": theme.ink}],
            fontSize=look.NAMED,
        ),
        look.written(
            [{"x": plot, "y": -head, "text": last, "colour": theme.ink}],
            fontSize=_NAME,
            align="right",
            fontWeight="bold",
        ),
    ]
    panel: Spec = {"width": plot, "height": _COURSE, "layer": layers}
    if not own:
        return panel
    count = len(chart.x)
    domain = look.scale(*((0, count - 1) if count > 1 else (-1, 1)))
    x = {"field": "i", "type": "quantitative", "scale": domain, "axis": _x_axis(chart, plot)}
    y = {
        "field": "y",
        **look.values_axis(ends, chart.unit, theme, labelFontSize=SMALLEST, labelPadding=12, gridColor=theme.grid),
    }
    layers.insert(0, {"encoding": {"x": x, "y": y}, "layer": _course(series, count, ends, theme)})
    return {**panel, "resolve": {"scale": {"x": "independent", "y": "independent"}}}


def _course(series: Series, count: int, ends: tuple[float, float], theme: Theme) -> list[Spec]:
    values = [look.at(series.values, i) for i in range(count)]
    where = [i for i, value in enumerate(values) if value is not None]
    alone = [i for i in where if i - 1 not in where and i + 1 not in where and i != where[-1]]
    rows = [{"i": i, "y": value, "ground": ends[0]} for i, value in enumerate(values)]
    points = [{"i": i, "y": values[i], "size": 60 if i in alone else 130} for i in (*alone, where[-1])]
    gaps = {"invalid": "break-paths-show-domains"}
    under = mix(ACCENT, theme.ground, theme.tint * 0.6)
    size = {"size": {"field": "size", "type": "quantitative", "scale": None}}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "area", "fill": under, "opacity": 1, **gaps},
            "encoding": {"y2": {"field": "ground"}},
        },
        {"data": {"values": rows}, "mark": {"type": "line", "stroke": ACCENT, "strokeWidth": 4, **gaps}},
        {
            "data": {"values": points},
            "mark": {"type": "point", "filled": True, "color": ACCENT, "opacity": 1},
            "encoding": size,
        },
    ]


def _x_axis(chart: Chart, wide: float) -> Spec:
    """Return an axis with the first and the last label alone."""
    last = len(chart.x) - 1
    called = look.fitted((chart.x[0], chart.x[-1]), wide / 2 - 12, SMALLEST)
    axis = look.places_axis(chart.x, wide, beside=0, size=SMALLEST)
    if last:
        shown = [called[0], *[""] * (last - 1), called[1]]
        axis = {**axis, "values": [0, last], "labelExpr": look.label_of(range(last + 1), shown)}
    return {**axis, "labelPadding": 14}


def _ends(chart: Chart, values: Sequence[float]) -> tuple[float, float]:
    if not values:
        return 0, 1
    low, high = _span(chart, values)
    steps = look.ticks(low, high, 3)
    if look.all_whole(values) and not look.all_whole(steps):
        return math.floor(low), math.ceil(max(high, low + 1))  # there is no half of a day
    return steps[0], steps[-1]


def _span(chart: Chart, values: Sequence[float]) -> tuple[float, float]:
    """Return from where to where a panel's axis goes; a least span lies evenly around the values."""
    low, high = min(values), max(values)
    if not chart.own_scales:
        return min(0.0, low), max(0.0, high)
    missing = max(chart.least_span - (high - low), 0.0)
    floor, ceiling = (min(chart.limits[0], low), max(chart.limits[1], high)) if chart.limits else (-math.inf, math.inf)
    bottom = min(max(low - missing / 2, floor), max(ceiling - (high - low) - missing, floor))
    return bottom, min(max(high, bottom + (high - low) + missing), ceiling)
