"""Groups of customers by how lately, how often and for how much they came, where the groups hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.groups import Groups, groups
from core.domain.segments import FEWEST

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Of each column, what a group is called that lies below the mean of all, or above.
_NAMES = {"recency": ("recent", "past"), "frequency": ("seldom", "often"), "value": ("little", "much")}


@dataclass(frozen=True, kw_only=True, eq=False)
class Customers:
    """One entry a customer: days since the last time, days on which they came, and what it came to, if known."""

    recency: Floats
    frequency: Floats
    value: Floats | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Segment:
    """A group: `name` says how it lies beside all, `stability` how surely it is found again.

    Of groups with one name, `rank` is 1 for the one that came most lately. `aside` are the columns that don't tell the
    groups apart and take no part, in the name neither.
    """

    name: tuple[str, ...]
    aside: tuple[str, ...]
    rank: int
    members: Ints
    stability: float
    recency: float
    frequency: float
    value: float | None


def customers(who: Ints, day: Ints, value: Floats | None, until: int) -> Customers:
    """Return what transactions say of customers 0, 1, …; `day` and `until` are days of any calendar."""
    count = int(who.max()) + 1
    last = np.full(count, np.iinfo(np.int64).min)
    np.maximum.at(last, who, day)
    pairs = np.unique(np.column_stack([who, day]), axis=0)
    return Customers(
        recency=(until - last).astype(float),
        frequency=np.bincount(pairs[:, 0], minlength=count).astype(float),
        value=None if value is None else np.bincount(who, value, count).astype(np.float64),
    )


def segments(given: Customers) -> list[Segment]:
    """Return groups of customers by standardised logarithms, the largest first; none where no groups hold."""
    if len(given.recency) < FEWEST:
        return []
    # Values below 0 (returned goods) keep their sign.
    logs = {name: np.sign(column) * np.log1p(np.abs(column)) for name, column in _columns(given)}
    scaled = {name: (each - each.mean()) / each.std() for name, each in logs.items() if float(np.ptp(each)) > 0}
    found = groups(np.column_stack([*scaled.values()])) if scaled else None
    return [] if found is None else _named(given, found, tuple(scaled))


def _columns(given: Customers) -> list[tuple[str, Floats]]:
    value = [] if given.value is None else [("value", given.value)]
    return [("recency", given.recency), ("frequency", given.frequency), *value]


def _named(given: Customers, groups: Groups, columns: tuple[str, ...]) -> list[Segment]:
    found: list[Segment] = []
    by = {columns[each] for each in groups.columns}
    parts = [np.flatnonzero(groups.label == group) for group in range(len(groups.stability))]
    for group in np.argsort([given.recency[members].mean() for members in parts], kind="stable").tolist():
        members = parts[group]
        name = tuple(_NAMES[each][bool(_above(column, members))] for each, column in _columns(given) if each in by)
        found.append(
            Segment(
                name=name,
                aside=tuple(each for each, _ in _columns(given) if each not in by),
                rank=1 + sum(each.name == name for each in found),
                members=members,
                stability=float(groups.stability[group]),
                recency=float(given.recency[members].mean()),
                frequency=float(given.frequency[members].mean()),
                value=None if given.value is None else float(given.value[members].mean()),
            )
        )
    return sorted(found, key=lambda each: (-len(each.members), each.recency))


def _above(column: Floats, members: Ints) -> bool:
    """Say whether a group's median customer has more than the mean of all: words that don't move with the groups."""
    return bool(np.median(column[members]) > column.mean())
