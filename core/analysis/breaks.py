"""The usual range of a daily figure by weekday, and since when it has left its level.

Levels are weighted means of days over the share that their weekday usually has. A change of level is looked for by the
likelihood ratio of counts with a known kind of spread: Höhle, Paul 2008, "Count data regression charts for the
monitoring of surveillance time series"; the range is that of Farrington and others 1996, "A statistical algorithm for
the early detection of outbreaks of infectious disease".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEEK = 7
LEAST_DAYS = 28  # before a change: less says nothing of weekdays
LATELY = 28  # days that a change may be old: then it is the level
LEAST_COUNT = 12  # in sum before a change: from less on it is a beginning
LEAST_CHANGE = 1.25  # times more or less: smaller ones aren't worth a word
THRESHOLD = 7.0  # of the likelihood ratio, set by simulation: see tests/unit/analysis/test_breaks.py
_FAR = 2.58  # standard deviations from which on a day says less about the level: Noufaily and others 2013
_FEAST = 5.0  # standard deviations above which a day counts no further
_WIDE = 1.96  # 95 of 100 days


@dataclass(frozen=True, slots=True)
class Range:
    """What is usual on each day, and between what it lies on 95 of 100 days."""

    expected: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A level that changed `days` ago and didn't come back: how much there was a day `before` and since then."""

    days: int
    before: float
    after: float

    @property
    def ratio(self) -> float:
        """Return how many times as much there is; 0 where nothing came any more."""
        return self.after / self.before


@dataclass(frozen=True, slots=True)
class _Level:
    rate: float
    spread: float  # variance over mean, 1 at least
    echo: float  # how alike a day and the next are, 0 to 0.9


def usual_range(values: Sequence[float], lately: int = 0) -> Range | None:
    """Return the usual range of each day, oldest first; None for fewer than four weeks, or nothing in them.

    What came in the last `lately` days says nothing of what is usual: as where the level has changed.
    """
    there = np.asarray(values, float)
    known = there[: len(there) - lately]
    if len(known) < LEAST_DAYS or not known.sum():
        return None
    shares = _shares(known, len(there))
    level = _level(known, shares[: len(known)])
    usual = level.rate * shares
    # The level itself is uncertain too, the more the fewer days it is of.
    spread = np.sqrt(level.spread * usual * (1 + 1 / len(known)))
    wide = 2 / 3 * _WIDE * spread / np.maximum(usual, 1e-9)
    low, high = usual * np.maximum(1 - wide, 0) ** 1.5, usual * (1 + wide) ** 1.5
    return Range(*(tuple(float(each) for each in side) for side in (usual, low, high)))


def latest_break(values: Sequence[float], lately: int = LATELY) -> Break | None:
    """Return the change of level within the last `lately` days, oldest first, that days since and before show best.

    None where there is none, or where fewer than four weeks lie before it.
    """
    there = np.array(values, float)
    most = min(lately, LATELY, len(there) - LEAST_DAYS)
    if most < 1 or not there.any():
        return None
    shares = _shares(there, len(there))
    before = there[: len(there) - most]
    if not before.sum():
        return None
    level = _level(before, shares[: len(before)])
    # One great day before isn't the level that days since then are compared with.
    limit = level.rate * shares + _FEAST * np.sqrt(level.spread * level.rate * shares)
    there[: len(before)] = np.minimum(before, limit[: len(before)])
    ages = np.arange(1, most + 1)
    since, due = np.cumsum(there[::-1])[:most], np.cumsum(shares[::-1])[:most]
    rest, left = there.sum() - since, shares.sum() - due
    gain = _entropy(since, due) + _entropy(rest, left) - _entropy(there.sum(), shares.sum())
    gain = gain / (level.spread * _together(level.echo, ages))
    best = int(np.argmax(gain))
    old, new = float(rest[best] / left[best]), float(since[best] / due[best])
    if gain[best] < THRESHOLD or rest[best] < LEAST_COUNT or 1 / LEAST_CHANGE < new / old < LEAST_CHANGE:
        return None
    last = min(best, WEEK - 1)
    week = float(since[last] / due[last])
    if (week - old) * (new - old) < (new - old) ** 2 / 2:  # it came back
        return None
    return Break(int(ages[best]), old, new)


def _entropy(count: Floats | float, due: Floats | float) -> Floats:
    """Return the logarithm of a likelihood at its maximum, but for what all share."""
    return np.asarray(count * np.log(np.maximum(count, 1e-9) / due), float)


def _shares(values: Floats, days: int) -> Floats:
    """Return how much of a mean day each of so many days has by its weekday; few weeks are drawn towards 1."""
    mean = values.mean()
    by_weekday = np.ones(WEEK)
    for weekday in range(WEEK):
        mine = values[weekday::WEEK]
        # A week's worth of the mean: one event moves no weekday.
        by_weekday[weekday] = (np.minimum(mine, 3 * np.median(mine) + mean).sum() + mean) / (mean * (len(mine) + 1))
    by_weekday /= by_weekday.mean()
    return by_weekday[np.arange(days) % WEEK]


def _level(values: Floats, shares: Floats) -> _Level:
    weights = np.ones(len(values))
    rate, spread = values.sum() / shares.sum(), 1.0
    away = np.zeros(len(values))
    for _ in range(8):
        away = (values - rate * shares) / np.sqrt(np.maximum(rate * shares, 1e-9))
        spread = max(1.0, float((weights * away**2).sum() / max(weights.sum() - WEEK, 1)))
        far = np.abs(away) / (_FAR * np.sqrt(spread))
        weights = np.where(far > 1, 1 / np.maximum(far, 1) ** 2, 1.0)
        rate = float((weights * values).sum() / (weights * shares).sum())
    kept = away * np.sqrt(weights)
    echo = float((kept[1:] * kept[:-1]).sum() / max((kept**2).sum(), 1e-9))
    return _Level(rate, spread, min(max(echo, 0.0), 0.9))


def _together(echo: float, ages: NDArray[np.int64]) -> Floats:
    """Return by how much days that are like their neighbours spread more than others (Bayley, Hammersley 1946)."""
    if not echo:
        return np.ones(len(ages))
    return (1 + echo) / (1 - echo) - 2 * echo * (1 - echo**ages) / (ages * (1 - echo) ** 2)
