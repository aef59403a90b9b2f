"""Charts: lines and columns over time, bars over categories, small multiples."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.draw import letters
from bot.draw.canvas import Box, Canvas, Point
from bot.draw.style import ACCENT, CHART_WIDTH, MARGIN, Theme, colour_of, lettering, mix
from core.domain.pictures import Chart, Series, figure

_ROOM = CHART_WIDTH - 2 * MARGIN
_SIZE = 24
_TITLE = 40
_TITLE_PITCH = 52
_FOOT_PITCH = 34
_MOST_NAMED = 10  # series that find room for a label at the end of their lines
_PLOT = 440  # height of lines and columns
_BAR_PITCH = 52
_MOST_BARS = 30
_PANEL = 210
_STEPS = (1, 2, 2.5, 5, 10)
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns values into pixels: the lowest of `ticks` stands at `bottom`, the highest at `top`."""

    ticks: tuple[float, ...]
    bottom: float
    top: float

    def at(self, value: float) -> float:
        share = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return self.bottom + share * (self.top - self.bottom)


def compose(chart: Chart, theme: Theme) -> Canvas:
    """Draw the chart, 1200 pixels wide and as tall as it needs."""
    title = letters.lines(chart.title, _TITLE, _ROOM, 2)
    foot = letters.lines(chart.foot, _SIZE, _ROOM, 2, even=False)
    top = 92 + _TITLE_PITCH * (len(title) - 1) + 36
    key = len(chart.series) > 1 and chart.kind in ("bar", "column")
    plot_top = top + (44 if key else 0)
    height = plot_top + _height(chart) + 44 + _FOOT_PITCH * len(foot) + 22
    canvas = Canvas(CHART_WIDTH, height, theme)
    for i, line in enumerate(title):
        canvas.text((MARGIN, 92 + _TITLE_PITCH * i), line, _TITLE, theme.ink, bold=True)
    if key:
        _key(canvas, chart, top + 24)
    plot = Box(MARGIN, plot_top, CHART_WIDTH - MARGIN, plot_top + _height(chart))
    if chart.series and chart.x:
        plotted = {"line": _line, "column": _columns, "bar": _bars, "multiples": _multiples}
        plotted[chart.kind](canvas, chart, plot)
    for i, line in enumerate(foot):
        canvas.text((MARGIN, plot.bottom + 62 + _FOOT_PITCH * i), line, _SIZE, theme.quiet)
    return canvas


def ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Return about `most` round numbers in equal steps whose first and last enclose `low` and `high`."""
    if high - low <= _NOTHING * max(1.0, abs(low), abs(high)):
        high = low + 1  # a step so fine could not be told from the value
    rough = (high - low) / most
    power: float = 10.0 ** math.floor(math.log10(rough))
    step = power * next(each for each in _STEPS if each * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(i * step for i in range(first, last + 1))


def _height(chart: Chart) -> int:
    if chart.kind == "bar":
        return _bar_pitch(chart) * min(len(chart.x), _MOST_BARS)
    if chart.kind == "multiples":
        return (_PANEL + 40) * math.ceil(len(chart.series) / _across(chart)) - 34
    return _PLOT


def _values(series: Sequence[Series]) -> list[float]:
    return [value for each in series for value in each.values if value is not None and math.isfinite(value)]


def _key(canvas: Canvas, chart: Chart, y: float) -> None:
    left = float(MARGIN)
    room = _ROOM / len(chart.series) - 58
    for i, series in enumerate(chart.series):
        colour = colour_of(i, canvas.theme)
        canvas.rounded(Box(left, y - 19, left + 20, y + 1), 5, colour)
        left = canvas.text((left + 30, y), series.label, _SIZE, canvas.theme.ink, room=room).right + 28


# Lines and columns --------------------------------------------------------------------------------


def _axes(canvas: Canvas, chart: Chart, plot: Box, right: float) -> tuple[_Scale, float]:
    values = _values(chart.series)
    steps = ticks(min(0.0, *values, 0.0), max(0.0, *values, 0.0))
    labels = [figure(step) + chart.unit for step in steps]
    left = plot.left + max(letters.width(label, _SIZE) for label in labels) + 20
    scale = _Scale(steps, plot.bottom - 50, plot.top + 14)
    for step, label in zip(steps, labels, strict=True):
        y = scale.at(step)
        canvas.rule(left, right, y - 1, canvas.theme.grey if step == 0 else canvas.theme.grid)
        canvas.text((left - 20, y + _SIZE * 0.36), label, _SIZE, canvas.theme.quiet, align="right")
    return scale, left


def _x_labels(canvas: Canvas, labels: Sequence[str], centres: Sequence[float], y: float, edges: Box) -> None:
    """Write as many labels as stand apart, the newest always among them."""
    widest = max(letters.width(letters.fit(label, _SIZE, 260), _SIZE) for label in labels)
    pitch = centres[1] - centres[0] if len(centres) > 1 else math.inf
    step = max(1, math.ceil((widest + 24) / pitch)) if pitch > 0 else len(labels)
    free = math.inf
    for i in range(len(labels) - 1, -1, -step):
        half = letters.width(letters.fit(labels[i], _SIZE, 260), _SIZE) / 2
        middle = min(max(centres[i], edges.left + half), edges.right - half)
        if middle + half + 20 <= free:
            canvas.text((middle, y), labels[i], _SIZE, canvas.theme.quiet, align="middle", room=260)
            free = middle - half


def _line(canvas: Canvas, chart: Chart, plot: Box) -> None:
    theme = canvas.theme
    named = [each.label for each in chart.series if each.label]
    labels = max((letters.width(letters.fit(label, 26, 280), 26) for label in named), default=0)
    right = plot.right - (labels + 22 if labels else 12)
    scale, left = _axes(canvas, chart, plot, right)
    xs = _spread(len(chart.x), left + 14, right - 8)
    _x_labels(canvas, chart.x, xs, plot.bottom - 8, plot)
    ends: list[tuple[float, int]] = []
    # The first series is the one that the title speaks of: it is drawn over the others.
    for i in range(len(chart.series) - 1, -1, -1):
        paths = list(_paths(chart.series[i], xs, scale))
        if not paths:
            continue
        if len(chart.series) == 1:
            for path in paths:
                ground = scale.at(0)
                shape = [*path, (path[-1][0], ground), (path[0][0], ground)]
                canvas.area(shape, mix(ACCENT, theme.ground, theme.tint * 0.6))
        canvas.lines([path for path in paths if len(path) > 1], colour_of(i, theme), 5)
        x, y = paths[-1][-1]
        canvas.discs([(x, y, 8), *((*path[0], 5) for path in paths if len(path) == 1)], colour_of(i, theme))
        if i < _MOST_NAMED:
            ends.append((y, i))
    for y, i in _apart(ends, 34, plot.top + 14, scale.bottom - 14):
        label = chart.series[i].label
        at = (right + 14, y + 26 * 0.36)
        canvas.text(at, label, 26, lettering(colour_of(i, theme), theme), bold=True, room=plot.right - right - 10)


def _spread(count: int, left: float, right: float) -> list[float]:
    if count == 1:
        return [(left + right) / 2]
    return [left + (right - left) * i / (count - 1) for i in range(count)]


def _paths(series: Series, xs: Sequence[float], scale: _Scale) -> Iterator[list[Point]]:
    path: list[Point] = []
    for x, value in zip(xs, series.values, strict=False):
        if value is not None and math.isfinite(value):
            path.append((x, scale.at(value)))
        elif path:
            yield path
            path = []
    if path:
        yield path


def _apart(ends: list[tuple[float, int]], pitch: float, top: float, bottom: float) -> list[tuple[float, int]]:
    """Move labels, given as (height, place), so that none is nearer than `pitch` to the next."""
    placed: list[tuple[float, int]] = []
    for y, i in sorted(ends):
        placed.append((max(y, placed[-1][0] + pitch if placed else top), i))
    limit = bottom
    for at in range(len(placed) - 1, -1, -1):
        y, i = placed[at]
        placed[at] = (min(y, limit), i)
        limit = placed[at][0] - pitch
    return placed


def _columns(canvas: Canvas, chart: Chart, plot: Box) -> None:
    scale, left = _axes(canvas, chart, plot, plot.right)
    pitch = (plot.right - left) / len(chart.x)
    centres = [left + pitch * (i + 0.5) for i in range(len(chart.x))]
    _x_labels(canvas, chart.x, centres, plot.bottom - 8, plot)
    wide = pitch * 0.72 / len(chart.series)
    for place, series in enumerate(chart.series):
        colour = colour_of(place, canvas.theme)
        for centre, value in zip(centres, series.values, strict=False):
            if not value or not math.isfinite(value):
                continue
            start = centre - pitch * 0.36 + wide * place
            top, bottom = sorted((scale.at(value), scale.at(0)))
            canvas.rounded(Box(start, top, start + max(1.0, wide - 2), bottom), min(6, wide / 4), colour)
            text = figure(value) + chart.unit
            if letters.width(text, _SIZE) + 8 <= wide:
                y = scale.at(value) + (-10 if value > 0 else 28)
                canvas.text((start + wide / 2, y), text, _SIZE, canvas.theme.ink, align="middle")


# Bars ---------------------------------------------------------------------------------------------


def _bar_pitch(chart: Chart) -> int:
    return max(_BAR_PITCH, 34 * len(chart.series) + 18)


def _bars(canvas: Canvas, chart: Chart, plot: Box) -> None:
    theme = canvas.theme
    shown = chart.x[:_MOST_BARS]
    names = [letters.fit(name, _SIZE, 380) for name in shown]
    values = _values(chart.series)
    said = max((letters.width(figure(value) + chart.unit, _SIZE) for value in values), default=0)
    left = plot.left + max(letters.width(name, _SIZE) for name in names) + 20
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    left_end = left + (said + 16 if low < 0 else 0)
    scale = _Scale((low, high if high > low else 1.0), left_end, plot.right - said - 16)
    pitch = _bar_pitch(chart)
    thick = 30 if len(chart.series) == 1 else 26
    for i, name in enumerate(names):
        middle = plot.top + pitch * (i + 0.5)
        canvas.text((left - 20, middle + _SIZE * 0.36), name, _SIZE, theme.ink, align="right")
        start = middle - 34 * len(chart.series) / 2 + 17
        for place, series in enumerate(chart.series):
            value = series.values[i] if i < len(series.values) else None
            y = start + 34 * place
            zero = scale.at(0)
            end = zero
            if value is not None and math.isfinite(value):
                end = scale.at(value)
                bar = Box(min(zero, end), y - thick / 2, max(zero, end), y + thick / 2)
                canvas.rounded(bar, 5, colour_of(place, theme))
            text = figure(value) + chart.unit if value is not None else figure(None)
            below = value is not None and value < 0
            at = (end - 12 if below else end + 12, y + _SIZE * 0.36)
            canvas.text(at, text, _SIZE, theme.ink, align="right" if below else "left")


# Small multiples ----------------------------------------------------------------------------------


def _across(chart: Chart) -> int:
    return 1 if len(chart.series) == 1 else 2 if len(chart.series) <= 4 else 3


def _multiples(canvas: Canvas, chart: Chart, plot: Box) -> None:
    across = _across(chart)
    gap = 56
    wide = (_ROOM - gap * (across - 1)) / across
    every = _values(chart.series)
    for i, series in enumerate(chart.series):
        row, column = divmod(i, across)
        left = plot.left + column * (wide + gap)
        top = plot.top + row * (_PANEL + 40)
        panel = Box(left, top, left + wide, top + _PANEL)
        _panel(canvas, chart, series, panel, _values([series]) if chart.own_scales else every)


def _panel(canvas: Canvas, chart: Chart, series: Series, panel: Box, values: Sequence[float]) -> None:
    theme = canvas.theme
    own = [value for value in series.values if value is not None and math.isfinite(value)]
    last = canvas.text(
        (panel.right, panel.top + 28),
        figure(own[-1] if own else None) + (chart.unit if own else ""),
        28,
        theme.ink,
        align="right",
        bold=True,
    )
    canvas.text((panel.left, panel.top + 28), series.label, 26, theme.ink, room=last.left - panel.left - 16)
    if not own:
        return
    steps = ticks(*_span(chart, values), 3)
    scale = _Scale((steps[0], steps[-1]), panel.bottom - 38, panel.top + 60)
    marks = [figure(step) + chart.unit for step in (steps[0], steps[-1])]
    left = panel.left + max(letters.width(mark, 22) for mark in marks) + 12
    for step, mark in zip((steps[0], steps[-1]), marks, strict=True):
        canvas.rule(left, panel.right, scale.at(step) - 1, theme.grid)
        canvas.text((left - 12, scale.at(step) + 8), mark, 22, theme.quiet, align="right")
    xs = _spread(len(chart.x), left + 4, panel.right - 8)
    paths = list(_paths(series, xs, scale))
    for path in paths:
        shape = [*path, (path[-1][0], scale.bottom), (path[0][0], scale.bottom)]
        canvas.area(shape, mix(ACCENT, theme.ground, theme.tint * 0.6))
    canvas.lines([path for path in paths if len(path) > 1], ACCENT, 4)
    canvas.discs([(*paths[-1][-1], 6), *((*path[0], 4) for path in paths if len(path) == 1)], ACCENT)
    half = (panel.right - left) / 2 - 12
    first = canvas.text((left, panel.bottom - 4), chart.x[0], 22, theme.quiet, room=half)
    if len(chart.x) > 1:
        room = panel.right - first.right - 16
        canvas.text((panel.right, panel.bottom - 4), chart.x[-1], 22, theme.quiet, align="right", room=room)


def _span(chart: Chart, values: Sequence[float]) -> tuple[float, float]:
    """Return from where to where a panel's axis goes; a least span lies evenly around the values."""
    low, high = min(values), max(values)
    if not chart.own_scales:
        return min(0.0, low), max(0.0, high)
    missing = max(chart.least_span - (high - low), 0.0)
    floor, ceiling = min(chart.limits[0], low), max(chart.limits[1], high)
    bottom = min(max(low - missing / 2, floor), max(ceiling - (high - low) - missing, floor))
    return bottom, min(max(high, bottom + (high - low) + missing), ceiling)
