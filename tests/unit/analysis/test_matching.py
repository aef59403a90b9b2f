"""The best assignment, against every one there is."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest

from core.analysis.matching import assign


def best(worth: np.ndarray, capacity: list[int], spread: float) -> tuple[int, float]:
    """Return how many pairs there can be, and what they are worth at most, by trying everything."""
    found = (0, 0.0)
    for way in product(range(-1, worth.shape[1]), repeat=worth.shape[0]):
        load = Counter(column for column in way if column >= 0)
        pairs = [(row, column) for row, column in enumerate(way) if column >= 0]
        if all(load[each] <= capacity[each] for each in load) and all(worth[pair] > 0 for pair in pairs):
            less = sum(spread * count * (count - 1) / 2 for count in load.values())
            found = max(found, (len(pairs), sum(float(worth[pair]) for pair in pairs) - less))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_better(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    worth = drawn.integers(1, 25, (4, 3)) * (drawn.random((4, 3)) < 0.6)
    capacity, spread = drawn.integers(0, 4, 3).tolist(), float(seed % 3)
    pairs = assign(worth.tolist(), capacity, spread)
    load = Counter(column for _, column in pairs)
    less = sum(spread * count * (count - 1) / 2 for count in load.values())
    assert all(load[each] <= capacity[each] for each in load)
    assert len({row for row, _ in pairs}) == len(pairs)
    assert (len(pairs), sum(float(worth[pair]) for pair in pairs) - less) == best(worth, capacity, spread)


@pytest.mark.parametrize(("rows", "capacity"), [(0, [1, 2]), (3, []), (2, [0])])
def test_nobody_is_assigned_where_there_is_nobody(rows: int, capacity: list[int]) -> None:
    assert assign([[1.0] * len(capacity)] * rows, capacity) == []
