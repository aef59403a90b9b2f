"""Who meets whom: pure rules."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import networkx as nx
import pytest

from core.domain.matching import enlarge
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


def test_a_matching_is_as_large_as_an_independent_one() -> None:
    for seed in range(300):
        graph = nx.gnp_random_graph(1 + seed % 23, 0.05 + seed % 11 / 20, seed=seed)
        partner: dict[int, int] = {}
        enlarge(list(graph), graph.has_edge, partner)
        assert all(partner[other] == one and graph.has_edge(one, other) for one, other in partner.items())
        assert len(partner) == 2 * len(nx.max_weight_matching(graph, maxcardinality=True))


@pytest.mark.parametrize("count", [12, 40, 200])
def test_nobody_meets_again_where_one_pairing_alone_is_left(count: int) -> None:
    everybody = set(range(count))
    met = {each: everybody - {each, each ^ 1} for each in everybody}  # 0 knows all but 1, 2 all but 3 …
    for seed in "abc":
        made = groups(range(count), met, {}, seed)
        assert sorted(map(sorted, made)) == [[each, each + 1] for each in range(0, count, 2)]


@pytest.mark.parametrize("count", [3, 4, 9, 30])
def test_who_is_to_be_kept_apart_never_meets_be_they_alone_for_it(count: int) -> None:
    alone = {(0, each) for each in range(1, count)}  # 0 wants nobody
    made = groups(range(count), {}, {}, "a", alone)
    assert not any(0 in group for group in made)
    assert {each for group in made for each in group} >= set(range(1, count - (count % 2 == 0)))  # a three where odd
    towards = {(each, 0) for each in range(2, count)}  # nobody but 1 wants 0
    made = groups(range(count), {1: {0}}, {}, "a", towards)
    assert {group for group in made if 0 in group} <= {(0, 1), (1, 0)}
