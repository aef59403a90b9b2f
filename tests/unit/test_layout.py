"""Where everybody stands on the map."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from core.analysis.layout import arrange, network_map
from tests.world.pictures import community


def test_the_same_ties_give_the_same_map() -> None:
    ties, circle, importance = community(500, 5)
    first = arrange(ties, circle, importance, {0: "Ana"})
    assert np.array_equal(first, arrange(ties.copy(), circle.copy(), importance.copy(), {0: "Ana"}))
    assert first.min() >= 0
    assert first.max() <= 1


def test_members_stand_with_their_circle() -> None:
    ties, circle, importance = community(1500, 6)
    at = arrange(ties, circle, importance, {})
    middle = np.array([at[circle == each].mean(0) for each in range(6)])
    tied = np.asarray((ties + ties.T).sum(1)).ravel() > 0
    away = np.linalg.norm(at[:, None] - middle[None], axis=2)
    assert (away.argmin(1) == circle)[tied].mean() > 0.9


def test_who_talks_with_two_circles_stands_between_them() -> None:
    rows = [(i, j) for block in (range(12), range(12, 24)) for i in block for j in block if i != j]
    rows += [(24, i) for i in (*range(4), *range(12, 16))]
    source, target = np.array(rows).T
    ties = sp.csr_array((np.ones(len(rows)), (source, target)), (25, 25))
    circle = np.array([0] * 12 + [1] * 12 + [-1], np.int64)
    at = arrange(ties, circle, np.ones(25), {})
    one, other = at[:12].mean(0), at[12:24].mean(0)
    share = (at[24] - one) @ (other - one) / ((other - one) @ (other - one))
    assert 0.2 < share < 0.8


def test_who_has_no_ties_stands_at_the_rim() -> None:
    ties, circle, importance = community(200, 3)
    alone = sp.csr_array(sp.block_diag([ties, sp.csr_array((10, 10))]))
    at = arrange(alone, np.r_[circle, np.full(10, -1)], np.r_[importance, np.zeros(10)], {})
    assert (np.linalg.norm(at[-10:] - 0.5, axis=1) > 0.44).all()


@pytest.mark.parametrize("members", [0, 1, 2, 3])
def test_a_handful_has_a_map(members: int) -> None:
    ties = sp.csr_array(np.ones((members, members)) - np.eye(members))
    network = network_map(
        ties, np.full(members, -1, np.int64), np.ones(members), ["Ana"] * members, {}, title="T", foot="F"
    )
    assert len({(person.x, person.y) for person in network.people}) == members
    assert network.cloud == ()
    assert network.circles == ()


def test_a_community_without_ties_has_a_map() -> None:
    network = network_map(
        sp.csr_array((400, 400)), np.full(400, -1, np.int64), np.zeros(400), ["Ana"] * 400, {}, title="T", foot="F"
    )
    assert (len(network.people), len(network.cloud), network.ties) == (300, 100, ())


def test_the_largest_circle_comes_first_and_ties_are_the_strongest() -> None:
    circle = np.array([7, 7, 3, 3, 3, -1], np.int64)
    ties = sp.csr_array(([9.0, 1.0, 4.0, 4.0], ([0, 2, 3, 4], [1, 3, 2, 3])), (6, 6))
    network = network_map(ties, circle, np.arange(6.0), list("abcdef"), {3: "three", 7: "seven"}, title="T", foot="F")
    assert [(each.label, each.members) for each in network.circles] == [("three", 3), ("seven", 2)]
    assert [person.name for person in network.people] == list("fedcba")
    assert [person.circle for person in network.people] == [-1, 0, 0, 0, 1, 1]
    named = {frozenset((network.people[a].name, network.people[b].name)): weight for a, b, weight in network.ties}
    assert named == {
        frozenset("ab"): 1.0,
        frozenset("cd"): pytest.approx((5 / 9) ** 0.5, abs=1e-3),
        frozenset("de"): pytest.approx((4 / 9) ** 0.5, abs=1e-3),
    }
