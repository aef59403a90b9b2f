"""What addresses a room: blocks in a drawn order, before against after, and spill-over to those held out."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from core.analysis.effect import BLOCKS_NEEDED, difference_in_differences, draw_order, spillover, switchback
from core.analysis.ties import Rows, Ties


@pytest.mark.shared_data
def test_a_published_panel_comes_out(shared_data: Path) -> None:
    with (shared_data / "causal" / "organ_donations.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    states = sorted({row["State"] for row in rows})
    unit = np.array([states.index(row["State"]) for row in rows])
    time = np.array([int(row["Quarter_Num"]) - 1 for row in rows])
    treated = np.array([row["State"] == "California" and int(row["Quarter_Num"]) > 3 for row in rows])
    found = difference_in_differences(unit, time, treated, np.array([float(row["Rate"]) for row in rows]))
    assert found.estimate == pytest.approx(-0.0225, abs=0.00005)
    assert (found.units, found.treated_units, found.few) == (27, 1, True)
    error = (found.ci_high - found.ci_low) / 2 / 2.0555  # t with 26 degrees of freedom
    assert error == pytest.approx(0.0061, abs=0.00005)  # fixest's, clustered by state


def test_a_panel_with_holes_finds_what_was_planted_and_says_when_nothing_changed() -> None:
    draw = np.random.default_rng(1)
    unit, time = np.repeat(np.arange(60), 12), np.tile(np.arange(12), 60)
    treated = (unit % 2 == 0) & (time >= 6)
    outcome = unit * 0.3 + np.sin(time) + 0.7 * treated + draw.normal(0, 0.3, len(unit))
    kept = draw.random(len(unit)) < 0.8
    found = difference_in_differences(unit[kept], time[kept], treated[kept], outcome[kept])
    assert found.ci_low < 0.7 < found.ci_high
    assert found.ci_high - found.ci_low < 0.3
    assert not found.few
    with pytest.raises(ValueError, match="no unit"):
        difference_in_differences(unit, time, unit % 2 == 0, outcome)


def blocks(draw: np.random.Generator, active: np.ndarray, effect: float, length: int) -> np.ndarray:
    """Return days of a room with a slow season, noise that lasts for days, and an effect that fades in a day."""
    days = len(active) * length
    noise = np.zeros(days)
    for day in range(1, days):
        noise[day] = 0.3 * noise[day - 1] + draw.normal()
    on = np.repeat(active, length).astype(float)
    felt = np.maximum(on, 0.5 * np.r_[0.0, on[:-1]])
    return 20 + 3 * np.sin(np.arange(days) / 40) + effect * felt + noise


def test_a_drawn_order_has_one_block_of_each_two() -> None:
    order = draw_order(24, seed=3)
    assert (order[::2] ^ order[1::2]).all()
    assert len({draw_order(24, seed=seed).tobytes() for seed in range(50)}) > 40
    for wrong in (0, 23):
        with pytest.raises(ValueError, match="even"):
            draw_order(wrong, seed=1)


def test_blocks_alarm_falsely_as_often_as_they_say_and_cover_the_truth() -> None:
    draw = np.random.default_rng(2)
    alarms = covered = 0
    for seed in range(400):
        order = draw_order(BLOCKS_NEEDED, seed)
        alarms += switchback(blocks(draw, order, 0.0, 3), order, 3).p <= 0.05
        found = switchback(blocks(draw, order, 2.0, 3), order, 3)
        covered += found.ci_low <= 2.0 <= found.ci_high
        assert found.enough
    assert alarms / 400 <= 0.08
    assert 0.92 <= covered / 400 <= 0.99


def test_too_few_blocks_are_said_and_what_does_not_fit_is_refused() -> None:
    order = draw_order(4, seed=1)
    few = switchback(np.arange(12.0), order, 3)
    assert not few.enough
    assert (few.ci_low, few.ci_high) == (-np.inf, np.inf)
    for days, active, length, wash_out in ((11, order, 3, 1), (12, order, 3, 3), (12, np.ones(4, bool), 3, 1)):
        with pytest.raises(ValueError, match="block"):
            switchback(np.zeros(days), active, length, wash_out)


def community(draw: np.random.Generator, members: int) -> Ties:
    """Return ties within groups of ten, with some across."""
    source = draw.integers(members, size=members * 8)
    near = source // 10 * 10 + draw.integers(10, size=len(source))
    target = np.where(draw.random(len(source)) < 0.9, near, draw.integers(members, size=len(source)))
    return Ties.of([str(member) for member in range(members)], Rows(source, target))


def test_spill_over_makes_a_holdout_doubtful_and_blocks_find_the_truth() -> None:
    draw = np.random.default_rng(4)
    members, direct, felt = 600, 0.10, 0.15
    ties = community(draw, members)
    weights = ties.undirected
    near = weights / np.maximum(weights.sum(axis=1), 1)[:, None]

    def week(asked: np.ndarray) -> np.ndarray:
        chance = 0.2 + direct * asked + felt * (near @ asked.astype(float))
        return (draw.random(members) < chance).astype(float)

    asked = draw.random(members) < 0.5
    runs = np.mean([week(asked) for _ in range(6)], axis=0)
    holdout = runs[asked].mean() - runs[~asked].mean()
    assert spillover(ties, asked, runs).biased
    assert abs(holdout - (direct + felt)) > 0.08, "the holdout shows what it can't see"
    order = draw_order(BLOCKS_NEEDED, seed=5)
    days = np.concatenate([[week(np.full(members, on)).mean() for _ in range(3)] for on in order])
    found = switchback(days, order, 3)
    assert found.ci_low <= direct + felt <= found.ci_high
    assert found.ci_high - found.ci_low < 0.08


def test_without_spill_over_a_holdout_is_rarely_doubted() -> None:
    draw = np.random.default_rng(6)
    ties = community(draw, 600)
    doubted = 0
    for _ in range(300):
        asked = draw.random(600) < 0.5
        doubted += spillover(ties, asked, (draw.random(600) < 0.2 + 0.1 * asked).astype(float)).biased
    assert doubted / 300 <= 0.03
    nobody = Ties.of([], Rows(np.empty(0, np.int64), np.empty(0, np.int64)))
    assert not spillover(nobody, np.empty(0, bool), np.empty(0)).biased
