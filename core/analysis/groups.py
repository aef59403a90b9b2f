"""Groups of points, where they hold: found again in samples, and closer together than slices of an even spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from threadpoolctl import ThreadpoolController

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SIZES = range(3, 7)
STABLE = 0.75  # Jaccard from which on a group counts as found again
CLOSER = 0.7  # of an even spread's squared distances, below which there is more than a cloud
_DRAWS = 30
_SPREADS = 10
_BY_LOT = 0.01  # probability from which on what differs between groups may be chance
_MOST_FOR_SHAPE = 2_000  # points by which the shape of groups is judged
# Threads that wait for each other on a busy machine take forty times as long as one.
_THREADS = ThreadpoolController()


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """The group of each point, each group's stability (0 to 1), and by which columns they are told apart."""

    label: Ints
    stability: Floats
    columns: tuple[int, ...]


def groups(points: Floats) -> Groups | None:
    """Return 3 to 6 groups of standardised points, by k-means; None where no number of groups holds.

    A number of groups holds where each is found again in bootstrap samples with a Jaccard of 0.75 on average (Hennig
    2007), and where squared distances within are below 0.7 of those in slices of points spread evenly over the same
    room (Tibshirani, Walther, Hastie 2001). Of those the best silhouette (Rousseeuw 1987). A column that the groups by
    the others don't differ in is left out where groups are closer without it.
    """
    random = np.random.default_rng(0)
    with _THREADS.limit(limits=1):
        for columns, spread in reversed(_choices(points, random)):
            found = _best(points[:, columns], spread, random)
            if found is not None:
                return Groups(label=found[0], stability=found[1], columns=columns)
    return None


def _choices(points: Floats, random: np.random.Generator) -> list[tuple[tuple[int, ...], dict[int, float]]]:
    """Return all columns, then ever fewer, as long as leaving one out that says nothing brings groups closer."""
    columns = tuple(range(points.shape[1]))
    found = [(columns, _closeness(points, random))]
    while len(columns) > 1:
        rests = [
            tuple(one for one in columns if one != each) for each in columns if _says_nothing(points, columns, each)
        ]
        tried = [(rest, _closeness(points[:, rest], random)) for rest in rests]
        tried = [each for each in tried if _closest(each[1]) < _closest(found[-1][1])]
        if not tried:
            break
        found.append(min(tried, key=lambda each: _closest(each[1])))
        columns = found[-1][0]
    return found


def _says_nothing(points: Floats, columns: tuple[int, ...], column: int) -> bool:
    """Say whether groups by the other columns may differ by chance alone in one (Kruskal, Wallis 1952; Bonferroni)."""
    rest, values = points[:, [each for each in columns if each != column]], points[:, column]
    labels = [_fit(rest, size, 3).labels_ for size in _sizes(rest)]
    chance = [stats.kruskal(*(values[label == each] for each in np.unique(label))).pvalue for label in labels]
    return bool(chance) and min(chance) * len(chance) > _BY_LOT


def _closest(closeness: dict[int, float]) -> float:
    return min(closeness.values(), default=np.inf)


def _sizes(points: Floats) -> range:
    """Return the numbers of groups for which there are enough different points."""
    return range(SIZES.start, min(SIZES.stop, len(np.unique(points, axis=0))))


def _closeness(points: Floats, random: np.random.Generator) -> dict[int, float]:
    """Return for each number of groups their squared distances within, beside those of an even spread.

    Both are shares of the squared distances from the middle of all. Spread is over the box along the principal axes,
    since of all clouds without groups such a one falls into slices best.
    """
    sizes = _sizes(points)
    some = points[random.permutation(len(points))[:_MOST_FOR_SHAPE]]
    turned = (some - some.mean(axis=0)) @ np.linalg.svd(some - some.mean(axis=0), full_matrices=False)[2].T
    spreads = [random.uniform(turned.min(axis=0), turned.max(axis=0), turned.shape) for _ in range(_SPREADS)]
    found = {}
    for size in sizes:
        even = np.mean([np.log(_within(each, size, 3)) for each in spreads])
        found[size] = float(np.exp(np.log(_within(some, size, 10)) - even))
    return found


def _within(points: Floats, size: int, starts: int) -> float:
    return float(_fit(points, size, starts).inertia_ / ((points - points.mean(axis=0)) ** 2).sum()) + 1e-12


def _best(points: Floats, closeness: dict[int, float], random: np.random.Generator) -> tuple[Ints, Floats] | None:
    best: tuple[float, Ints, Floats] | None = None
    for size in (each for each, close in closeness.items() if close < CLOSER):
        label = _fit(points, size, 10).labels_
        stability = _stability(points, label, size, random)
        chosen = random.permutation(len(points))[:_MOST_FOR_SHAPE]
        if stability.min() < STABLE or len(np.unique(label[chosen])) < 2:
            continue
        shape = float(silhouette_score(points[chosen], label[chosen]))
        if best is None or shape > best[0]:
            best = (shape, label, stability)
    return None if best is None else best[1:]


def _fit(points: Floats, size: int, starts: int) -> KMeans:
    return KMeans(size, n_init=starts, random_state=0).fit(points)


def _stability(points: Floats, label: Ints, size: int, random: np.random.Generator) -> Floats:
    """Return for each group the mean Jaccard with the likest group of each bootstrap sample."""
    total = np.zeros(size)
    sizes = np.bincount(label, minlength=size)
    for _ in range(_DRAWS):
        again = _fit(points[random.integers(0, len(points), len(points))], size, 3).predict(points)
        both = np.bincount(label * size + again, minlength=size * size).reshape(size, size)
        either = sizes[:, None] + np.bincount(again, minlength=size)[None, :] - both
        total += (both / either).max(axis=1)
    return total / _DRAWS
