"""Bars over categories: names on the left, values at their ends."""

from __future__ import annotations

from bot.draw.charts import theme as look
from bot.draw.charts.vega import Spec
from bot.draw.style import MARGIN, Theme, colour_of
from core.domain.pictures import Chart

_MOST = 60
_MANY = 30  # from here on rows are lower
_PITCH, _LOW = 52, 34


def spec(chart: Chart, theme: Theme) -> Spec:
    """Return the spec of bars; of more than fit, the last row says how many are left out."""
    shown = min(len(chart.x), max(1, _MOST // max(len(chart.series), 1)))
    names = look.fitted(chart.x[:shown])
    count = len(chart.series)
    pitch = max(_PITCH if shown <= _MANY else _LOW, 34 * count + (18 if count > 1 else 0))
    values = [value for each in chart.series for value in look.known(each.values[:shown])]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    said = look.widest(look.said(values, chart.unit)) + 16
    left = MARGIN + look.widest(names) + 20 + (said if low < 0 else 0)
    rest = [f"+ {len(chart.x) - shown:,}"] if len(chart.x) > shown else []
    height = pitch * (shown + len(rest))
    top = 58 if count > 1 else 0
    drawn = look.sheet("bar", theme, left=left, right=MARGIN + said, height=height, top=top)
    end = high if high > low else low + 1
    bars = _bars(chart, theme, shown, pitch)
    texts = _figures(bars, chart, theme, drawn["width"], low, end)
    x = {"field": "value", "type": "quantitative", "scale": look.scale(low, end), "axis": None}
    y = {"field": "y", "type": "quantitative", "scale": None, "axis": None}
    rows = [*names, *rest]
    layers: list[Spec] = [
        {
            "data": {"values": [each for each in bars if each["value"]]},
            "mark": {"type": "rect", "cornerRadius": 5, "stroke": None},
            "encoding": {"x": x, "x2": {"datum": 0}, "y": y, "y2": {"field": "to"}, "color": look.painted()},
        },
        look.written(
            (
                {"x": -20 - (said if low < 0 else 0), "y": pitch * (i + 0.5), "text": name, "colour": theme.ink}
                for i, name in enumerate(rows)
            ),
            align="right",
        ),
        look.written(each for each in texts if each["x"] >= each["zero"]),
        look.written((each for each in texts if each["x"] < each["zero"]), align="right"),
    ]
    if count > 1:
        series = [each.label for each in chart.series], [colour_of(i, theme) for i in range(count)]
        layers += look.key(*series, theme, left=MARGIN - left, top=-36)
    return {**drawn, "layer": layers}


def _bars(chart: Chart, theme: Theme, shown: int, pitch: float) -> list[Spec]:
    thick = 30 if len(chart.series) == 1 else 26
    if pitch < _PITCH:
        thick = 22
    bars = []
    for place, series in enumerate(chart.series):
        for i in range(shown):
            middle = pitch * (i + 0.5) + 34 * (place - (len(chart.series) - 1) / 2)
            y = {"y": middle - thick / 2, "to": middle + thick / 2}
            bars.append({**y, "value": look.at(series.values, i), "colour": colour_of(place, theme)})
    return bars


def _figures(bars: list[Spec], chart: Chart, theme: Theme, wide: float, low: float, high: float) -> list[Spec]:
    zero = -low / (high - low) * wide
    texts = []
    for bar, text in zip(bars, look.said((bar["value"] for bar in bars), chart.unit), strict=True):
        end = zero if bar["value"] is None else (bar["value"] - low) / (high - low) * wide
        x = end - 12 if (bar["value"] or 0) < 0 else end + 12
        texts.append({"x": x, "y": (bar["y"] + bar["to"]) / 2, "zero": zero, "text": text, "colour": theme.ink})
    return texts
