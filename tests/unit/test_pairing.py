"""Who meets whom: pure rules."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest

from core.domain.pairing import groups


@pytest.mark.parametrize("count", [2, 3, 4, 5, 10, 11, 12, 13, 60, 301])
def test_everybody_is_in_one_group_of_two_or_three(count: int) -> None:
    made = groups(range(1, count + 1), {}, {}, "a")
    assert sorted(each for group in made for each in group) == list(range(1, count + 1))
    assert {len(group) for group in made} <= {2, 3}
    assert sum(len(group) == 3 for group in made) == count % 2


@pytest.mark.parametrize(("count", "rounds"), [(4, 3), (6, 5), (10, 8), (20, 8), (60, 8), (61, 8), (1000, 8)])
def test_nobody_meets_the_same_person_again(count: int, rounds: int) -> None:
    met: dict[int, set[int]] = defaultdict(set)
    for number in range(rounds):
        made = groups(range(count), met, {}, f"round {number}")
        for group in made:
            for one, other in combinations(group, 2):
                assert other not in met[one]
                met[one].add(other)
                met[other].add(one)


@pytest.mark.parametrize("count", [8, 40])
def test_people_of_other_circles_come_first(count: int) -> None:
    circles = {each: 1 + each % 2 for each in range(count)}
    made = groups(range(count), {}, circles, "a")
    assert all(circles[one] != circles[other] for one, other in made)


def test_who_met_all_others_meets_one_again() -> None:
    assert len(groups([1, 2], {1: {2}}, {}, "a")) == 1
    assert groups([], {}, {}, "a") == []
    assert groups([1], {}, {}, "a") == []
