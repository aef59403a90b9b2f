"""What a new ranking would have brought, judged on the logs of an old one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.recommend.signals import Floats, Numbers

FEWEST = 100.0  # effective sample size below which nothing is said
Z = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Reward of a policy per showing; `ess` is how many showings under that policy the logs are worth.

    The figures are None where `refused`.
    """

    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    ess: float
    refused: bool


def judge(reward: Floats, propensity: Floats, policy: Floats, position: Numbers | None = None) -> Judgement:
    """Return the value of a policy from logs: SNIPS (Swaminathan, Joachims 2015), one row a showing.

    `propensity` and `policy` are the probabilities, in the log's ranking and in the judged one, of what was shown;
    `position` numbers the place in the list: each place is normalised by itself and counts by its share of the logs.
    """
    weight = policy / propensity
    spread = float((weight**2).sum())
    ess = float(weight.sum()) ** 2 / spread if spread else 0.0
    if ess < FEWEST:
        return Judgement(estimate=None, ci_low=None, ci_high=None, ess=ess, refused=True)
    if position is not None:
        count = np.bincount(position)
        total = np.bincount(position, weights=weight)
        weight = weight * np.divide(count, total, out=np.zeros(len(count)), where=total > 0)[position]
    value = float((weight * reward).sum() / weight.sum())
    if np.isin(reward, (0.0, 1.0)).all():
        low, high = _wilson(value, ess)
    else:
        half = Z * float(np.sqrt((weight**2 * (reward - value) ** 2).sum())) / float(weight.sum())
        low, high = value - half, value + half
    return Judgement(estimate=value, ci_low=low, ci_high=high, ess=ess, refused=False)


def _wilson(share: float, n: float) -> tuple[float, float]:
    """Return the interval of a share (Wilson 1927), which has a width where nothing was seen, too."""
    middle = (share + Z**2 / (2.0 * n)) / (1.0 + Z**2 / n)
    half = Z / (1.0 + Z**2 / n) * float(np.sqrt(share * (1.0 - share) / n + Z**2 / (4.0 * n**2)))
    return max(0.0, middle - half), min(1.0, middle + half)
