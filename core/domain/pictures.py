"""What can be drawn, as plain data with its alternative text; see `bot.draw`.

All words in a picture are already in the reader's language, dates already in the community's time zone.
Pictures are made of numbers, texts and tuples alone, so that they can be written down until they are sent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from core.domain.alternative import figure, known, shorten, told, worth_saying
from core.domain.people import tidy_name

# Between figures and names of the alternative text, and after a label: `comma` and `colon` are the language's own.
COMMA, COLON = ", ", ": "

Kind = Literal["line", "steps", "bar", "column", "multiples"]
Value = float | None  # None where nothing is known
Row = tuple[str | Value, ...]


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
        return shorten(" · ".join(part for part in said if part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Say who went through `topic` to its end: what was `done`, in how many `steps`; `foot` is where and when."""

    heading: str
    name: str
    done: str
    topic: str
    steps: str
    foot: str

    @property
    def alt(self) -> str:
        """Return the certificate in one line."""
        said = (self.heading, tidy_name(self.name), self.done, self.topic, self.steps, self.foot)
        return shorten(" · ".join(said))


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
        return shorten(" · ".join((self.title, *rows, self.foot)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Name a row of values, one for each `Chart.x`; None where nothing is known.

    `low` and `high` are the ends of a band around the values, both empty where there is none.
    """

    label: str
    values: tuple[Value, ...]
    low: tuple[Value, ...] = ()
    high: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A value that a chart is compared with: a goal, an average, nothing at all."""

    label: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Prove one sentence (`title`) with figures; `foot` says what was counted, of how many, until when.

    `kind` is `line` or `column` over time, `steps` for what holds until it changes (who is still there),
    `bar` over categories (the longest names fit there), or `multiples`: a small panel for each series, on one
    scale unless `own_scales`. `x` holds the labels of days or categories, `unit` follows each value ("%").
    Lines and steps show bands and a `reference`. Six series have a colour, more of them fade into grey. An own
    scale spans `least_span` at least, so that small moves look small, and stays within `limits` where the values do.
    """

    title: str
    foot: str
    kind: Kind
    x: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    own_scales: bool = False
    least_span: float = 0.0
    limits: tuple[float, float] | None = None
    reference: Reference | None = None
    comma: str = COMMA
    colon: str = COLON

    @property
    def alt(self) -> str:
        """Return the sentence and the figures; of a long series its first, last, highest and some between."""
        rows = [f"{each.label}{self.colon}{self._said(each)}" for each in self.series if known(each.values)]
        if self.reference is not None:
            rows.append(f"{self.reference.label}{self.colon}{figure(self.reference.value)}{self.unit}")
        return told(self.title, rows, self.foot)

    def rows(self) -> Iterator[Row]:
        """Yield the figures as a table, its head first: a row for each of `x`, the ends of a band after its values."""
        columns: list[tuple[str, tuple[Value, ...]]] = []
        for each in self.series:
            columns.append((each.label, each.values))
            if each.low:
                columns += [(f"{each.label} ↓", each.low), (f"{each.label} ↑", each.high)]
        yield ("", *(label for label, _ in columns))
        for i, label in enumerate(self.x):
            yield (label, *(values[i] if i < len(values) else None for _, values in columns))

    def _said(self, series: Series) -> str:
        return self.comma.join(f"{self.x[i]} {self._at(series, i)}" for i in worth_saying(series.values[: len(self.x)]))

    def _at(self, series: Series, i: int) -> str:
        said = figure(series.values[i]) + self.unit
        if i < min(len(series.low), len(series.high)):
            return f"{said} [{figure(series.low[i])}, {figure(series.high[i])}]"
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Colour a table by its values: cohorts by week, days by hour. `values` has a row for each of `y`.

    Cells that `marked` says are outlined instead of filled: what that means, `mark` says ("not over yet").
    """

    title: str
    foot: str
    x: tuple[str, ...]
    y: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    unit: str = ""
    comma: str = COMMA
    colon: str = COLON
    marked: tuple[tuple[bool, ...], ...] = ()
    mark: str = ""

    @property
    def alt(self) -> str:
        """Return the sentence and, row by row, the figures that say most."""
        rows = (
            f"{label}{self.colon}" + self.comma.join(self._said(row, i) for i in worth_saying(values))
            for row, (label, values) in enumerate(zip(self.y, self.values, strict=False))
            if known(values)
        )
        return told(self.title, rows, self.foot)

    def is_marked(self, row: int, column: int) -> bool:
        """Say whether a cell is marked."""
        return row < len(self.marked) and column < len(self.marked[row]) and self.marked[row][column]

    def rows(self) -> Iterator[Row]:
        """Yield the figures as a table, its head first; a last column names the places of a row that are marked."""
        last = (self.mark,) if self.marked else ()
        yield ("", *self.x, *last)
        for row, (label, values) in enumerate(zip(self.y, self.values, strict=False)):
            marked = self.comma.join(name for column, name in enumerate(self.x) if self.is_marked(row, column))
            yield (label, *values, *((marked,) if last else ()))

    def _said(self, row: int, column: int) -> str:
        said = f"{self.x[column]} {figure(self.values[row][column])}{self.unit}"
        return f"{said} ({self.mark})" if self.is_marked(row, column) else said


@dataclass(frozen=True, slots=True)
class Day:
    """What a day is called, and what it holds."""

    label: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Colour days: `values` has one for each day from `first` (2026-05-31) on.

    `weekdays` are seven names from Monday on and `months` twelve, both short. Where `days` say what each of them
    holds, they stand as on a wall calendar, a week below another.
    """

    title: str
    foot: str
    first: str
    values: tuple[Value, ...]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    unit: str = ""
    comma: str = COMMA
    days: tuple[Day, ...] = ()

    @property
    def alt(self) -> str:
        """Return the sentence and the figures of some days, the first, the last and the highest among them."""
        said = (f"{self._day(i)} {figure(self.values[i])}{self.unit}" for i in worth_saying(self.values))
        return told(self.title, (self.comma.join(said),), self.foot)

    def rows(self) -> Iterator[Row]:
        """Yield the figures as a table, a row for each day, its head first."""
        yield ("", self.unit.strip())
        for i, value in enumerate(self.values):
            yield (self._day(i), value)

    def _day(self, i: int) -> str:
        return (date.fromisoformat(self.first) + timedelta(days=i)).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A difference that was measured, and the ends of the interval that it lies in; None where nothing is known."""

    label: str
    value: Value
    low: Value
    high: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Show effects with their intervals below each other; at `none` (0 as a rule) there is no effect."""

    title: str
    foot: str
    effects: tuple[Effect, ...]
    unit: str = ""
    none: float = 0.0
    colon: str = COLON

    @property
    def alt(self) -> str:
        """Return the sentence and each effect with its interval."""
        return told(self.title, (f"{each.label}{self.colon}{self.said(each)}" for each in self.effects), self.foot)

    def said(self, effect: Effect) -> str:
        """Return an effect in figures, no finer than its interval tells: 4.2% [1.1, 7.3], 29 [4, 60]."""
        if effect.value is None or (effect.low is None and effect.high is None):
            return figure(effect.value) + (self.unit if effect.value is not None else "")
        wide = math.inf if effect.low is None or effect.high is None else effect.high - effect.low
        digits = 2 if wide < 1 else 1 if wide < 10 else 0
        value, low, high = (
            figure(None if end is None or not math.isfinite(end) else round(end, digits) + 0.0)
            for end in (effect.value, effect.low, effect.high)
        )
        return f"{value}{self.unit} [{low}, {high}]"

    def rows(self) -> Iterator[Row]:
        """Yield the figures as a table, its head first."""
        yield ("", self.unit.strip(), "↓", "↑")
        for each in self.effects:
            yield (each.label, each.value, each.low, each.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How many got so far; `note` says it in words ("62 % of those who joined")."""

    label: str
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Show how many are left from one stage to the next."""

    title: str
    foot: str
    stages: tuple[Stage, ...]
    unit: str = ""
    colon: str = COLON

    @property
    def alt(self) -> str:
        """Return the sentence and the stages in order."""
        return told(self.title, (f"{each.label}{self.colon}{self.said(each)}" for each in self.stages), self.foot)

    def said(self, stage: Stage) -> str:
        """Return a stage in figures and words."""
        said = figure(stage.value) + self.unit
        return f"{said} · {stage.note}" if stage.note else said

    def rows(self) -> Iterator[Row]:
        """Yield the figures as a table, its head first."""
        yield ("", self.unit.strip())
        for each in self.stages:
            yield (each.label, each.value)


Figures = Chart | Cells | Calendar | Forest | Funnel


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
    """A circle on the map: what it is called there, how many belong to it (0: too few to say), and its colour's number.

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
    comma: str = COMMA

    @property
    def alt(self) -> str:
        """Return the sentence, the circles and the people drawn largest."""
        circles = (
            f"{each.label} {each.members:,}" if each.members else each.label for each in self.circles if each.label
        )
        named = sorted((each for each in self.people if each.name), key=lambda each: -each.size)
        people = self.comma.join(tidy_name(each.name) for each in named[:10])
        return shorten(" · ".join(part for part in (self.title, *circles, people, self.foot) if part))
