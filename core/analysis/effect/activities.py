"""What a community's activities changed: every holdout and every switchback of a night, and which do harm."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from core.analysis.effect.compare import UNBALANCED, difference
from core.analysis.effect.discoveries import discoveries
from core.analysis.effect.intervals import ALPHA, MIXTURE, always_half_width, e_value, fixed_half_width
from core.analysis.effect.panel import difference_in_differences
from core.analysis.effect.spillover import spillover
from core.analysis.effect.switchback import BLOCKS_NEEDED, switchback
from core.analysis.ties import Rows, Ties
from core.domain.effect_result import (
    DifferenceInput,
    EffectsInput,
    EffectsResult,
    HoldoutInput,
    Look,
    Measured,
    SwitchbackInput,
)
from core.domain.effects import SEASON, WEEK, Design, smallest_seen

FIRST = 20  # rows of either arm, before which nobody looks: a variance of fewer says little
TARGET = 0.10  # difference that must be seen before it is said that there is none of that size
ALIKE = 3  # others that each of those who take part is compared with, at most
LEAST_AFTER = 4  # weeks
LOOKS = 120  # kept for the picture, the newest
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of person and run whose week is over; `outcome` is what is left of it after CUPED, `raw` what it was."""

    member: Ints
    run: Ints
    season: Ints
    treated: Bools
    closed: Ints
    share: Floats
    outcome: Floats
    raw: Floats

    def of(self, some: Bools) -> _Rows:
        return _Rows(*(getattr(self, name)[some] for name in self.__slots__))


def measure(given: EffectsInput) -> EffectsResult:
    """Compare every activity's arms; harmful are those of which e-BH over all of them believes a fall."""
    held = [_holdout(each, given.ties) for each in given.holdouts]
    trusted = [each for each in held if each.balanced and not each.felt]
    found = [trusted[place] for place in discoveries([each.e for each in trusted])] if trusted else []
    harmful = tuple(each.activity for each in found if each.high is not None and each.high < 0)
    blocks = [_switchback(each) for each in given.switchbacks]
    beside = [_beside(each) for each in given.differences]
    return EffectsResult(
        measured=tuple(sorted((*held, *blocks, *beside), key=lambda each: each.activity)), harmful=harmful
    )


def _holdout(given: HoldoutInput, ties: Sequence[tuple[int, int, float]]) -> Measured:
    rows, known = _read(given)
    over = rows.of(known)
    asked, held = int(over.treated.sum()), int((~over.treated).sum())
    base = float(over.raw[~over.treated].mean()) if held else 0.0
    looks, e, variance = _looks(over, given)
    last = looks[-1] if looks else None
    seen = _seen(variance) if last else smallest_seen(asked, held, base)
    sure = last is not None and (last.low > 0 or last.high < 0)
    first = given.seasons[0]
    end = first.began + SEASON + WEEK
    fixed = _fixed(over.of((over.season == first.season) & (over.closed <= end))) if given.today >= end else None
    return Measured(
        activity=given.activity,
        design=Design.HOLDOUT,
        metric=given.metric,
        asked=asked,
        held_out=held,
        runs=len(np.unique(over.run)),
        waiting=int((~known).sum()),
        until=given.today,
        estimate=last.estimate if last else 0.0,
        low=last.low if last else None,
        high=last.high if last else None,
        seen=seen,
        base=base,
        e=e,
        enough=last is not None and (sure or seen <= TARGET),
        weeks=_weeks(over.closed, seen),
        balanced=_balanced(rows),
        felt=_felt(over, ties),
        planned_end=end,
        fixed_low=fixed[0] if fixed else None,
        fixed_high=fixed[1] if fixed else None,
        looks=tuple(looks[-LOOKS:]),
    )


def _read(given: HoldoutInput) -> tuple[_Rows, Bools]:
    """Return the rows, one a person and run, and which are over; who stands in both arms of a run is left out."""
    share = {each.season: each.share for each in given.seasons}
    theta = {each.season: each.theta for each in given.seasons}
    raw, before = np.array(given.outcome, float), np.array(given.before, float)
    season = np.array(given.season, np.int64)
    slope = np.array([theta[each] for each in given.season], float)
    rows = _Rows(
        member=np.array(given.member, np.int64),
        run=np.array(given.run, np.int64),
        season=season,
        treated=~np.array(given.held_out, bool),
        closed=np.array(given.closed, np.int64),
        share=np.array([share[each] for each in given.season], float),
        outcome=raw - slope * np.nan_to_num(before),
        raw=raw,
    )
    arms: dict[tuple[int, int], set[bool]] = {}
    for key, treated in zip(zip(given.run, given.member, strict=True), rows.treated, strict=True):
        arms.setdefault(key, set()).add(bool(treated))
    kept, had = [], set()
    for key in zip(given.run, given.member, strict=True):
        kept.append(len(arms[key]) == 1 and key not in had)
        had.add(key)
    left = rows.of(np.array(kept, bool))
    return left, ~np.isnan(left.raw)


def _combined(rows: _Rows) -> tuple[float, float, float] | None:
    """Return the estimate, its variance, and the size of it all: n1·n0 / (n1 + n0); None where too few are there.

    Seasons of another share are compared apart, and weigh by how sure they are: else what went up from one to the next
    would count for the arm that grew.
    """
    parts = []
    for share in np.unique(rows.share):
        some = rows.of(rows.share == share)
        sizes = int(some.treated.sum()), int((~some.treated).sum())
        if min(sizes) < FIRST:
            continue
        estimate, variance = difference(some.outcome, some.treated, some.member)
        if variance:
            parts.append((estimate, variance, sizes[0] * sizes[1] / sum(sizes)))
    if not parts:
        return None
    weights = [1.0 / variance for _, variance, _ in parts]
    estimate = sum(weight * part[0] for weight, part in zip(weights, parts, strict=True)) / sum(weights)
    return estimate, 1.0 / sum(weights), sum(part[2] for part in parts)


def _looks(rows: _Rows, given: HoldoutInput) -> tuple[list[Look], float, float]:
    """Return every look so far with the interval that all up to it leave, and the last one's evidence and variance.

    The mixture is chosen by the first season's plan, before the first look.
    """
    first = given.seasons[0]
    size = max(first.planned * first.share * (1.0 - first.share), 1.0)
    looks: list[Look] = []
    low, high, e, last = -math.inf, math.inf, 1.0, 0.0
    for day in np.unique(rows.closed):
        if (found := _combined(rows.of(rows.closed <= day))) is None:
            continue
        estimate, variance, there = found
        mixture = MIXTURE * variance * there / size
        half = float(always_half_width(variance, mixture, ALPHA))
        low, high = max(low, estimate - half), min(high, estimate + half)
        if low > high:  # what was true early isn't any more
            low, high = estimate - half, estimate + half
        e, last = float(e_value(estimate, variance, mixture)), variance
        looks.append(Look(day=int(day), estimate=estimate, low=low, high=high))
    return looks, e, last


def _fixed(rows: _Rows) -> tuple[float, float] | None:
    """Return the interval for one look, at the planned end."""
    if (found := _combined(rows)) is None:
        return None
    half = float(fixed_half_width(found[1], ALPHA))
    return found[0] - half, found[0] + half


def _seen(variance: float) -> float:
    return float(stats.norm.isf(ALPHA / 2) + stats.norm.isf(0.2)) * math.sqrt(variance)


def _weeks(closed: Ints, seen: float) -> int | None:
    """Return how many more weeks it takes to see a difference of ten points, at the pace so far; None where unknown."""
    if not len(closed):
        return None
    so_far = (int(closed.max()) - int(closed.min())) / 7 + 1
    return max(0, math.ceil(so_far * ((seen / TARGET) ** 2 - 1.0)))


def _balanced(rows: _Rows) -> bool:
    """Say whether as many people were held out as the draw was to hold out, season by season."""
    people = np.unique(np.column_stack([rows.season, rows.member, rows.treated]), axis=0)
    share = {int(season): float(some) for season, some in zip(rows.season, rows.share, strict=True)}
    wanted = np.array([share[int(season)] for season in people[:, 0]]) if len(people) else np.zeros(0)
    spread = float((wanted * (1.0 - wanted)).sum())
    if not spread:
        return True
    gap = float((people[:, 2] == 0).sum()) - float(wanted.sum())
    return float(2.0 * stats.norm.sf(abs(gap) / math.sqrt(spread))) >= UNBALANCED


def _felt(rows: _Rows, ties: Sequence[tuple[int, int, float]]) -> bool:
    """Say whether those held out did the better or worse the more of their ties were asked, in the newest season."""
    if not len(rows.season) or not ties:
        return False
    newest = rows.of(rows.season == rows.season.max())
    members, place = np.unique(newest.member, return_inverse=True)
    index = {int(member): at for at, member in enumerate(members)}
    within = [(index[a], index[b], weight) for a, b, weight in ties if a in index and b in index]
    if not within:
        return False
    counts = np.bincount(place)
    outcome = np.bincount(place, weights=newest.outcome) / counts
    treated = np.bincount(place, weights=newest.treated) / counts > 0.5
    source, target, weight = zip(*within, strict=True)
    made = Rows(np.array(source, np.int64), np.array(target, np.int64), np.array(weight, float))
    return spillover(Ties.of([str(each) for each in members], made), treated, outcome).biased


def _switchback(given: SwitchbackInput) -> Measured:
    blocks = min(len(given.active) - len(given.active) % 2, BLOCKS_NEEDED)  # its interval holds for one look, planned
    days = np.array(given.days[: blocks * given.length], float)
    active = np.array(given.active[:blocks], bool)
    found = switchback(days, active, given.length, given.wash_out) if blocks else None
    on = int(active.sum())
    return Measured(
        activity=given.activity,
        design=Design.SWITCHBACK,
        metric=given.metric,
        asked=on,
        held_out=blocks - on,
        runs=on,
        waiting=0,
        until=given.today,
        estimate=found.estimate if found else 0.0,
        low=_finite(found.ci_low) if found else None,
        high=_finite(found.ci_high) if found else None,
        seen=0.0,
        base=float(days.reshape(blocks, given.length)[~active].mean()) if blocks else 0.0,
        enough=blocks >= BLOCKS_NEEDED,
        weeks=math.ceil(max(BLOCKS_NEEDED - blocks, 0) * given.length / 7),
    )


def _beside(given: DifferenceInput) -> Measured:
    """Compare those who take part with others who were active in as many weeks before, so many for each."""
    part = [at for at, since in enumerate(given.since) if since is not None and since < given.weeks]
    others: dict[int, list[int]] = {}
    for at, since in enumerate(given.since):
        if since is None:
            others.setdefault(_weeks_before(given, at), []).append(at)
    like: list[int] = []
    for at in part:
        left = others.get(_weeks_before(given, at), [])
        like += left[:ALIKE]
        del left[:ALIKE]
    found = None
    if min(len(part), len(like)) >= FIRST and given.weeks >= given.start + LEAST_AFTER:
        rows = [(place, week) for place, at in enumerate((*part, *like)) for week in range(given.weeks)]
        unit, time = (np.array(column, np.int64) for column in zip(*rows, strict=True))
        there = [set(given.active[at]) for at in (*part, *like)]
        began = np.array([given.since[at] for at in part] + [given.weeks] * len(like), float)
        treated = time >= began[unit]
        outcome = np.array([week in there[place] for place, week in rows], float)
        found = difference_in_differences(unit, time, treated, outcome)
    return Measured(
        activity=given.activity,
        design=Design.DIFFERENCE,
        metric=given.metric,
        asked=len(part),
        held_out=len(like),
        runs=0,
        waiting=0,
        until=given.today,
        estimate=found.estimate if found else 0.0,
        low=found.ci_low if found else None,
        high=found.ci_high if found else None,
        seen=0.0,
        enough=found is not None,
    )


def _weeks_before(given: DifferenceInput, at: int) -> int:
    return sum(week < given.start for week in given.active[at])


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
