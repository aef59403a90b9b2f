"""What is known of each person at a cut-off, as numbers with names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.analysis.silence.past import Bools, Floats, Ints, Past, Whole
from core.domain.silence import LATELY, REGULAR

WEEKS = 13  # that the regularity of somebody is told by
LONG = 91  # days of the same
YEAR = 365  # days that a usual gap is told by
FEATURES = (
    "active-7",
    "active-30",
    "active-90",
    "messages",
    "messages-before",
    "replies-given",
    "replies-received",
    "ties",
    "partners",
    "streak",
    "weeks",
    "recency",
    "gap",
    "quiet",
    "tenure",
    "reactions-given",
    "reactions-received",
    "other",
    "opened",
    "bought",
    "took-part",
)
ABOUT = {  # what features are about that say nearly the same
    **dict.fromkeys(("recency", "gap", "quiet"), "silence"),
    **dict.fromkeys(("active-7", "active-30", "active-90", "streak", "weeks"), "presence"),
    **dict.fromkeys(("messages", "messages-before", "replies-given"), "words"),
    **dict.fromkeys(("ties", "partners", "replies-received", "reactions-received"), "company"),
}
# Counts have long tails: the thousandth message says less than the second.
_COUNTS = {name for name in FEATURES if name not in {"active-7", "streak", "weeks"}}


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """What is known at `cutoff`: of `people`, by number, one row of `values` in the order of `FEATURES`."""

    cutoff: int
    people: Ints
    values: Floats

    @property
    def rows(self) -> Floats:
        """Return the values as a model takes them: counts as logarithms."""
        made = self.values.copy()
        for place, name in enumerate(FEATURES):
            if name in _COUNTS:
                made[:, place] = np.log1p(made[:, place])
        return made

    def column(self, name: str) -> Floats:
        """Return one feature of everybody."""
        found: Floats = self.values[:, FEATURES.index(name)]
        return found

    @property
    def overdue(self) -> Bools:
        """Say who is silent for twice their usual gap, one week at least: the rule without a model."""
        late: Bools = self.column("recency") > np.maximum(2 * self.column("gap"), 7)
        return late


def regulars(past: Past, cutoff: int) -> Ints:
    """Return who could fall silent: active in the 30 days before a cut-off, and on three days in all at least."""
    there = past.active(cutoff - LATELY, cutoff)
    days = np.bincount(past.days.span(past.first, cutoff)["member"], minlength=past.people)
    return np.flatnonzero(there & (days >= REGULAR))


def known_at(past: Past, cutoff: int, people: Ints | None = None) -> Known:
    """Return what was known of people at a cut-off (a UTC day since 1970), by what they did on the days before it.

    Of regulars, unless others are named, who must have been active. Days since they were last active count from the
    last day before the cut-off. Raise ValueError for a cut-off to come.
    """
    past = past.before(cutoff)
    who = regulars(past, cutoff) if people is None else people
    past = past.of(who)
    made = {**_activity(past, cutoff), **_company(past, cutoff), **_rhythm(past, cutoff)}
    for kind, name, days in (("opened", "opened", 30), ("bought", "bought", 90), ("took_part", "took-part", 90)):
        made[name] = _sum(past, past.acts[kind].span(cutoff - days, cutoff)["member"])
    values = np.column_stack([made[name][who] for name in FEATURES])
    return Known(cutoff=cutoff, people=who, values=values)


def _sum(past: Past, member: Ints | Whole, weights: Whole | None = None) -> Floats:
    return np.bincount(member, weights, minlength=past.people).astype(float)


def _activity(past: Past, cutoff: int) -> dict[str, Floats]:
    lately, earlier = past.days.span(cutoff - 30, cutoff), past.days.span(cutoff - 60, cutoff - 30)
    made = {
        name: _sum(past, lately["member"], lately[column])
        for name, column in (
            ("messages", "messages"), ("replies-given", "replies"), ("reactions-given", "reactions"), ("other", "other")
        )
    }  # fmt: skip
    made["messages-before"] = _sum(past, earlier["member"], earlier["messages"])
    for days in (7, 30, 90):
        made[f"active-{days}"] = _sum(past, past.days.span(cutoff - days, cutoff)["member"])
    return made


def _company(past: Past, cutoff: int) -> dict[str, Floats]:
    lately, long = past.ties.span(cutoff - 30, cutoff), past.ties.span(cutoff - 90, cutoff)
    given = _distinct(long["source"].astype(np.int64) * past.people + long["target"])
    source, target = np.divmod(given, max(past.people, 1))
    both = _distinct(np.concatenate([given, target * past.people + source]))
    return {
        "replies-received": _sum(past, lately["target"], lately["words"]),
        "reactions-received": _sum(past, lately["target"], lately["reactions"]),
        "partners": _sum(past, source),
        "ties": _sum(past, both // max(past.people, 1)),
    }


def _distinct(pairs: Ints) -> Ints:
    """Return each number once, in order: sorting takes a tenth of the time of np.unique's table of millions."""
    pairs = np.sort(pairs)
    found: Ints = pairs[np.diff(pairs, prepend=-1) != 0]
    return found


def _rhythm(past: Past, cutoff: int) -> dict[str, Floats]:
    everything, year = past.days.span(past.first, cutoff), past.days.span(cutoff - YEAR, cutoff)
    first, last = np.full(past.people, cutoff), np.full(past.people, past.first)
    # Of a place that is named twice the last value stays: rows are sorted by day.
    first[everything["member"][::-1]] = everything["day"][::-1]
    last[everything["member"]] = everything["day"]
    began = np.full(past.people, cutoff)
    began[year["member"][::-1]] = year["day"][::-1]
    days = _sum(past, year["member"])
    recency = (cutoff - 1 - last).astype(float)
    gap = np.where(days > 1, (last - began) / np.maximum(days - 1, 1), YEAR).astype(float)
    weeks = np.stack([past.active(cutoff - 7 * week - 7, cutoff - 7 * week) for week in range(WEEKS)])
    return {
        "recency": recency,
        "gap": gap,
        "quiet": recency / np.maximum(gap, 1.0),
        "tenure": (cutoff - first).astype(float),
        "weeks": weeks.sum(axis=0).astype(float),
        "streak": np.minimum.accumulate(weeks, axis=0).sum(axis=0).astype(float),
    }
