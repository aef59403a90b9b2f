"""An experiment whose arms were drawn at random: differences, intervals, and whether the draw can be trusted."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from core.analysis.effect.intervals import (
    ALPHA,
    MIXTURE,
    always_half_width,
    difference_variance,
    e_value,
    fixed_half_width,
    share_spread,
)

Floats = NDArray[np.float64]
POWER = 0.8
UNBALANCED = 0.001  # a ratio of arms, or a difference before the start, that chance brings more rarely is no chance
UNLIKE = 0.1  # standard deviations between arms before the start (Austin 2009)


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One arm: how many units and their mean outcome."""

    name: str
    n: int
    mean: float


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """An arm against the control: the difference of means and how far it may be off.

    `ci` holds at one planned look, `always_valid` at any number of them; `p` belongs to `ci`, `e` to `always_valid`.
    `mde` is the smallest effect that as many units would show with a probability of 80 %.
    """

    arm: str
    estimate: float
    ci_low: float
    ci_high: float
    p: float
    always_valid_low: float
    always_valid_high: float
    e: float
    mde: float


@dataclass(frozen=True, kw_only=True)
class SampleRatio:
    """Whether the arms have the sizes that the draw was to give."""

    p: float
    ok: bool


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """All arms of an experiment against its control; `unlike` names arms that differed from it before the start."""

    control: str
    arms: list[Arm]
    comparisons: list[Comparison]
    srm: SampleRatio
    unlike: list[str]


def experiment(
    arms: Sequence[str] | NDArray[np.str_],
    outcome: Floats,
    *,
    control: str,
    pre: Floats | None = None,
    cluster: NDArray[np.int64] | None = None,
    time: NDArray[np.int64] | None = None,
    shares: Mapping[str, float] | None = None,
    alpha: float = ALPHA,
) -> Experiment:
    """Compare every arm with `control`, one row a unit.

    `pre` is the outcome (or what goes with it) before the start, which takes away what units differed in already;
    `cluster` numbers the unit of the draw where it has several rows; `time` numbers when each row's outcome was known,
    and the interval for any look is then what all looks so far leave; `shares` are the arms' shares of the draw, equal
    where left out. Raise ValueError where there are fewer than two arms or an arm has fewer than two units.
    """
    named = np.asarray(arms)
    compared = outcome if pre is None else adjusted(outcome, pre)
    names = [control, *sorted({str(name) for name in named} - {control})]
    places = {name: named == name for name in names}
    if len(names) < 2 or min(int(there.sum()) for there in places.values()) < 2:
        raise ValueError("two arms of two units at least")
    base = places[control]
    comparisons, unlike = [], []
    for name in names[1:]:
        both = base | places[name]
        some = [None if column is None else column[both] for column in (cluster, time)]
        comparisons.append(_looked_at(name, compared[both], places[name][both], some[0], some[1], alpha))
        if pre is not None and _differs(pre[places[name]], pre[base]):
            unlike.append(name)
    found = [Arm(name=name, n=int(there.sum()), mean=float(outcome[there].mean())) for name, there in places.items()]
    units = found if cluster is None else [_clusters(arm.name, cluster[places[arm.name]]) for arm in found]
    return Experiment(
        control=control, arms=found, comparisons=comparisons, srm=_sample_ratio(units, shares), unlike=unlike
    )


def _looked_at(
    name: str,
    outcome: Floats,
    treated: NDArray[np.bool_],
    cluster: NDArray[np.int64] | None,
    time: NDArray[np.int64] | None,
    alpha: float,
) -> Comparison:
    """Compare at every time, and return the last comparison with what its interval for any look has left."""
    whole = compare(name, outcome, treated, cluster=cluster, alpha=alpha)
    if time is None:
        return whole
    sizes = (float(treated.sum()), float((~treated).sum()))
    low, high, most = whole.always_valid_low, whole.always_valid_high, whole.e
    for now in np.unique(time)[:-1]:
        seen = time <= now
        if min(int((treated & seen).sum()), int((~treated & seen).sum())) < 2:
            continue
        given = None if cluster is None else cluster[seen]
        look = compare(name, outcome[seen], treated[seen], cluster=given, planned=sizes, alpha=alpha)
        low, high, most = max(low, look.always_valid_low), min(high, look.always_valid_high), max(most, look.e)
    if low > high:  # what was true early isn't any more
        return whole
    return replace(whole, always_valid_low=low, always_valid_high=high, e=most)


def compare(
    name: str,
    outcome: Floats,
    treated: NDArray[np.bool_],
    *,
    cluster: NDArray[np.int64] | None = None,
    planned: tuple[float, float] | None = None,
    alpha: float = ALPHA,
) -> Comparison:
    """Compare units that were treated with those that weren't.

    `planned` is how many of each there are to be at the end (as many as there are, where left out): the interval for
    any look is narrowest there, and it must not change from look to look. Each arm has its own variance: pooled, the
    interval for any look misses a fall by half in an arm of 90 % in up to 8 % of experiments. Clusters widen it by
    their design effect (Kish 1965).
    """
    estimate, variance = difference(outcome, treated, cluster)
    if not variance:
        return _certain(name, estimate)
    sizes = (float(treated.sum()), float((~treated).sum()))
    ends = planned or sizes
    mixture = MIXTURE * variance * (1.0 / ends[0] + 1.0 / ends[1]) / (1.0 / sizes[0] + 1.0 / sizes[1])
    half = fixed_half_width(variance, alpha)
    always = always_half_width(variance, mixture, alpha)
    return Comparison(
        arm=name,
        estimate=estimate,
        ci_low=estimate - half,
        ci_high=estimate + half,
        p=_p(estimate, variance),
        always_valid_low=estimate - always,
        always_valid_high=estimate + always,
        e=float(e_value(estimate, variance, mixture)),
        mde=_seen(variance, alpha),
    )


def difference(
    outcome: Floats, treated: NDArray[np.bool_], cluster: NDArray[np.int64] | None = None
) -> tuple[float, float]:
    """Return the difference of the arms' means and its variance, 0 where nothing varies within the arms."""
    estimate = float(outcome[treated].mean() - outcome[~treated].mean())
    sizes = (float(treated.sum()), float((~treated).sum()))
    spreads = _spreads(outcome, treated)
    variance = difference_variance(spreads[0], sizes[0], spreads[1], sizes[1])
    if variance and cluster is not None:
        variance *= _design_effect(outcome, treated, cluster)
    return estimate, variance


def _certain(name: str, estimate: float) -> Comparison:
    """Return the comparison of outcomes that don't vary within the arms."""
    same = estimate == 0.0
    return Comparison(
        arm=name,
        estimate=estimate,
        ci_low=estimate,
        ci_high=estimate,
        p=1.0 if same else 0.0,
        always_valid_low=estimate,
        always_valid_high=estimate,
        e=1.0 if same else math.inf,
        mde=0.0,
    )


def smallest_effect(n1: int, n0: int, base: float, alpha: float = ALPHA) -> float:
    """Return the smallest difference of shares that `n1` against `n0` units show with a probability of 80 %.

    `base` is the share without treatment, which both arms are taken to have (Lehr's approximation, exact constants).
    """
    return _seen(base * (1.0 - base) * (1.0 / n1 + 1.0 / n0), alpha)


def adjusted(outcome: Floats, pre: Floats, theta: float | None = None) -> Floats:
    """Return outcomes without what `pre` foretold of them: CUPED (Deng, Xu, Kohavi and Walker 2013).

    `theta` is frozen from before the start; where left out it is the slope over these units.
    """
    slope = adjustment(outcome, pre) if theta is None else theta
    centred: Floats = pre - pre.mean()
    return np.asarray(outcome - slope * centred)


def adjustment(outcome: Floats, pre: Floats) -> float:
    """Return the slope of the outcome on what was before: CUPED's theta, 0 where nothing varied before."""
    spread = float(pre.var())
    return float(((pre - pre.mean()) * (outcome - outcome.mean())).mean()) / spread if spread else 0.0


def _spreads(outcome: Floats, treated: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the variance of a unit's outcome in either arm."""
    arms = (outcome[treated], outcome[~treated])
    if np.isin(outcome, (0.0, 1.0)).all():
        one, other = (share_spread(float(arm.sum()), float(len(arm))) for arm in arms)
        return one, other
    return float(arms[0].var(ddof=1)), float(arms[1].var(ddof=1))


def _design_effect(outcome: Floats, treated: NDArray[np.bool_], cluster: NDArray[np.int64]) -> float:
    """Return by how much clusters multiply the variance of the difference, 1 at least."""
    within = outcome - np.where(treated, outcome[treated].mean(), outcome[~treated].mean())
    pull = within * np.where(treated, 1.0 / treated.sum(), -1.0 / (~treated).sum())
    number = np.unique(cluster, return_inverse=True)[1]
    sums = np.bincount(number, weights=pull)
    alone = float((pull**2).sum())
    groups = len(sums)
    return max(1.0, float((sums**2).sum()) / alone * groups / (groups - 1)) if alone and groups > 1 else 1.0


def _p(estimate: float, variance: float) -> float:
    return float(2.0 * stats.norm.sf(abs(estimate) / math.sqrt(variance)))


def _seen(variance: float, alpha: float) -> float:
    return float(stats.norm.isf(alpha / 2) + stats.norm.isf(1.0 - POWER)) * math.sqrt(variance)


def _clusters(name: str, cluster: NDArray[np.int64]) -> Arm:
    return Arm(name=name, n=len(np.unique(cluster)), mean=0.0)


def _sample_ratio(arms: Sequence[Arm], shares: Mapping[str, float] | None) -> SampleRatio:
    counts = np.array([arm.n for arm in arms], float)
    wanted = np.array([1.0 if shares is None else shares[arm.name] for arm in arms])
    p = float(stats.chisquare(counts, counts.sum() * wanted / wanted.sum()).pvalue)
    return SampleRatio(p=p, ok=p >= UNBALANCED)


def _differs(one: Floats, other: Floats) -> bool:
    """Say whether two arms were unlike before the start: by more than a little, and more than chance explains."""
    variance = one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other)
    gap = float(one.mean() - other.mean())
    spread = math.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2.0)
    return spread > 0 and abs(gap) / spread > UNLIKE and _p(gap, float(variance)) < UNBALANCED
