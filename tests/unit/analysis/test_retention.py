"""Who comes back, by hand and by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.retention import Activity, after_days, cohorts, rate

# Ana joins on day 0, Ben on 6, Cem on 8, Dia on 15; the last whole day is 20.
DAYS = {0: [0, 1, 7, 8, 20], 1: [6, 13], 2: [8], 3: [14, 15, 16, 21]}
ACTIVITY = Activity(
    joined=np.array([0, 6, 8, 15]),
    person=np.array([person for person, days in DAYS.items() for _ in days]),
    day=np.array([day for days in DAYS.values() for day in days]),
    until=20,
)


def test_days_after_joining() -> None:
    first, seventh = after_days(ACTIVITY, 1), after_days(ACTIVITY, 7)
    assert (first.back, first.of) == (2, 4)
    assert (seventh.back, seventh.of) == (2, 3)
    rolling = after_days(ACTIVITY, 8, "rolling")
    assert (rolling.back, rolling.of) == (1, 3)
    nobody = after_days(ACTIVITY, 30)
    assert (nobody.of, nobody.share, nobody.low) == (0, None, None)


def test_cohorts_with_what_is_still_running() -> None:
    found = cohorts(ACTIVITY, 7)
    assert (found.starts.tolist(), found.sizes.tolist()) == ([0, 7, 14], [2, 1, 1])
    assert found.back.tolist() == [[2, 2, 1], [1, 0, 0], [1, 0, 0]]
    assert found.whole.tolist() == [[True, True, False], [True, False, False], [False, False, False]]
    assert found.running.tolist() == [[False, False, True], [False, True, False], [True, False, False]]
    assert found.rates() == [[1.0, 1.0, 0.5], [1.0, 0.0, None], [1.0, None, None]]
    assert [(mean.back, mean.of) for mean in found.mean] == [(3, 3), (2, 2), (0, 0)]


def test_rolling_and_brackets() -> None:
    assert cohorts(ACTIVITY, 7, "rolling").back.tolist() == [[2, 2, 1], [1, 0, 0], [1, 0, 0]]
    found = cohorts(ACTIVITY, 7, "bracket", [(0, 0), (1, 6), (7, 8)])
    assert found.back.tolist() == [[2, 1, 2], [1, 0, 0], [1, 1, 0]]
    for kind in ("bracket", "other"):
        with pytest.raises(ValueError, match="kind"):
            cohorts(ACTIVITY, 7, kind)


def test_rolling_counts_who_is_away_for_a_while() -> None:
    given = Activity(joined=np.array([0]), person=np.array([0, 0]), day=np.array([0, 15]), until=30)
    assert cohorts(given, 7).back[0, :4].tolist() == [1, 0, 1, 0]
    assert cohorts(given, 7, "rolling").back[0, :4].tolist() == [1, 1, 1, 0]


def test_nobody_is_a_plain_answer() -> None:
    none = np.empty(0, np.int64)
    found = cohorts(Activity(joined=none, person=none, day=none, until=5), 7)
    assert (found.rates(), found.mean) == ([], [])


def test_the_interval_is_wilson_s() -> None:
    # Newcombe 1998, table I: 81 of 263.
    found = rate(81, 263)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=0.00005)
    assert (rate(0, 1).low, rate(1, 1).high) == pytest.approx((0.0, 1.0))


def test_the_mean_s_interval_covers_cohorts_that_differ() -> None:
    draw = np.random.default_rng(4)
    covered = 0
    for _ in range(400):
        joined = np.repeat(np.arange(12) * 7, 60)
        chance = np.repeat(draw.beta(6, 14, 12), 60)
        back = np.flatnonzero(draw.random(len(joined)) < chance)
        given = Activity(joined=joined, person=back, day=joined[back] + 8, until=200)
        mean = cohorts(given, 7).mean[1]
        assert mean.low is not None
        assert mean.high is not None
        covered += mean.low <= 0.3 <= mean.high
    assert 0.91 <= covered / 400 <= 0.98
