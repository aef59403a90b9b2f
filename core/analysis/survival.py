"""How long people stay, with those who are still there and those seen only from some time on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Survival:
    """A Kaplan–Meier curve: one entry for each time at which somebody left or was last seen.

    `left_out` counts rows that were never under observation: they ended when they entered. `broken` says that at some
    time everybody under observation left although others came under observation later: the curve is 0 from there on.
    """

    times: Floats
    at_risk: Ints
    events: Ints
    share: Floats
    low: Floats
    high: Floats
    n: int
    left_out: int
    broken: bool

    def median(self) -> tuple[float | None, float | None, float | None]:
        """Return the time by which half have left, with the ends of its interval; None for what isn't reached.

        The interval inverts that of the curve (Brookmeyer and Crowley 1982).
        """
        return _first(self.times, self.share), _first(self.times, self.low), _first(self.times, self.high)


def kaplan_meier(
    duration: Floats, event: NDArray[np.bool_], entry: Floats | None = None, level: float = 0.95
) -> Survival:
    """Return the share that stays longer than each time (Kaplan and Meier 1958).

    `entry` is the time from which on somebody was observed, not after `duration`: who came under observation late is
    at risk only from then on. Intervals are Greenwood's on the log-log scale (Kalbfleisch and Prentice 1980); before
    the first event the exact one, and where nobody is left the upper end of the time before.
    Raise ValueError for an entry after the end.
    """
    begin = np.full(len(duration), -np.inf) if entry is None else entry
    if np.any(begin > duration):
        raise ValueError("an entry lies after the end")
    seen = begin < duration
    begin, end, gone = begin[seen], duration[seen], event[seen]
    times = np.unique(end)
    events = np.bincount(np.searchsorted(times, end[gone]), minlength=len(times)).astype(np.int64)
    # Under observation at t: entered before t, and not gone before t.
    at_risk = np.searchsorted(np.sort(begin), times, "left") - np.searchsorted(np.sort(end), times, "left")
    share = np.cumprod(1.0 - events / at_risk, dtype=np.float64)
    low, high = _log_log(share, _greenwood(events, at_risk), at_risk, level)
    emptied = np.flatnonzero(events == at_risk)
    return Survival(
        times=times,
        at_risk=at_risk.astype(np.int64),
        events=events,
        share=share,
        low=low,
        high=high,
        n=len(end),
        left_out=int((~seen).sum()),
        broken=bool(len(emptied) and emptied[0] < len(times) - 1),
    )


def _greenwood(events: Ints, at_risk: Ints) -> Floats:
    left = at_risk - events
    return np.cumsum(np.divide(events, at_risk * left, out=np.zeros(len(events)), where=left > 0))


def _log_log(share: Floats, variance: Floats, at_risk: Ints, level: float) -> tuple[Floats, Floats]:
    between = (share > 0.0) & (share < 1.0)
    log = np.log(share, where=between, out=np.full(len(share), -1.0))
    spread = float(stats.norm.isf((1.0 - level) / 2)) * np.sqrt(variance) / -log
    low = np.where(between, np.exp(log * np.exp(spread)), 0.0)
    high = np.where(between, np.exp(log * np.exp(-spread)), 1.0)
    nobody_yet = share == 1.0
    low[nobody_yet] = ((1.0 - level) / 2) ** (1.0 / at_risk[nobody_yet])
    if np.any(share == 0.0):
        first = int(np.argmax(share == 0.0))
        high[first:] = high[first - 1] if first else 1.0
    return low, high


def _first(times: Floats, share: Floats) -> float | None:
    reached = np.flatnonzero(share <= 0.5)
    return float(times[reached[0]]) if len(reached) else None


@dataclass(frozen=True, kw_only=True)
class ShiftedBetaGeometric:
    """How contracts end: each has its own probability to end at a renewal, drawn from Beta(alpha, beta)."""

    alpha: float
    beta: float

    def surviving(self, renewals: int) -> Floats:
        """Return the share that is left after 0, 1, … `renewals` renewals."""
        number = np.arange(renewals + 1)
        logs = special.betaln(self.alpha, self.beta + number) - special.betaln(self.alpha, self.beta)
        share: Floats = np.exp(logs)
        return share

    def retention(self, renewals: int) -> Floats:
        """Return the share that renews at renewal 1, 2, … `renewals`, of those who are there."""
        number = np.arange(1, renewals + 1)
        share: Floats = (self.beta + number - 1) / (self.alpha + self.beta + number - 1)
        return share


def shifted_beta_geometric(lost: Floats, renewed: Floats) -> ShiftedBetaGeometric | None:
    """Fit by maximum likelihood how many ended and how many went on at renewal 1, 2, … (Fader and Hardie 2007).

    Who is watched for a part of the renewals alone counts at those. Return None where two renewals at which somebody
    ended aren't there: nothing tells alpha from beta then.
    """
    if np.count_nonzero(lost) < 2:
        return None
    number, total = np.arange(1, len(lost) + 1), float(np.sum(lost) + np.sum(renewed))

    def loss(logs: Floats) -> float:
        alpha, beta = np.exp(logs)
        there = np.log(alpha + beta + number - 1)
        return -float(lost @ (np.log(alpha) - there) + renewed @ (np.log(beta + number - 1) - there)) / total

    found = optimize.minimize(loss, np.zeros(2), method="L-BFGS-B", bounds=[(-7.0, 12.0)] * 2, tol=1e-12)
    return ShiftedBetaGeometric(alpha=float(np.exp(found.x[0])), beta=float(np.exp(found.x[1])))
