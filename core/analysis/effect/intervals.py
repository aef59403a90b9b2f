"""How far an estimate may be off: at one planned look, and at any number of looks. All of it takes arrays too."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import stats

ALPHA = 0.05
#: Variance of the mixture in units of the estimate's at the planned end, where 7 to 10 make the interval narrowest.
MIXTURE = 8.0
_LARGEST = 700.0  # the exponent at which a float ends
Number = TypeVar("Number", float, NDArray[np.float64])


def share_spread(successes: Number, n: Number) -> Number:
    """Return the variance of one unit whose outcome is 0 or 1, counting one success and one failure more.

    Without them (Agresti and Caffo 2000) a rare outcome would look certain.
    """
    share = (successes + 1.0) / (n + 2.0)
    return share * (1.0 - share)


def difference_variance(spread1: Number, n1: Number, spread0: Number, n0: Number) -> Number:
    """Return the variance of the difference between the means of `n1` and `n0` units of these variances."""
    return spread1 / n1 + spread0 / n0


def fixed_half_width(variance: Number, alpha: float = ALPHA) -> Number:
    """Return the half width of a normal interval around an estimate of this variance, for one planned look."""
    half: Number = float(stats.norm.isf(alpha / 2)) * np.sqrt(variance)
    return half


def always_half_width(variance: Number, mixture: Number, alpha: float = ALPHA) -> Number:
    """Return the half width of an interval that holds at all looks together.

    `variance` is the estimate's at this look, `mixture` the variance of the normal distribution over effects, chosen
    before the first look; both above 0. The interval inverts the mixture sequential probability ratio test (Robbins
    1970; Johari, Koomen, Pekelis and Walsh 2017, equation 7), with 2σ²/n written as one variance.
    """
    ratio = variance / mixture
    half: Number = np.sqrt(2.0 * variance * (1.0 + ratio) * (np.log(1.0 / alpha) + 0.5 * np.log1p(1.0 / ratio)))
    return half


def e_value(estimate: Number, variance: Number, mixture: Number) -> Number:
    """Return the mixture's likelihood ratio against no effect: at least 1/α at any look with probability α at most."""
    exponent = estimate**2 * mixture / (2.0 * variance * (variance + mixture))
    value: Number = np.exp(np.minimum(exponent - 0.5 * np.log1p(mixture / variance), _LARGEST))
    return value
