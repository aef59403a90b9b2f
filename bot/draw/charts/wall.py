"""Days as on a wall calendar: a week a row, in each day what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.draw import letters
from bot.draw.charts import theme as look
from bot.draw.charts.ramp import cells
from bot.draw.charts.vega import Spec
from bot.draw.style import ACCENT, CHART_WIDTH, MARGIN, SMALLEST, Theme, mix
from core.domain.pictures import Calendar, Day

_WIDE = (CHART_WIDTH - 2 * MARGIN) / 7
_HEAD = 40  # px: the names of the weekdays
_GAP = 4
_INSIDE = 10
_LABEL = 46  # px of a day above what it holds
_LINE = 27
_APART = 8  # px between what a day holds
_SHOWN = 3  # of what a day holds; of more the last line says how many
_BROKEN = 2  # lines of a long name


class _Box(NamedTuple):
    """A day, the column and the row where it stands, the lines that it has with the middle of each, and its height."""

    label: str
    column: int
    row: int
    lines: Sequence[tuple[str, float]]
    high: float


def spec(calendar: Calendar, theme: Theme) -> Spec:
    """Return the spec of days that hold something, weeks from Monday on, each as high as its fullest day."""
    boxes = list(_boxes(date.fromisoformat(calendar.first).weekday(), calendar.days))
    tops = [float(_HEAD)]
    for row in range(boxes[-1].row + 1):
        tops.append(tops[-1] + max(each.high for each in boxes if each.row == row))
    names = look.fitted(calendar.weekdays[:7], _WIDE - _INSIDE, SMALLEST)
    heads = [{"x": i * _WIDE + _INSIDE, "y": 14, "text": each, "colour": theme.quiet} for i, each in enumerate(names)]
    layers = [
        cells(_shapes(boxes, tops, theme), 8),
        look.written(heads, fontSize=SMALLEST),
        look.written(_labels(boxes, tops, theme), fontSize=SMALLEST, fontWeight="bold"),
        look.written(_entries(boxes, tops, theme), fontSize=SMALLEST),
    ]
    return {**look.sheet("calendar", theme, left=MARGIN, right=MARGIN, height=tops[-1]), "layer": layers}


def _boxes(column: int, days: Sequence[Day]) -> Iterator[_Box]:
    for place, each in enumerate(days, column):
        shown = list(each.entries[:_SHOWN])
        if len(each.entries) > _SHOWN:
            shown[-1] = f"+{len(each.entries) - _SHOWN + 1}"
        lines, down = [], float(_LABEL)
        for entry in shown:
            for line in _broken(entry):
                lines.append((line, down + _LINE / 2))
                down += _LINE
            down += _APART
        yield _Box(each.label, place % 7, place // 7, lines, max(down, _LABEL + _LINE) + _APART)


def _broken(entry: str) -> list[str]:
    """Return the lines of what a day holds: between its words, and of a word that is too long what fits."""
    room = _WIDE - _INSIDE - _GAP
    if any(letters.width(word, SMALLEST) > room for word in entry.split() if word.isascii()):
        return look.fitted([entry], room, SMALLEST)
    return letters.lines(entry, SMALLEST, room, _BROKEN, even=False)


def _shapes(boxes: Sequence[_Box], tops: Sequence[float], theme: Theme) -> Iterator[Spec]:
    full, empty = mix(ACCENT, theme.ground, 0.16), mix(theme.track, theme.ground, 0.5)
    for each in boxes:
        yield {
            "x": each.column * _WIDE + _GAP / 2,
            "to": (each.column + 1) * _WIDE - _GAP / 2,
            "y": tops[each.row] + _GAP / 2,
            "down": tops[each.row + 1] - _GAP / 2,
            "colour": full if each.lines else empty,
        }


def _labels(boxes: Sequence[_Box], tops: Sequence[float], theme: Theme) -> Iterator[Spec]:
    for each in boxes:
        colour = theme.ink if each.lines else theme.quiet
        yield {"x": each.column * _WIDE + _INSIDE, "y": tops[each.row] + 25, "text": each.label, "colour": colour}


def _entries(boxes: Sequence[_Box], tops: Sequence[float], theme: Theme) -> Iterator[Spec]:
    for each in boxes:
        for line, y in each.lines:
            x = each.column * _WIDE + _INSIDE
            yield {"x": x, "y": tops[each.row] + y, "text": line, "colour": theme.ink}
