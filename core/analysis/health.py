"""How a community does as a whole, and what is most unusual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.analysis import measures
from core.analysis.ties import Floats, Ints, Ties
from core.domain.network_result import Change, Health

STEADY = 0.02  # a change is measured against at least this share of the earlier mean


def health(ties: Ties, part: Ints | None) -> Health:
    """Return the figures of the whole; `part` is each member's circle, None where circles can't be told."""
    count, label = measures.components(ties.matrix)
    return Health(
        nodes=len(ties),
        ties=ties.matrix.nnz,
        weight=ties.weight,
        reciprocity=measures.reciprocity(ties.matrix, ties.undirected),
        components=count,
        modularity=None if part is None else measures.modularity(ties.undirected, part),
        decentralisation=measures.decentralisation(ties.contacts),
        fragmentation=measures.fragmentation(label),
        gini=measures.gini(np.asarray(ties.matrix.sum(axis=1), np.float64).ravel()),
    )


def most_unusual(weeks: Sequence[Mapping[str, float | None]]) -> list[Change]:
    """Return the figures of the newest week, the most unusual first, against the weeks before.

    Strength is the z-score against the earlier weeks, as on Shewhart's charts (1931); a spread below 2 % of the
    mean counts as that, so that a figure that never moved doesn't shout at its first step. Empty below three
    weeks.
    """
    if len(weeks) < 3:
        return []
    changes = []
    for figure, now in weeks[-1].items():
        earlier = [value for week in weeks[:-1] if (value := week[figure]) is not None]
        if now is None or len(earlier) < 2:
            continue
        mean = float(np.mean(earlier))
        spread = max(float(np.std(earlier, ddof=1)), STEADY * abs(mean))
        strength = (now - mean) / spread if spread else 0.0
        changes.append(Change(figure=figure, before=mean, now=float(now), strength=strength))
    return sorted(changes, key=lambda change: -abs(change.strength))


@dataclass(frozen=True, eq=False)
class Arrivals:
    """When members came and first wrote, and who addressed whom when; all times in days since 1970.

    `joined` and `first_wrote` have an entry for each member, NaN where it never happened; `source`, `target` and
    `at` are the replies and mentions, one entry a row.
    """

    joined: Floats
    first_wrote: Floats
    source: Ints
    target: Ints
    at: Floats


@dataclass(frozen=True, eq=False)
class Welcome:
    """How newcomers were received; arrays have an entry for each newcomer."""

    newcomer: Ints  # positions of members
    wrote: np.ndarray[tuple[int], np.dtype[np.bool_]]
    waited: Floats  # days from the first message (from joining without one) to the first answer; NaN: none
    by: Ints  # who answered first, -1 for nobody

    @property
    def share(self) -> float | None:
        """Return which share of those who wrote was answered; None where nobody wrote."""
        return float((self.by[self.wrote] >= 0).mean()) if self.wrote.any() else None

    @property
    def median_wait(self) -> float | None:
        """Return the days after which half of the answered had their first answer."""
        waited = self.waited[self.wrote & (self.by >= 0)]
        return float(np.median(waited)) if len(waited) else None

    @property
    def unanswered(self) -> Ints:
        """Return who wrote and got no answer."""
        return np.asarray(self.newcomer[self.wrote & (self.by < 0)], np.int64)


def welcome(arrivals: Arrivals, since: float, until: float, within: float = 7.0) -> Welcome:
    """Return how those who joined from `since` to `until` were received: answered within so many days.

    The first who addressed a newcomer after its first message counts as the answer; a newcomer that didn't write
    is counted from joining. Nobody answers themself.
    """
    came = np.flatnonzero((arrivals.joined >= since) & (arrivals.joined < until))
    wrote = ~np.isnan(arrivals.first_wrote)
    start = np.where(wrote, np.fmax(arrivals.first_wrote, arrivals.joined), arrivals.joined)
    valid = (arrivals.source != arrivals.target) & (arrivals.at >= start[arrivals.target])
    valid &= arrivals.at - start[arrivals.target] <= within
    rows = np.flatnonzero(valid)
    rows = rows[np.lexsort((arrivals.source[rows], arrivals.at[rows]))]
    target, first = np.unique(arrivals.target[rows], return_index=True)
    waited = np.full(len(arrivals.joined), np.nan)
    by = np.full(len(arrivals.joined), -1, np.int64)
    waited[target] = arrivals.at[rows[first]] - start[target]
    by[target] = arrivals.source[rows[first]]
    return Welcome(came, wrote[came], waited[came], by[came])
