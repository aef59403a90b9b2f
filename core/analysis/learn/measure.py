"""How good probabilities are: whether they rank, whether they mean what they say, and better than the base rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
BINS = 10
SLOPES = (0.8, 1.25)  # of the calibration line, beyond which probabilities are too bold or too timid
_EDGE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How probabilities did on rows that they were not learned from.

    `ece_floor` is what 95 of 100 perfect models stay under with as many rows. `better` says that the Brier score beats
    the base rate's by more than chance.
    """

    n: int
    positives: int
    auc: float
    brier: float
    brier_base: float
    ece: float
    ece_floor: float
    slope: float | None
    spiegelhalter_p: float
    calibrated: bool
    better: bool


def quality(label: Bools, chance: Floats, base: float) -> Quality:
    """Return how well `chance` foretold `label`, beside always saying `base`; both classes must be there."""
    ece, floor, slope, p = (
        ece_of(label, chance),
        ece_floor(chance),
        slope_of(label, chance),
        spiegelhalter(label, chance),
    )
    brier, brier_base = float(np.mean((chance - label) ** 2)), float(np.mean((base - label) ** 2))
    sloped = slope is not None and SLOPES[0] <= slope <= SLOPES[1]
    return Quality(
        n=len(label),
        positives=int(label.sum()),
        auc=auc_of(label, chance),
        brier=brier,
        brier_base=brier_base,
        ece=ece,
        ece_floor=floor,
        slope=slope,
        spiegelhalter_p=p,
        calibrated=ece <= floor and sloped and p > 0.05,
        better=beats_base(label, chance, base),
    )


def beats_base(label: Bools, chance: Floats, base: float) -> bool:
    """Say whether squared errors are below those of the base rate in a paired one-sided test at 5 %."""
    gain = (base - label) ** 2 - (chance - label) ** 2
    error = float(gain.std(ddof=1)) / np.sqrt(len(gain))
    return bool(gain.mean() > float(stats.norm.isf(0.05)) * error) and bool(gain.mean() > 0.0)


def auc_of(label: Bools, chance: Floats) -> float:
    """Return how often a row that came true got more than one that didn't (Mann and Whitney 1947)."""
    ranks = stats.rankdata(chance)
    yes = int(label.sum())
    return float((ranks[label].sum() - yes * (yes + 1) / 2) / (yes * (len(label) - yes)))


def _bins(chance: Floats) -> NDArray[np.int64]:
    """Return the bin of each row: ten of equal width (Guo and others 2017)."""
    return np.minimum((chance * BINS).astype(np.int64), BINS - 1)


def ece_of(label: Bools, chance: Floats) -> float:
    """Return the expected calibration error: by how far bins miss what they say, weighted by their rows."""
    return float(np.abs(np.bincount(_bins(chance), label - chance, BINS)).sum() / len(label))


def ece_floor(chance: Floats, quantile: float = 0.95, draws: int = 1_000) -> float:
    """Return the error that a perfect model stays under in `quantile` of cases: labels drawn from `chance` itself."""
    bins = _bins(chance)
    spread = np.sqrt(np.bincount(bins, chance * (1.0 - chance), BINS))
    random = np.random.default_rng(0)
    if len(chance) > 5_000:  # a bin's sum of many draws is normal
        sums = random.standard_normal((draws, BINS)) * spread
    else:
        order = np.argsort(bins, kind="stable")
        starts = np.flatnonzero(np.diff(bins[order], prepend=-1))
        sorted_chance = chance[order]
        sums = np.array(
            [
                np.add.reduceat((random.random(len(chance)) < sorted_chance) - sorted_chance, starts).tolist()
                for _ in range(draws)
            ]
        )
    return float(np.quantile(np.abs(sums).sum(axis=1) / len(chance), quantile))


def slope_of(label: Bools, chance: Floats) -> float | None:
    """Return the slope of the label on the log-odds (Cox 1958): 1 where they are right, None where all are equal."""
    odds = logit(chance)
    if float(np.ptp(odds)) < _EDGE:
        return None
    return calibration_line(label, odds)[1]


def spiegelhalter(label: Bools, chance: Floats) -> float:
    """Return the p-value of calibration (Spiegelhalter 1986): small where probabilities are wrong."""
    chance = np.clip(chance, _EDGE, 1.0 - _EDGE)
    spread = float(np.sum((1.0 - 2.0 * chance) ** 2 * chance * (1.0 - chance)))
    z = float(np.sum((label - chance) * (1.0 - 2.0 * chance))) / np.sqrt(max(spread, _EDGE))
    return float(2.0 * stats.norm.sf(abs(z)))


def logit(chance: Floats) -> Floats:
    """Return the log-odds of probabilities, finite for 0 and 1 too."""
    odds: Floats = special.logit(np.clip(chance, _EDGE, 1.0 - _EDGE))
    return odds


def calibration_line(label: Bools, odds: Floats) -> tuple[float, float]:
    """Return intercept and slope of the label on log-odds, by Newton's method (Platt 1999, with his targets)."""
    yes = int(label.sum())
    target = np.where(label, (yes + 1.0) / (yes + 2.0), 1.0 / (len(label) - yes + 2.0))
    centre, width = float(odds.mean()), float(odds.std()) or 1.0
    x = np.column_stack([np.ones(len(odds)), (odds - centre) / width])
    weights = np.array([float(special.logit(target.mean())), 0.0])
    for _ in range(50):
        chance = special.expit(x @ weights)
        curve = (x * (chance * (1.0 - chance))[:, None]).T @ x + 1e-9 * np.eye(2)
        step = np.linalg.solve(curve, x.T @ (target - chance))
        weights = weights + step
        if float(np.abs(step).max()) < 1e-10:
            break
    slope = float(weights[1]) / width
    return float(weights[0]) - slope * centre, slope
