"""Columns over time or few categories, beside each other where there are several series."""

from __future__ import annotations

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.vega import Spec
from bot.draw.style import MARGIN, Theme, colour_of
from core.domain.pictures import Chart

_SHARE = 0.72  # of a place that its columns fill
_WIDEST = 140  # px: a single column is no wall


def spec(chart: Chart, theme: Theme) -> Spec:
    """Return the spec of columns."""
    values = [value for each in chart.series for value in look.known(each.values)]
    steps = look.ticks(min(0.0, *values, 0.0), max(0.0, *values, 0.0), whole=look.all_whole(values))
    left = MARGIN + look.widest(look.said(steps, chart.unit)) + 20
    several = len(chart.series) > 1
    drawn = look.sheet("column", theme, left=left, right=MARGIN, height=look.HEIGHT, top=58 if several else 14)
    pitch = drawn["width"] / len(chart.x)
    thick = min(pitch * _SHARE / len(chart.series), _WIDEST)
    side = (pitch - thick * len(chart.series)) / 2
    bars = [
        {"i": i, "x": pitch * i + side + thick * place, "y": value, "colour": colour_of(place, theme)}
        for place, series in enumerate(chart.series)
        for i in range(len(chart.x))
        if (value := look.at(series.values, i))
    ]
    thin = max(1.0, thick - 2)
    for bar in bars:
        bar["to"] = bar["x"] + thin
    axis = look.places_axis(chart.x, drawn["width"], bands=True)
    scale = {"domain": list(range(len(chart.x))), "paddingInner": 0, "paddingOuter": 0, "round": False}
    layers: list[Spec] = [
        # Nothing but the axis: the columns stand at pixels, so that several series share a place.
        {
            "data": {"values": [{"i": 0}]},
            "mark": {"type": "rect", "opacity": 0},
            "encoding": {"x": {"field": "i", "type": "ordinal", "scale": scale, "axis": axis}},
        },
        {
            "data": {"values": bars},
            "mark": {"type": "rect", "cornerRadius": min(6, thin / 4), "stroke": None},
            "encoding": {
                "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                "x2": {"field": "to"},
                "y": {"field": "y", **look.values_axis(steps, chart.unit, theme)},
                "y2": {"datum": 0},
                "color": look.painted(),
            },
        },
        look.written(_figures(bars, chart, theme, thick, steps), align="center"),
    ]
    if several:
        names, colours = [each.label for each in chart.series], [colour_of(i, theme) for i in range(len(chart.series))]
        layers += look.key(names, colours, theme, left=MARGIN - left, top=-36)
    return {**drawn, "layer": layers, "resolve": {"scale": {"x": "independent"}}}


def _figures(bars: list[Spec], chart: Chart, theme: Theme, thick: float, steps: tuple[float, ...]) -> list[Spec]:
    """Return the values over the columns that are wide enough for theirs."""
    figures = []
    for bar, text in zip(bars, look.said((bar["y"] for bar in bars), chart.unit), strict=True):
        if letters.width(text, look.SIZE) + 8 <= thick:
            y = look.HEIGHT * (1 - (bar["y"] - steps[0]) / (steps[-1] - steps[0])) + (-18 if bar["y"] > 0 else 20)
            figures.append({"x": (bar["x"] + bar["to"]) / 2, "y": y, "text": text, "colour": theme.ink})
    return figures
