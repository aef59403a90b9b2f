"""What a survey says: NPS and shares with their intervals, and what all would say, of whom some answered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_Z = 1.959963984540054  # of a two-sided 95 %
_ADDED = 3.0  # answers, half of them in the middle and a quarter at each end


@dataclass(frozen=True, slots=True)
class Score:
    """A figure from -1 to 1 with its 95 % interval."""

    value: float
    low: float
    high: float


def nps(low: float, middle: float, high: float) -> Score:
    """Return the share of promoters less that of detractors, of counts of detractors, passives and promoters.

    The interval is the adjusted Wald one: three answers are added, of which ¾ are detractors and ¾ promoters, and the
    variance is that of a score of -1, 0 and 1 (Rocks 2016). Raise ValueError where nobody answered.
    """
    n = low + middle + high
    if n <= 0:
        raise ValueError("nobody answered")
    more = n + _ADDED
    up, down = (high + _ADDED / 4) / more, (low + _ADDED / 4) / more
    error = _Z * math.sqrt((up + down - (up - down) ** 2) / more)
    return Score((high - low) / n, max(up - down - error, -1.0), min(up - down + error, 1.0))


def share(high: float, n: float) -> Score:
    """Return a share with its interval (Wilson 1927); raise ValueError where nobody answered."""
    if n <= 0:
        raise ValueError("nobody answered")
    part, more = high / n, 1 + _Z * _Z / n
    middle = (part + _Z * _Z / (2 * n)) / more
    half = _Z * math.sqrt(part * (1 - part) / n + _Z * _Z / (4 * n * n)) / more
    return Score(part, max(middle - half, 0.0), min(middle + half, 1.0))


def strata(answered: Sequence[int], least: int) -> list[tuple[int, int]]:
    """Return neighbouring strata joined until each has `least` answers, as (first, behind the last)."""
    joined: list[tuple[int, int]] = []
    first = had = 0
    for at, count in enumerate(answered):
        had += count
        if had >= least:
            joined.append((first, at + 1))
            first, had = at + 1, 0
    if first < len(answered) and joined:
        joined[-1] = (joined[-1][0], len(answered))
    return joined


def weighted(counts: Floats, people: Floats) -> Floats:
    """Return the share of each answer among all, of `counts` (strata by answers) and how many `people` a stratum has.

    Each stratum counts by its people in place of its answers: answers are weighted by the inverse of the stratum's
    response rate (post-stratification; Holt, Smith 1979). Raise ValueError for a stratum without answers.
    """
    answered = counts.sum(axis=1)
    if (answered <= 0).any() or people.sum() <= 0:
        raise ValueError("a stratum without answers says nothing of its people")
    return np.asarray((people / people.sum()) @ (counts / answered[:, None]))
