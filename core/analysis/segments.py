"""Groups of customers by how lately, how often and for how much they came, where the groups hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from threadpoolctl import threadpool_limits

from core.domain.segments import FEWEST

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SIZES = range(3, 7)
STABLE = 0.75  # Jaccard from which on a group counts as found again
DRAWS = 30
_MOST_FOR_SHAPE = 2_000  # customers by which the shape of groups is judged


@dataclass(frozen=True, kw_only=True, eq=False)
class Customers:
    """One entry a customer: days since the last time, days on which they came, and what it came to, if known."""

    recency: Floats
    frequency: Floats
    value: Floats | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Segment:
    """A group: `name` says how it lies beside all, `stability` how surely it is found again.

    Of groups with one name, `rank` is 1 for the one that came most lately.
    """

    name: tuple[str, ...]
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
    """Return groups of customers, the largest first; none where no number of groups from 3 to 6 is stable.

    k-means on standardised logarithms. A number of groups is stable where each group is found again in bootstrap
    samples with a Jaccard of 0.75 on average (Hennig 2007); of the stable ones the best silhouette (Rousseeuw 1987).
    """
    if len(given.recency) < FEWEST:
        return []
    points = _points(given)
    if not points.shape[1]:
        return []
    best: tuple[float, Ints, Floats] | None = None
    random = np.random.default_rng(0)
    with threadpool_limits(1):
        for size in SIZES:
            if len(np.unique(points, axis=0)) <= size:
                break
            label = _fit(points, size, 10).labels_
            stability = _stability(points, label, size, random)
            if stability.min() < STABLE:
                continue
            some = min(len(points), _MOST_FOR_SHAPE)
            chosen = random.permutation(len(points))[:some]
            if len(np.unique(label[chosen])) < 2:
                continue
            shape = float(silhouette_score(points[chosen], label[chosen]))
            if best is None or shape > best[0]:
                best = (shape, label, stability)
    return [] if best is None else _named(given, best[1], best[2])


def _points(given: Customers) -> Floats:
    columns = [given.recency, given.frequency, *([] if given.value is None else [given.value])]
    # Values below 0 (returned goods) keep their sign.
    logs = [np.sign(column) * np.log1p(np.abs(column)) for column in columns]
    scaled = [(each - each.mean()) / each.std() for each in logs if float(np.ptp(each)) > 0]
    return np.column_stack(scaled) if scaled else np.empty((len(given.recency), 0))


def _fit(points: Floats, size: int, starts: int) -> KMeans:
    return KMeans(size, n_init=starts, random_state=0).fit(points)


def _stability(points: Floats, label: Ints, size: int, random: np.random.Generator) -> Floats:
    """Return for each group the mean Jaccard with the likest group of each bootstrap sample."""
    total = np.zeros(size)
    sizes = np.bincount(label, minlength=size)
    for _ in range(DRAWS):
        again = _fit(points[random.integers(0, len(points), len(points))], size, 3).predict(points)
        both = np.bincount(label * size + again, minlength=size * size).reshape(size, size)
        either = sizes[:, None] + np.bincount(again, minlength=size)[None, :] - both
        total += (both / either).max(axis=1)
    return total / DRAWS


def _named(given: Customers, label: Ints, stability: Floats) -> list[Segment]:
    found: list[Segment] = []
    groups = [np.flatnonzero(label == group) for group in range(len(stability))]
    for group in np.argsort([given.recency[members].mean() for members in groups], kind="stable").tolist():
        members = groups[group]
        name = _name(given, members)
        found.append(
            Segment(
                name=name,
                rank=1 + sum(each.name == name for each in found),
                members=members,
                stability=float(stability[group]),
                recency=float(given.recency[members].mean()),
                frequency=float(given.frequency[members].mean()),
                value=None if given.value is None else float(given.value[members].mean()),
            )
        )
    return sorted(found, key=lambda each: (-len(each.members), each.recency))


def _name(given: Customers, members: Ints) -> tuple[str, ...]:
    """Return how a group's median customer lies beside the mean of all, in words that don't move with the groups."""
    name = [
        "recent" if np.median(given.recency[members]) <= given.recency.mean() else "past",
        "often" if np.median(given.frequency[members]) >= given.frequency.mean() else "seldom",
    ]
    if given.value is not None:
        name.append("much" if np.median(given.value[members]) >= given.value.mean() else "little")
    return tuple(name)
