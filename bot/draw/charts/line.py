"""Lines over time, with bands and a reference, each named at its end."""

from __future__ import annotations

from collections.abc import Iterator

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.vega import Spec
from bot.draw.style import ACCENT, MARGIN, Theme, colour_of, lettering, mix
from core.domain.alternative import figure
from core.domain.pictures import Chart, Series

_MOST_NAMED = 10  # series that find room for a label at the end of their lines
_LABEL_ROOM = 280
_PITCH = 34
_DENSE = 200  # places from which on lines are thin


def spec(chart: Chart, theme: Theme, curve: str = "linear") -> Spec:
    """Return the spec of lines that go from value to value by `curve`."""
    whole = look.all_whole(value for each in chart.series for value in look.known(each.values))
    steps = look.ticks(*_span(chart), whole=whole)
    left = MARGIN + look.widest(look.said(steps, chart.unit)) + 34
    names = list(_names(chart, theme, steps))
    right = MARGIN + (look.widest((name for _, name, _ in names), look.NAMED) + 24 if names else 12)
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
    layers += _reference(chart, theme, domain)
    beside = drawn["width"] + 22
    texts = [
        {"x": beside, "y": y, "text": names[i][1], "colour": names[i][2]}
        for y, i in look.apart(((y, i) for i, (y, _, _) in enumerate(names)), _PITCH, 0, look.HEIGHT - 14)
    ]
    layers.append(look.written(texts, fontSize=look.NAMED, fontWeight="bold"))
    return {**drawn, "encoding": {"x": x, "y": y}, "layer": layers}


def _span(chart: Chart) -> tuple[float, float]:
    values = [value for each in chart.series for value in look.known((*each.values, *each.low, *each.high))]
    if chart.reference is not None:
        values += look.known((chart.reference.value,))
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    # Of nothing but zeros the axis shows what there could have been.
    return chart.limits if chart.limits and low == high else (low, high)


def _layers(series: Series, colour: str, theme: Theme, curve: str, count: int, *, only: bool) -> list[Spec]:
    """Return what is under a line, the line, and its last point; whatever stands between gaps is a point too."""
    values = [look.at(series.values, i) for i in range(count)]
    where = [i for i, value in enumerate(values) if value is not None]
    if not where:
        return []
    rows = [{"i": i, "y": value} for i, value in enumerate(values)]
    line: Spec = {"type": "line", "interpolate": curve, "stroke": colour, "invalid": "break-paths-show-domains"}
    if count > _DENSE:
        line["strokeWidth"] = 2.5
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


def _reference(chart: Chart, theme: Theme, domain: tuple[int, int]) -> list[Spec]:
    """Return a dashed line over the others; what it is called stands where they end."""
    if chart.reference is None or look.finite(chart.reference.value) is None:
        return []
    rule = {"type": "rule", "stroke": theme.quiet, "strokeWidth": 3, "strokeDash": [10, 8]}
    ends = [{"i": domain[0], "to": domain[1], "y": chart.reference.value}]
    return [{"data": {"values": ends}, "mark": rule, "encoding": {"x2": {"field": "to"}}}]


def _height(value: float, steps: tuple[float, ...]) -> float:
    return look.HEIGHT * (1 - (value - steps[0]) / (steps[-1] - steps[0]))


def _names(chart: Chart, theme: Theme, steps: tuple[float, ...]) -> Iterator[tuple[float, str, str]]:
    """Yield what lines are called, the reference too: at which height they end, the name, its colour."""
    for place, series in enumerate(chart.series[:_MOST_NAMED]):
        values = look.known(series.values[: len(chart.x)])
        name = letters.fit(series.label, look.NAMED, _LABEL_ROOM)
        if values and name:
            yield _height(values[-1], steps), name, lettering(colour_of(place, theme), theme)
    if chart.reference is not None and look.finite(chart.reference.value) is not None:
        value = f"{figure(chart.reference.value)}{chart.unit}"
        room = max(_LABEL_ROOM - letters.width(f" {value}", look.NAMED), 0)
        name = letters.fit(chart.reference.label, look.NAMED, room)
        yield _height(chart.reference.value, steps), f"{name} {value}".strip(), theme.quiet
