"""Changes of level: few where nothing changed, soon where something did, none where nobody can tell."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from core.analysis.breaks import latest_break, usual_range

DAYS = 112
# How much a day, how much more than Poisson's it varies, and how long what moves it lasts.
NULL = [(5, 1, 0.0), (20, 1, 0.0), (20, 3, 0.0), (20, 4, 0.7), (200, 3, 0.0)]


def made(rng: np.random.Generator, days: int, mean: float, more: float = 1, echo: float = 0.0) -> Any:
    """Return counts by day: weekends have less than half of weekdays, and busy days stand together by `echo`."""
    level = mean * (1 + 0.4 * np.cos(2 * np.pi * np.arange(days) / 7))
    mood = np.zeros(days)
    for day in range(1, days if echo else 0):
        mood[day] = echo * mood[day - 1] + rng.normal(0, 0.25 * math.sqrt(1 - echo**2))
    level = level * np.exp(mood)
    return rng.poisson(rng.gamma(level / (more - 1), more - 1) if more > 1 else level)


def test_of_a_thousand_series_without_a_change_few_are_said_to_have_one() -> None:
    rng = np.random.default_rng(7)
    found = [sum(latest_break(made(rng, DAYS, *kind)) is not None for _ in range(200)) for kind in NULL]
    assert sum(found) <= 10, found
    assert max(found) <= 8, found  # 4 %, where what moves a day lasts for days


@pytest.mark.parametrize(("mean", "more", "within"), [(20, 1, 7), (200, 3, 3)])
def test_a_halving_is_found_within_days(mean: float, more: float, within: int) -> None:
    rng = np.random.default_rng(11)
    found = []
    for _ in range(100):
        values = made(rng, DAYS + within, mean, more)
        values[DAYS:] = rng.binomial(values[DAYS:], 0.5)
        found.append(latest_break(values))
    told = [each for each in found if each is not None]
    assert len(told) >= 90
    assert abs(np.median([each.days for each in told]) - within) <= 1
    assert 0.4 < np.median([each.ratio for each in told]) < 0.6


def test_a_stop_and_a_rise_are_told_with_their_day_and_size() -> None:
    rng = np.random.default_rng(3)
    values = made(rng, DAYS, 30)
    stopped, risen = values.copy(), values.copy()
    stopped[-5:] = 0
    risen[-10:] *= 3
    fell, rose = latest_break(stopped), latest_break(risen)
    assert fell is not None
    assert (fell.days, fell.after, round(fell.before, -1)) == (5, 0, 30)
    assert rose is not None
    assert rose.days in range(9, 12)
    assert 2.5 < rose.ratio < 3.5
    # What is older than the days that are looked at is the level that they began with.
    older = latest_break(stopped, lately=4)
    assert older is None or older.days == 4


@pytest.mark.parametrize(
    "values",
    [(), (0,) * 200, (5,) * 28, (1,), (0,) * 60 + (3,), (4,) * 200, (0, 0, 0, 0, 0, 40, 40) * 12],
    ids=["nothing", "zeros", "four weeks", "one day", "hardly anything", "no spread", "weekends alone"],
)
def test_where_nothing_can_be_told_nothing_is(values: tuple[int, ...]) -> None:
    assert latest_break(values) is None
    found = usual_range(values)
    sides = (*found.expected, *found.low, *found.high) if found else ()
    assert all(math.isfinite(each) and each >= 0 for each in sides)


def test_the_usual_range_holds_nineteen_of_twenty_days() -> None:
    rng = np.random.default_rng(5)
    inside = []
    for mean, more in ((10, 1), (50, 3), (200, 2)):
        values = made(rng, DAYS, mean, more)
        usual = usual_range(values)
        assert usual is not None
        inside += [
            low <= value <= high for low, value, high in zip(usual.low, values.tolist(), usual.high, strict=True)
        ]
    assert 0.9 < np.mean(inside) < 0.985


def test_one_great_day_moves_neither_level_nor_range() -> None:
    values = made(np.random.default_rng(2), DAYS, 20)
    feast = values.copy()
    feast[40] = 2_000
    calm, after = usual_range(values), usual_range(feast)
    assert calm is not None
    assert after is not None
    assert after.expected[-1] < 1.3 * calm.expected[-1]
    assert latest_break(feast) is None


def test_a_level_that_came_back_is_no_change() -> None:
    values = made(np.random.default_rng(6), DAYS, 40)
    values[-24:-8] *= 3
    assert latest_break(values[:-8]) is not None
    assert latest_break(values) is None


def test_the_range_is_that_of_before_a_change() -> None:
    values = made(np.random.default_rng(4), DAYS, 40)
    values[-14:] //= 4
    usual = usual_range(values, lately=14)
    assert usual is not None
    assert sum(value < low for value, low in zip(values[-14:].tolist(), usual.low[-14:], strict=True)) >= 10
