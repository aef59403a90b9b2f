"""Generated communities with planted circles and heavy-tailed activity, for benchmarks and tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.analysis.ties import Rows, Ties


@dataclass(frozen=True, eq=False)
class Planted:
    """Ties and the circle each member was put into; `rows` is what was counted, repeats included."""

    ties: Ties
    rows: Rows
    circle: npt.NDArray[np.int64]


def planted(members: int, each: int = 10, seed: int = 1, outside: float = 0.25) -> Planted:
    """Return about `each` ties a member; `outside` of them leave the circle, a third are answered.

    Activity and circle sizes follow power laws (exponents 2.3 and 2.5), capped at the root of the members.
    """
    chance = np.random.default_rng(seed)
    circles = max(2, round(members**0.5 / 2))
    share = chance.pareto(1.5, circles) + 1.0
    circle = chance.choice(circles, members, p=share / share.sum())
    eager = np.minimum(chance.pareto(1.3, members) + 1.0, members**0.5)
    order = np.argsort(circle, kind="stable")
    bounds = np.searchsorted(circle[order], np.arange(circles + 1))
    reach = np.concatenate([[0.0], np.cumsum(eager[order])])
    count = int(members * each / 1.25)
    source = chance.choice(members, count, p=eager / eager.sum())
    low, high = reach[bounds[circle[source]]], reach[bounds[circle[source] + 1]]
    inside = chance.random(count) > outside
    at = np.where(inside, low + (high - low) * chance.random(count), reach[-1] * chance.random(count))
    target = order[np.minimum(np.searchsorted(reach[1:], at, side="right"), members - 1)]
    weight = chance.geometric(0.4, count).astype(np.float64)
    back = chance.random(count) < 1 / 3
    rows = Rows(
        np.concatenate([source, target[back]]),
        np.concatenate([target, source[back]]),
        np.concatenate([weight, weight[back]]),
    )
    return Planted(Ties.of([f"m{i:07d}" for i in range(members)], rows), rows, circle)


def agreement(found: npt.NDArray[np.int64], true: npt.NDArray[np.int64]) -> float:
    """Return normalised mutual information: Danon et al. (2005), 1 where the two say the same."""
    known = found > 0
    one = np.unique(found[known], return_inverse=True)[1]
    other = np.unique(true[known], return_inverse=True)[1]
    both = np.bincount(one * (other.max() + 1) + other).astype(np.float64)
    both /= both.sum()
    together = _entropy(both)
    apart = _entropy(np.bincount(one) / len(one)), _entropy(np.bincount(other) / len(other))
    return 2.0 * (sum(apart) - together) / sum(apart)


def _entropy(shares: npt.NDArray[np.float64]) -> float:
    there = shares[shares > 0]
    return float(-(there * np.log(there)).sum())
