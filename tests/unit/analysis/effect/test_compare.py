"""Comparisons of arms: published experiments, clusters, what was before, and the draw itself."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from core.analysis.effect import compare, discoveries, experiment
from core.analysis.effect.compare import adjusted


def hillstrom(shared: Path) -> list[dict[str, str]]:
    with gzip.open(shared / "causal" / "hillstrom.csv.gz", "rt") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("column", "shares"),
    [
        ("visit", {"Mens E-Mail": 18.28, "Womens E-Mail": 15.14, "No E-Mail": 10.62}),
        ("conversion", {"Mens E-Mail": 1.253, "Womens E-Mail": 0.884, "No E-Mail": 0.573}),
    ],
)
def test_a_published_experiment_comes_out(shared_data: Path, column: str, shares: dict[str, float]) -> None:
    rows = hillstrom(shared_data)
    outcome = np.array([float(row[column]) for row in rows])
    found = experiment([row["segment"] for row in rows], outcome, control="No E-Mail")
    means = {arm.name: 100 * arm.mean for arm in found.arms}
    assert means == pytest.approx(shares, abs=0.005)
    assert found.srm.ok
    for each in found.comparisons:
        difference = (shares[each.arm] - shares["No E-Mail"]) / 100
        assert each.estimate == pytest.approx(difference, abs=0.0001)
        assert each.always_valid_low < each.ci_low < difference < each.ci_high < each.always_valid_high
        assert each.always_valid_low > 0


def test_numbers_are_compared_as_welch_does() -> None:
    draw = np.random.default_rng(1)
    one, other = draw.normal(1.0, 3.0, 400), draw.normal(0.0, 1.0, 900)
    found = compare("asked", np.r_[one, other], np.r_[np.ones(400, bool), np.zeros(900, bool)])
    welch = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    assert (found.ci_low, found.ci_high) == pytest.approx((welch.low, welch.high), rel=0.02)


def test_rows_of_one_person_count_as_one_person() -> None:
    draw = np.random.default_rng(2)
    people = draw.normal(size=200)
    treated = np.arange(200) % 2 == 0
    once = compare("asked", people, treated)
    runs = compare("asked", np.repeat(people, 10), np.repeat(treated, 10), cluster=np.repeat(np.arange(200), 10))
    assert runs.ci_high - runs.ci_low == pytest.approx(once.ci_high - once.ci_low, rel=0.02)
    careless = compare("asked", np.repeat(people, 10), np.repeat(treated, 10))
    assert careless.ci_high - careless.ci_low < 0.4 * (once.ci_high - once.ci_low)


def test_what_was_before_narrows_the_interval_and_moves_nothing() -> None:
    draw = np.random.default_rng(3)
    before = draw.normal(10.0, 4.0, 4_000)
    arms = np.where(draw.random(4_000) < 0.5, "asked", "held out")
    outcome = before + draw.normal(size=4_000) + 0.5 * (arms == "asked")
    bare, helped = (experiment(arms, outcome, control="held out", pre=pre).comparisons[0] for pre in (None, before))
    assert helped.ci_high - helped.ci_low < 0.4 * (bare.ci_high - bare.ci_low)
    assert helped.ci_low < 0.5 < helped.ci_high
    frozen = adjusted(outcome, before, theta=0.0)
    assert np.array_equal(frozen, outcome)


def test_a_draw_that_went_wrong_is_seen() -> None:
    outcome = np.zeros(10_000)
    outcome[::7] = 1.0
    even = np.where(np.arange(10_000) < 5_000, "asked", "held out")
    lost = np.where(np.arange(10_000) < 5_300, "asked", "held out")
    nine = np.where(np.arange(10_000) < 9_000, "asked", "held out")
    assert experiment(even, outcome, control="held out").srm.ok
    assert not experiment(lost, outcome, control="held out").srm.ok
    assert experiment(nine, outcome, control="held out", shares={"asked": 9, "held out": 1}).srm.ok


def test_arms_that_were_unlike_before_are_named() -> None:
    draw = np.random.default_rng(4)
    before = draw.normal(size=2_000)
    drawn = np.where(draw.random(2_000) < 0.5, "asked", "held out")
    chosen = np.where(before + draw.normal(size=2_000) > 0, "asked", "held out")
    assert experiment(drawn, before, control="held out", pre=before).unlike == []
    assert experiment(chosen, before, control="held out", pre=before).unlike == ["asked"]


def test_looks_on_the_way_narrow_the_interval_for_any_look() -> None:
    draw = np.random.default_rng(5)
    arms = np.where(draw.random(3_000) < 0.5, "asked", "held out")
    outcome = (draw.random(3_000) < np.where(arms == "asked", 0.3, 0.2)).astype(float)
    (once,) = experiment(arms, outcome, control="held out").comparisons
    (daily,) = experiment(arms, outcome, control="held out", time=np.arange(3_000) // 100).comparisons
    assert daily.ci_low == once.ci_low
    assert once.always_valid_low <= daily.always_valid_low < 0.1 < daily.always_valid_high <= once.always_valid_high


def test_outcomes_that_never_vary_are_certain_and_numbers_of_two_at_least_are_needed() -> None:
    treated = np.array([True, True, False, False])
    same = compare("asked", np.full(4, 2.5), treated)
    assert (same.estimate, same.ci_low, same.p, same.e) == (0.0, 0.0, 1.0, 1.0)
    other = compare("asked", np.array([3.5, 3.5, 2.5, 2.5]), treated)
    assert (other.estimate, other.p) == (1.0, 0.0)
    with pytest.raises(ValueError, match="two"):
        experiment(["asked", "held out", "held out"], np.arange(3.0), control="held out")


def test_false_discoveries_are_held_over_many_activities() -> None:
    assert discoveries([]) == []
    assert discoveries([19.0]) == []
    assert discoveries([20.0]) == [0]
    assert discoveries([1.0, 45.0, 41.0, 0.2]) == [1, 2]
    assert discoveries([1.0, 45.0, 39.0, 0.2]) == []
    draw = np.random.default_rng(6)
    false, believed = 0, 0
    for _ in range(400):
        shift = np.r_[np.zeros(18), np.full(2, 0.05)]
        values = [
            compare("asked", np.r_[draw.random(2_000) < 0.2 + by, draw.random(2_000) < 0.2].astype(float),
                    np.arange(4_000) < 2_000).e
            for by in shift
        ]  # fmt: skip
        found = discoveries(values)
        believed += len(found)
        false += sum(place < 18 for place in found)
    assert believed > 100
    assert false / believed <= 0.05
