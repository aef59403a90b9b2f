"""Who goes to whom, where one can take several: the best assignment there is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment


def assign(worth: Sequence[Sequence[float]], capacity: Sequence[int], spread: float = 0.0) -> list[tuple[int, int]]:
    """Return pairs (row, column): as many as there can be, and of all such ways one that is worth most.

    `worth` is what row and column are worth together, 0 where they can't be. A column takes as many rows as its
    `capacity`, each further one worth `spread` less. Exact, by scipy's linear_sum_assignment (Crouse 2016).
    """
    rows, columns = len(worth), len(capacity)
    room = np.minimum(np.asarray(capacity, dtype=np.int64), rows)
    places = np.repeat(np.arange(columns), room)
    if not len(places):
        return []
    nth = np.arange(len(places)) - np.repeat(np.cumsum(room) - room, room)
    together = np.asarray(worth, dtype=np.float64)[:, places]
    possible, gain = together > 0, together - spread * nth
    more = 2 * rows * (np.abs(gain).max() + 1)  # one more pair is worth more than any better ones
    chosen = linear_sum_assignment(np.where(possible, gain + more, 0.0), maximize=True)
    return [(int(row), int(places[at])) for row, at in zip(*chosen, strict=True) if possible[row, at]]
