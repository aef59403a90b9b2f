"""Who rates whose homework, and what comes of it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from core.domain.homework import Rating, means, peers


@given(st.sets(st.integers(1, 1_000), max_size=30), st.integers(0, 3), st.text(max_size=5))
def test_each_rates_as_many_others_as_rate_them(people: set[int], each: int, seed: str) -> None:
    shared = peers(sorted(people), each, seed)
    rated = Counter(one for others in shared.values() for one in others)
    fair = max(0, min(each, len(people) - 1))
    assert set(shared) == people
    assert all(len(set(others)) == len(others) == fair and one not in others for one, others in shared.items())
    assert set(rated.values()) <= {fair}


def test_the_best_comes_first_and_what_nobody_rated_is_left_out() -> None:
    given = [
        Rating(account_id=1, author_account_id=2, stars=3),
        Rating(account_id=3, author_account_id=2, stars=4),
        Rating(account_id=1, author_account_id=3, stars=5),
        Rating(account_id=2, author_account_id=1),
    ]
    assert list(means(given).items()) == [(3, 5.0), (2, 3.5)]
