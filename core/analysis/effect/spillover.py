"""Whether those held out felt what the others got: then a holdout shows too little, or too much."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from core.analysis.ties import Ties

Floats = NDArray[np.float64]
DOUBT = 0.01


@dataclass(frozen=True, kw_only=True)
class Spillover:
    """How the outcome of those held out goes with the share of their ties that was treated; `biased` where it does."""

    slope: float
    p: float
    biased: bool


def spillover(ties: Ties, treated: NDArray[np.bool_], outcome: Floats) -> Spillover:
    """Look for spill-over among the units that were not treated, one a member of `ties`.

    Exposure is the treated share of a member's tie weight (Aronow and Samii 2017); members without ties have none and
    are left out. The slope's error is robust (HC1, MacKinnon and White 1985).
    """
    weights = ties.undirected
    total = np.asarray(weights.sum(axis=1)).ravel()
    held = ~treated & (total > 0)
    exposure = (weights @ treated.astype(float))[held] / total[held]
    there = outcome[held]
    spread = exposure - exposure.mean() if held.any() else exposure
    size = float(spread @ spread)
    if held.sum() < 3 or size == 0.0:
        return Spillover(slope=0.0, p=1.0, biased=False)
    slope = float(spread @ there) / size
    left = there - there.mean() - slope * spread
    error = math.sqrt(float((spread**2 * left**2).sum()) * held.sum() / (held.sum() - 2)) / size
    p = float(2 * stats.norm.sf(abs(slope) / error)) if error else 1.0
    return Spillover(slope=slope, p=p, biased=p < DOUBT)
