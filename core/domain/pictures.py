"""What can be drawn, as plain data with its alternative text; see `bot.draw`.

All words in a picture are already in the reader's language, dates already in the community's time zone.
Pictures are made of numbers, texts and tuples alone, so that they can be written down until they are sent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from core.domain.people import tidy_name

ALT_LIMIT = 1000  # characters: Discord takes 1024
_POINTS_SAID = 12

Kind = Literal["line", "bar", "column", "multiples"]


class Picture(Protocol):
    """Anything that can be drawn and said in words."""

    @property
    def alt(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Show one member: level with the way to the next, tier, rank, streak and the last days.

    `progress` is the share (0 to 1) of the way from this level to the next, `points` what is had and
    `bar_label` what is missing. `days` counts each of the last days, the newest last, and `days_label` says
    of what.
    """

    name: str
    level: int
    level_label: str
    progress: float
    points: str
    bar_label: str
    tier: str
    rank: str
    streak: str
    days: tuple[int, ...]
    days_label: str

    @property
    def alt(self) -> str:
        """Return the card in one line."""
        who = (tidy_name(self.name), f"{self.level_label} {self.level}", self.tier, self.rank)
        said = (*who, self.points, self.bar_label, self.streak, self.days_label)
        return _shorten(" · ".join(part for part in said if part))


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One place on a leaderboard; `is_me` marks the reader, `after_gap` that members above it are left out."""

    rank: int
    name: str
    points: int
    is_me: bool = False
    after_gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Rank members: rows in the order in which they are drawn; a gap stands for members who are left out."""

    title: str
    rows: tuple[BoardRow, ...]
    foot: str

    @property
    def alt(self) -> str:
        """Return the board as a sentence and its rows."""
        rows = (f"{row.rank} {tidy_name(row.name)} {row.points:,}" for row in self.rows)
        return _shorten(" · ".join((self.title, *rows, self.foot)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Name a row of values, one for each `Chart.x`; None where nothing is known."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Prove one sentence (`title`) with figures; `foot` says what was counted, of how many, until when.

    `kind` is `line` or `column` over time, `bar` over categories (the longest names fit there), or
    `multiples`: a small panel for each series, on one scale unless `own_scales`. `x` holds the labels of
    days or categories, `unit` follows each value ("%"). Six series have a colour, more of them fade into
    grey. An own scale spans `least_span` at least, so that small moves look small, and stays within `limits`
    where the values do.
    """

    title: str
    foot: str
    kind: Kind
    x: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    own_scales: bool = False
    least_span: float = 0.0
    limits: tuple[float, float] = (-math.inf, math.inf)

    @property
    def alt(self) -> str:
        """Return the sentence and the figures; of a long series its first, last, highest and some between."""
        said = ((each.label, ", ".join(self._said(each))) for each in self.series)
        rows = (f"{label}: {figures}" for label, figures in said if figures)
        return _shorten(" · ".join((self.title, *rows, self.foot)))

    def _said(self, series: Series) -> Iterator[str]:
        known = [i for i, value in enumerate(series.values) if value is not None and math.isfinite(value)]
        step = max(1, -(-len(known) // _POINTS_SAID))
        highest = max(known, key=lambda i: series.values[i] or 0, default=0)
        for at, i in enumerate(known):
            if at % step == 0 or i in (highest, known[-1]):
                yield f"{self.x[i]} {figure(series.values[i])}{self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMember:
    """A member on the map: `x` and `y` from the upper left (0) to the lower right (1), `size` from 0 to 1.

    `circle` is a place in `NetworkMap.circles`, or -1. Who may not be named has an empty `name`.
    """

    name: str
    x: float
    y: float
    size: float
    circle: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCircle:
    """A circle on the map: what it is called there, how many belong to it, and the number of its colour.

    Each number is a colour and a mark of its own, as far as they go; -1 is grey.
    """

    label: str
    members: int
    colour: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkMap:
    """Map a community: the important people with their ties, the rest as a cloud, circles in colour.

    A tie is (place in `people`, place in `people`, strength from 0 to 1), a dot of the cloud (x, y, circle).
    """

    title: str
    foot: str
    people: tuple[PlacedMember, ...]
    ties: tuple[tuple[int, int, float], ...]
    cloud: tuple[tuple[float, float, int], ...]
    circles: tuple[PlacedCircle, ...]

    @property
    def alt(self) -> str:
        """Return the sentence, the circles and the people drawn largest."""
        circles = (f"{circle.label} {circle.members:,}" for circle in self.circles if circle.label)
        named = sorted((each for each in self.people if each.name), key=lambda each: -each.size)
        people = ", ".join(tidy_name(each.name) for each in named[:10])
        return _shorten(" · ".join(part for part in (self.title, *circles, people, self.foot) if part))


def figure(value: float | None) -> str:
    """Return a number as people read it: thousands apart, at most two decimals, a true minus sign."""
    if value is None or not math.isfinite(value):
        return "–"
    decimals = 0 if abs(value) >= 100 or float(value).is_integer() else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return text.replace("-", "−")


def _shorten(text: str) -> str:
    return text if len(text) <= ALT_LIMIT else text[: ALT_LIMIT - 1] + "…"
