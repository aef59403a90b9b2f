"""Intervals against known truth: two thousand experiments a cell, looked at every day for four weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from core.analysis.effect import compare, smallest_effect
from core.analysis.effect.intervals import (
    MIXTURE,
    always_half_width,
    difference_variance,
    fixed_half_width,
    share_spread,
)

Floats = NDArray[np.float64]
REPEATS, DAYS = 2_000, 28
CELLS = [(base, split, n) for base in (0.02, 0.05, 0.2) for split in (0.5, 0.9) for n in (300, 1_000, 5_000)]


@dataclass
class Looks:
    """Every experiment at every look: estimates and both half widths, as (experiment, day)."""

    estimate: Floats
    fixed: Floats
    always: Floats


def looks(base: float, effect: float, split: float, n: int) -> Looks:
    draw = np.random.default_rng([int(1_000 * base), int(1_000 * effect) + 1_000, int(10 * split), n])
    large, small = int(n * split), n - int(n * split)
    seen1, seen0 = (np.linspace(1, arm, DAYS).astype(int) for arm in (large, small))
    hits1, hits0 = (
        np.cumsum(draw.binomial(np.diff(seen, prepend=0), share, size=(REPEATS, DAYS)), axis=1).astype(float)
        for seen, share in ((seen1, base + effect), (seen0, base))
    )
    n1, n0 = seen1.astype(float), seen0.astype(float)
    variance = difference_variance(share_spread(hits1, n1), n1, share_spread(hits0, n0), n0)
    mixture = MIXTURE * variance * (1 / large + 1 / small) / (1 / n1 + 1 / n0)
    return Looks(hits1 / n1 - hits0 / n0, fixed_half_width(variance), always_half_width(variance, mixture))


@pytest.mark.parametrize(("base", "split", "n"), CELLS)
@pytest.mark.parametrize("share", [0.0, 0.5, -0.5])
def test_the_interval_for_any_look_holds_at_all_looks_together(base: float, split: float, n: int, share: float) -> None:
    seen = looks(base, share * base, split, n)
    missed = (np.abs(seen.estimate - share * base) > seen.always).any(axis=1).mean()
    assert missed <= 0.05
    assert (seen.always[:, -1] / seen.fixed[:, -1]).max() <= 1.7


@pytest.mark.parametrize(("base", "split", "n"), CELLS)
@pytest.mark.parametrize("share", [0.0, 0.5, -0.5])
def test_the_fixed_interval_covers_what_it_says(base: float, split: float, n: int, share: float) -> None:
    seen = looks(base, share * base, split, n)
    covered = (np.abs(seen.estimate[:, -1] - share * base) <= seen.fixed[:, -1]).mean()
    # With fewer than ten expected in the smaller arm a count's steps are coarser than the interval.
    coarse = n * (1 - split) * base < 10
    assert 0.93 <= covered <= (1.0 if coarse else 0.975)


def test_one_comparison_is_what_the_cells_are_made_of() -> None:
    outcome = np.r_[np.ones(60), np.zeros(240), np.ones(30), np.zeros(170)]
    treated = np.r_[np.ones(300, bool), np.zeros(200, bool)]
    found = compare("asked", outcome, treated, planned=(600, 400))
    variance = difference_variance(share_spread(60.0, 300.0), 300.0, share_spread(30.0, 200.0), 200.0)
    assert found.estimate == pytest.approx(0.05)
    assert found.ci_high - found.estimate == pytest.approx(fixed_half_width(variance))
    assert found.always_valid_high - found.estimate == pytest.approx(
        always_half_width(variance, MIXTURE * variance / 2)
    )


def test_the_smallest_effect_is_the_published_one() -> None:
    assert smallest_effect(500, 500, 0.2) == pytest.approx(0.071, abs=0.0005)
    assert smallest_effect(2_500, 2_500, 0.2) == pytest.approx(0.032, abs=0.0005)
    assert smallest_effect(900, 100, 0.2) == pytest.approx(0.118, abs=0.0005)
    assert smallest_effect(4_500, 500, 0.2) == pytest.approx(0.053, abs=0.0005)
