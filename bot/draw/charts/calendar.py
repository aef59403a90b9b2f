"""Days as squares, a week a column, a year below another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts import wall
from bot.draw.charts.ramp import Ramp, cells
from bot.draw.charts.vega import Spec
from bot.draw.style import CHART_WIDTH, MARGIN, SMALLEST, Theme
from core.domain.pictures import Calendar

_LARGEST = 44  # px: a square
_MOST = 10  # years, the newest
_HEAD, _BETWEEN, _KEY = 34, 24, 44
_YEAR = 66
_ONE_BLOCK = 53 * 7 - 6  # days: with their weeks begun, no more than 53 columns


class _Day(NamedTuple):
    day: date
    value: float | None
    block: int
    week: int


def spec(calendar: Calendar, theme: Theme) -> Spec:
    """Return the spec of a calendar: up to a year in one block, more in a block a year, weeks from Monday on."""
    if calendar.days:
        return wall.spec(calendar, theme)
    days = _placed(calendar)
    years = sorted({each.block for each in days})
    names = look.fitted(calendar.weekdays[:7], 120, SMALLEST)
    left = MARGIN + look.widest(names, SMALLEST) + 16 + (_YEAR if len(years) > 1 else 0)
    square = min(_LARGEST, (CHART_WIDTH - left - MARGIN) / (max(each.week for each in days) + 1))
    block = _HEAD + 7 * square + _BETWEEN
    drawn = look.sheet("calendar", theme, left=left, right=MARGIN, height=len(years) * block - _BETWEEN, top=_KEY)
    ramp = Ramp((each.value for each in days), theme)
    tops = {year: block * i + _HEAD for i, year in enumerate(years)}
    beside = [
        {"x": -16, "y": tops[year] + (place + 0.5) * square, "text": name, "colour": theme.quiet}
        for year in years
        for place, name in enumerate(names)
        if square >= 26 or place % 2 == 0
    ]
    called = [
        {"x": MARGIN - left, "y": tops[year] + 3.5 * square, "text": str(year), "colour": theme.ink}
        for year in (years if len(years) > 1 else ())
    ]
    layers = [
        cells(_boxes(days, tops, square, ramp), min(5, square / 5)),
        look.written(beside, align="right", fontSize=SMALLEST),
        look.written(called, fontSize=SMALLEST, fontWeight="bold"),
        look.written(_months(calendar, days, tops, square, drawn["width"], theme), fontSize=SMALLEST),
        *ramp.key(calendar.unit, right=drawn["width"], top=-24),
    ]
    return {**drawn, "layer": layers}


def _placed(calendar: Calendar) -> list[_Day]:
    """Return the days of the newest years, each in the block of its year and in a week of that."""
    first = date.fromisoformat(calendar.first)
    days = [(first + timedelta(days=i), value) for i, value in enumerate(calendar.values)]
    if len(days) <= _ONE_BLOCK:
        return [_Day(day, value, first.year, _weeks(first, day)) for day, value in days]
    newest = days[-1][0].year
    return [
        _Day(day, value, day.year, _weeks(date(day.year, 1, 1), day))
        for day, value in days
        if day.year > newest - _MOST
    ]


def _weeks(first: date, day: date) -> int:
    return ((day - first).days + first.weekday()) // 7


def _boxes(days: list[_Day], tops: dict[int, float], square: float, ramp: Ramp) -> Iterator[Spec]:
    gap = 1.5 if square < 30 else 2.5
    for each in days:
        value = look.finite(each.value)
        if value is not None:
            x, y = each.week * square, tops[each.block] + each.day.weekday() * square
            yield {
                "x": x + gap,
                "to": x + square - gap,
                "y": y + gap,
                "down": y + square - gap,
                "colour": ramp.colour(value),
            }


def _months(
    calendar: Calendar, days: list[_Day], tops: dict[int, float], square: float, wide: float, theme: Theme
) -> Iterator[Spec]:
    """Yield the months' names above the weeks in which they begin, as far as they stand apart."""
    free: dict[int, float] = {}
    for i, each in enumerate(days):
        if i and each.day.day != 1:
            continue
        text = letters.fit(calendar.months[each.day.month - 1], SMALLEST, 160)
        x = each.week * square
        end = x + letters.width(text, SMALLEST)
        if x >= free.get(each.block, 0.0) and end <= wide + MARGIN:
            free[each.block] = end + 10
            yield {"x": x, "y": tops[each.block] - 18, "text": text, "colour": theme.quiet}
