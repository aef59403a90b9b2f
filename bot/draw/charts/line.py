"""Lines over time, with bands and a reference, each named at its end."""

from __future__ import annotations

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.vega import Spec
from bot.draw.style import ACCENT, MARGIN, Theme, colour_of, lettering, mix
from core.domain.pictures import Chart, Series, figure

_MOST_NAMED = 10  # series that find room for a label at the end of their lines
_LABEL_ROOM = 280


def spec(chart: Chart, theme: Theme, curve: str = "linear") -> Spec:
    """Return the spec of lines that go from value to value by `curve`."""
    steps = look.ticks(*_span(chart))
    left = MARGIN + look.widest(look.said(steps, chart.unit)) + 34
    labels = [letters.fit(each.label, look.NAMED, _LABEL_ROOM) for each in chart.series[:_MOST_NAMED]]
    right = MARGIN + (look.widest(labels, look.NAMED) + 24 if any(labels) else 12)
    drawn = look.sheet("line", theme, left=left, right=right, height=look.HEIGHT)
    count = len(chart.x)
    domain = (0, count - 1) if count > 1 else (-1, 1)
    x = {
        "field": "i",
        "type": "quantitative",
        "scale": look.scale(*domain),
        "axis": look.places_axis(chart.x, drawn["width"]),
    }
    y = {"field": "y", **look.values_axis(steps, chart.unit, theme, labelPadding=34)}
    layers: list[Spec] = []
    # The first series is the one that the title speaks of: it is drawn over the others.
    only = len(chart.series) == 1
    for place in range(len(chart.series) - 1, -1, -1):
        layers += _layers(chart.series[place], colour_of(place, theme), theme, curve, count, only=only)
    layers += _reference(chart, theme, drawn["width"], steps, domain)
    ends = _ends(chart, steps)
    layers.append(
        look.written(
            (
                {
                    "x": drawn["width"] + 22,
                    "y": end,
                    "text": labels[place],
                    "colour": lettering(colour_of(place, theme), theme),
                }
                for end, place in look.apart(ends, 34, 0, look.HEIGHT - 14)
            ),
            fontSize=look.NAMED,
            fontWeight="bold",
        )
    )
    return {**drawn, "encoding": {"x": x, "y": y}, "layer": layers}


def _span(chart: Chart) -> tuple[float, float]:
    values = [value for each in chart.series for value in look.known((*each.values, *each.low, *each.high))]
    if chart.reference is not None:
        values += look.known((chart.reference.value,))
    return min(0.0, *values, 0.0), max(0.0, *values, 0.0)


def _layers(series: Series, colour: str, theme: Theme, curve: str, count: int, *, only: bool) -> list[Spec]:
    """Return what is under a line, the line, and its last point; whatever stands between gaps is a point too."""
    values = [look.at(series.values, i) for i in range(count)]
    where = [i for i, value in enumerate(values) if value is not None]
    if not where:
        return []
    rows = [{"i": i, "y": value} for i, value in enumerate(values)]
    line = {"type": "line", "interpolate": curve, "stroke": colour, "invalid": "break-paths-show-domains"}
    layers: list[Spec] = []
    if series.low and series.high:
        layers.append(_band(series, colour, curve, count))
    elif only and curve == "linear":
        under = {"type": "area", "fill": mix(ACCENT, theme.ground, theme.tint * 0.6), "opacity": 1, "line": False}
        ground = {"y2": {"datum": 0}}
        layers.append({"data": {"values": rows}, "mark": {**under, "invalid": line["invalid"]}, "encoding": ground})
    layers.append({"data": {"values": rows}, "mark": line})
    alone = [i for i in where if (i - 1 not in where) and (i + 1 not in where) and i != where[-1]]
    points = [{"i": i, "y": values[i], "size": 100 if i in alone else 230} for i in (*alone, where[-1])]
    size = {"size": {"field": "size", "type": "quantitative", "scale": None}}
    mark = {"type": "point", "filled": True, "color": colour, "opacity": 1}
    return [*layers, {"data": {"values": points}, "mark": mark, "encoding": size}]


def _band(series: Series, colour: str, curve: str, count: int) -> Spec:
    rows = []
    for i in range(count):
        low, high = look.at(series.low, i), look.at(series.high, i)
        whole = low is not None and high is not None
        rows.append({"i": i, "y": low if whole else None, "high": high if whole else None})
    mark = {"type": "area", "fill": colour, "opacity": 0.22, "interpolate": curve}
    gaps = {"invalid": "break-paths-show-domains"}
    return {"data": {"values": rows}, "mark": {**mark, **gaps}, "encoding": {"y2": {"field": "high"}}}


def _reference(
    chart: Chart, theme: Theme, wide: float, steps: tuple[float, ...], domain: tuple[int, int]
) -> list[Spec]:
    """Return a dashed line with its name on it, where the series that it would cover is far."""
    if chart.reference is None or look.finite(chart.reference.value) is None:
        return []
    value = chart.reference.value
    rule = {"type": "rule", "stroke": theme.quiet, "strokeWidth": 3, "strokeDash": [10, 8]}
    text = letters.fit(f"{chart.reference.label} {figure(value)}{chart.unit}", look.SIZE, wide - 20)
    y = _height(value, steps)
    first = [look.at(each.values, 0) for each in chart.series]
    covered = any(near is not None and -10 < y - _height(near, steps) < 44 for near in first)
    above = y > 40 and not covered
    label = {"x": 6, "y": y - 20 if above else min(y + 22, look.HEIGHT - 16), "text": text, "colour": theme.quiet}
    ends = [{"i": domain[0], "to": domain[1], "y": value}]
    return [{"data": {"values": ends}, "mark": rule, "encoding": {"x2": {"field": "to"}}}, look.written([label])]


def _height(value: float, steps: tuple[float, ...]) -> float:
    return look.HEIGHT * (1 - (value - steps[0]) / (steps[-1] - steps[0]))


def _ends(chart: Chart, steps: tuple[float, ...]) -> list[tuple[float, int]]:
    """Return at which height the lines that have a name end."""
    ends = []
    for place, series in enumerate(chart.series[:_MOST_NAMED]):
        values = look.known(series.values[: len(chart.x)])
        if values and series.label:
            ends.append((_height(values[-1], steps), place))
    return ends
