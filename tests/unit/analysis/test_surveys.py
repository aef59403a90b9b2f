"""Figures of surveys, by hand and on known truth."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.surveys import nps, share, strata, weighted


def test_nps_is_the_difference_of_shares_with_the_adjusted_walds_interval() -> None:
    score = nps(15, 25, 60)
    assert score.value == pytest.approx(0.45)
    up, down = 60.75 / 103, 15.75 / 103
    half = 1.959964 * ((up + down - (up - down) ** 2) / 103) ** 0.5
    assert (score.low, score.high) == pytest.approx((up - down - half, up - down + half))
    assert nps(0, 0, 6).high == 1.0  # never above what there is
    assert nps(0, 0, 6).low < 1.0  # and never without a width
    with pytest.raises(ValueError, match="nobody"):
        nps(0, 0, 0)


@pytest.mark.parametrize(("n", "chances"), [(20, (0.2, 0.3, 0.5)), (60, (0.1, 0.2, 0.7)), (200, (0.3, 0.3, 0.4))])
def test_its_interval_holds_the_truth_as_often_as_it_says(n: int, chances: tuple[float, ...]) -> None:
    random = np.random.default_rng(n)
    truth = chances[2] - chances[0]
    scores = [nps(*each) for each in random.multinomial(n, chances, size=2_000)]
    assert 0.93 <= np.mean([score.low <= truth <= score.high for score in scores]) <= 0.975


def test_a_share_has_wilsons_interval() -> None:
    found = share(8, 10)
    assert (found.value, found.low, found.high) == pytest.approx((0.8, 0.490162, 0.943318), abs=1e-6)
    with pytest.raises(ValueError, match="nobody"):
        share(0, 0)


def test_strata_with_few_answers_are_joined_to_their_neighbours() -> None:
    assert strata([12, 3, 9, 4], 10) == [(0, 1), (1, 4)]
    assert strata([3, 3, 3], 10) == []
    assert strata([10, 10], 10) == [(0, 1), (1, 2)]


def test_weights_put_back_those_who_answer_less() -> None:
    # Of 900 who are seldom here 30 answered, of 100 who are often here 50: a tenth stands for most of the answers.
    shares = weighted(np.array([[20.0, 10.0], [5.0, 45.0]]), np.array([900.0, 100.0]))
    assert shares == pytest.approx([0.9 * 2 / 3 + 0.1 * 0.1, 0.9 / 3 + 0.1 * 0.9])
    with pytest.raises(ValueError, match="stratum"):
        weighted(np.array([[0.0, 0.0]]), np.array([5.0]))
