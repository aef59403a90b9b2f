"""Before against after, beside others alike: difference in differences."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from core.analysis.effect.intervals import ALPHA

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FEW = 5  # treated units, below which the spread between them says little
_ROUNDS, _CLOSE = 10_000, 1e-12


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What being treated went along with; `few` says that too few units were treated for the interval to be trusted."""

    estimate: float
    ci_low: float
    ci_high: float
    units: int
    treated_units: int
    few: bool


def difference_in_differences(
    unit: Ints, time: Ints, treated: NDArray[np.bool_], outcome: Floats, alpha: float = ALPHA
) -> Difference:
    """Return the coefficient of `treated` beside an effect of each unit and each time.

    One row a unit and time, `treated` being true while it is; units and times are numbered from 0. Errors are
    clustered by unit (Liang and Zeger 1986, with the small-sample factor of Cameron and Miller 2015, t with as many
    degrees of freedom as units less one). Raise ValueError where the two sets of effects explain `treated` whole, as
    where it never changes within a unit.
    """
    d = _within(treated.astype(float), unit, time)
    y = _within(outcome, unit, time)
    weight = float(d @ d)
    if weight < 1e-9 * max(1.0, float(treated.sum())):
        raise ValueError("treated changes within no unit")
    estimate = float(d @ y) / weight
    scores = np.bincount(unit, weights=d * (y - estimate * d))
    units, rows = len(scores), len(y)
    # Effects of units lie within the clusters: only times and the coefficient count as estimated.
    free = rows - (len(np.unique(time)) + 1)
    factor = units / (units - 1) * (rows - 1) / max(free, 1)
    error = math.sqrt(float((scores**2).sum()) * factor) / weight
    half = float(stats.t.isf(alpha / 2, units - 1)) * error
    touched = len(np.unique(unit[treated]))
    return Difference(
        estimate=estimate,
        ci_low=estimate - half,
        ci_high=estimate + half,
        units=units,
        treated_units=touched,
        few=touched < FEW,
    )


def _within(values: Floats, unit: Ints, time: Ints) -> Floats:
    """Take the means of units and times away, in turns until none is left: panels may have holes."""
    left: Floats = values - values.mean()
    scale = max(float(np.abs(left).max()), 1.0)
    for _ in range(_ROUNDS):
        before = left
        for group in (unit, time):
            counts = np.bincount(group)
            left = left - (np.bincount(group, weights=left) / np.maximum(counts, 1))[group]
        if float(np.abs(left - before).max()) < _CLOSE * scale:
            break
    return left
