"""What roll-ups hold of people by day, and nothing of what came after a cut-off."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.domain.silence import ACTS, HORIZON, SilenceInput

Ints = NDArray[np.int64]
Whole = NDArray[np.int32]  # as the books hold it: half the memory of a machine's own numbers
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """Columns sorted by `day`, so that a span of days is a slice."""

    day: Whole
    columns: dict[str, Whole]

    def span(self, first: int, last: int) -> dict[str, Whole]:
        """Return the columns of the days from `first` up to before `last`."""
        start, end = _places(self.day, first, last)
        return {"day": self.day[start:end], **{name: column[start:end] for name, column in self.columns.items()}}


@dataclass(frozen=True, kw_only=True, eq=False)
class Past:
    """What `people` did, numbered from 0, on the days before `until` (UTC days since 1970)."""

    people: int
    until: int
    days: Rows  # member, messages, replies, reactions, other
    ties: Rows  # source, target, words, reactions
    acts: dict[str, Rows]  # member, by kind

    @property
    def first(self) -> int:
        """Return the first day on which anybody was active, `until` where there is none."""
        return int(self.days.day[0]) if len(self.days.day) else self.until

    def before(self, cutoff: int) -> Past:
        """Return what was there before a day, the views of the same arrays; raise ValueError for a day to come."""
        if cutoff > self.until:
            raise ValueError(f"day {cutoff} is after {self.until}, up to which all is known")
        return Past(
            people=self.people,
            until=cutoff,
            days=_before(self.days, cutoff),
            ties=_before(self.ties, cutoff),
            acts={kind: _before(rows, cutoff) for kind, rows in self.acts.items()},
        )

    def of(self, people: Ints) -> Past:
        """Return what some of the people did, and the ties from and to them; everybody keeps their number."""
        there = np.zeros(self.people, bool)
        there[people] = True
        ties = self.ties.columns
        return replace(
            self,
            days=_where(self.days, there[self.days.columns["member"]]),
            ties=_where(self.ties, there[ties["source"]] | there[ties["target"]]),
            acts={kind: _where(rows, there[rows.columns["member"]]) for kind, rows in self.acts.items()},
        )

    def active(self, first: int, last: int) -> Bools:
        """Say of each of the people whether they were active on the days from `first` up to before `last`."""
        found = np.zeros(self.people, bool)
        found[self.days.span(first, last)["member"]] = True
        return found

    def silent(self, cutoff: int) -> Bools:
        """Say of each whether they did nothing in the 30 days from a cut-off on; raise ValueError before these end."""
        if cutoff + HORIZON > self.until:
            raise ValueError(f"what follows day {cutoff} isn't known before day {cutoff + HORIZON}")
        return ~self.active(cutoff, cutoff + HORIZON)


def past_of(given: SilenceInput) -> Past:
    """Return what was loaded, sorted; raise ValueError for a row that is no earlier than its `until`."""
    ties = ("source", "target", "words", "reactions")
    days = ("member", "messages", "replies", "reactions", "other")
    return Past(
        people=len(given.people),
        until=given.until,
        days=_rows(given.until, given.days, days),
        ties=_rows(given.until, given.ties, ties),
        acts={kind: _rows(given.until, given.acts[kind], ("member",)) for kind in ACTS},
    )


def _rows(until: int, given: tuple[object, ...], names: tuple[str, ...]) -> Rows:
    """Return columns of which the last is the day."""
    *columns, day = (np.asarray(column, np.int32) for column in given)
    if len(day) and int(day.max()) >= until:
        raise ValueError(f"a row of day {int(day.max())} isn't before {until}")
    order = _by_day(day)
    return Rows(day=day[order], columns={name: column[order] for name, column in zip(names, columns, strict=True)})


def _by_day(day: Whole) -> Ints:
    """Return the order of days; those of one day stay as they were."""
    since = day - day.min() if len(day) else day
    # Numbers of two bytes are sorted by counting them, five times as fast.
    return np.argsort(since.astype(np.uint16) if len(day) and since.max() < 1 << 16 else since, kind="stable")


def _where(rows: Rows, kept: Bools) -> Rows:
    return Rows(day=rows.day[kept], columns={name: column[kept] for name, column in rows.columns.items()})


def _before(rows: Rows, cutoff: int) -> Rows:
    (end,) = _places(rows.day, cutoff)
    return Rows(day=rows.day[:end], columns={name: column[:end] for name, column in rows.columns.items()})


def _places(day: Whole, *wanted: int) -> list[int]:
    """Return how many rows lie before each of these days."""
    # Of another type than the column's, they would have it copied whole each time.
    found: list[int] = np.searchsorted(day, np.array(wanted, day.dtype)).tolist()
    return found
