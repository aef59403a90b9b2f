"""Circles: what Leiden promises, and names that last."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csgraph

from core.analysis.circles import Circle, circles_of, partition, renamed, repartition
from core.analysis.measures import modularity
from core.analysis.projection import Projection, louvain
from core.analysis.ties import Ties
from tests.benchmarks.communities import planted


def circle(number: int, *members: int) -> Circle:
    return Circle(number, np.array(members), 0.5)


def cliques(*sizes: int) -> Ties:
    """Return groups in which everybody is tied with everybody, each joined to the next by one tie."""
    rows, start = [], 0
    for size in sizes:
        group = [f"m{i:03d}" for i in range(start, start + size)]
        rows += [(a, b) for a in group for b in group if a < b]
        rows.append((group[-1], f"m{start + size:03d}"))
        start += size
    return Ties.between(rows[:-1])


def test_groups_with_one_tie_between_them_are_circles() -> None:
    ties = cliques(6, 7, 8)
    label = partition(ties.undirected, Projection.of(ties.undirected))
    circles, number = circles_of(ties.undirected, label, np.ones(len(ties)))
    assert [c.members.tolist() for c in circles] == [list(range(13, 21)), list(range(6, 13)), list(range(6))]
    assert number.tolist() == [3] * 6 + [2] * 7 + [1] * 8
    # Eight people have 28 ties inside and one out: 56 of 57 ends stay.
    assert circles[0].cohesion == pytest.approx(56 / 57)


def test_karate_s_modularity_is_the_best_known() -> None:
    graph = nx.karate_club_graph()
    ties = Ties.between([(f"{a:02d}", f"{b:02d}") for a, b in graph.edges])
    label = partition(ties.undirected, Projection.of(ties.undirected))
    assert modularity(ties.undirected, label) == pytest.approx(0.4198, abs=5e-4)


@pytest.mark.parametrize("seed", [1, 2])
def test_modularity_is_not_below_refined_louvain_s(seed: int) -> None:
    ties = planted(5_000, seed=seed).ties
    view = Projection.of(ties.undirected)
    found, other = partition(ties.undirected, view), np.full(len(ties), -1)
    other[view.member] = louvain(view, seed=1)
    assert modularity(ties.undirected, found) > modularity(ties.undirected, other) - 0.005  # type: ignore[operator]


def test_every_circle_hangs_together() -> None:
    ties = planted(5_000, seed=3).ties
    label = partition(ties.undirected, Projection.of(ties.undirected))
    for part in range(label.max() + 1):
        members = np.flatnonzero(label == part)
        inside = ties.undirected[members][:, members]
        assert csgraph.connected_components(inside, directed=False)[0] == 1


def test_repartition_starts_from_yesterday_and_keeps_quality() -> None:
    ties = planted(5_000, seed=4).ties
    label = partition(ties.undirected, Projection.of(ties.undirected))
    chance = np.random.default_rng(2)
    pick = chance.integers(0, 5_000, 200)
    moved = ties.renewed(0.0, [ties.names[i] for i in pick], [ties.names[i] for i in chance.permutation(pick)])
    after = repartition(moved.undirected, label, np.unique(pick))
    fresh = partition(moved.undirected, Projection.of(moved.undirected))
    assert modularity(moved.undirected, after) == pytest.approx(modularity(moved.undirected, fresh), abs=0.01)
    same = [np.bincount(after[label == part]).max() / (label == part).sum() for part in range(label.max() + 1)]
    assert np.mean(same) > 0.95


def test_repartition_of_nothing_new_changes_nothing() -> None:
    ties = cliques(6, 7, 8)
    label = partition(ties.undirected, Projection.of(ties.undirected))
    assert (repartition(ties.undirected, label, np.empty(0, np.int64)) == label).all()


def test_circles_keep_their_ids() -> None:
    before = [circle(4, 0, 1, 2, 3, 4), circle(7, 5, 6, 7, 8)]
    named, changes = renamed([circle(1, 5, 6, 7, 9), circle(2, 0, 1, 2, 3)], before)
    assert [c.id for c in named] == [7, 4]
    assert (changes.born, changes.died, dict(changes.merged), dict(changes.split)) == ((), (), {}, {})


def test_births_and_deaths_are_recorded() -> None:
    named, changes = renamed([circle(1, 10, 11, 12), circle(2, 0, 1, 2)], [circle(1, 0, 1, 2), circle(2, 5, 6, 7)])
    assert [c.id for c in named] == [3, 1]
    assert (changes.born, changes.died) == ((3,), (2,))


def test_a_merger_and_a_split_are_recorded() -> None:
    apart, together = [circle(1, 0, 1, 2, 3, 4), circle(2, 5, 6, 7, 8)], [circle(1, *range(9))]
    named, changes = renamed(together, apart)
    assert ([c.id for c in named], dict(changes.merged)) == ([1], {1: (1, 2)})
    assert (changes.born, changes.died) == ((), ())
    named, changes = renamed(apart, together)
    assert ([c.id for c in named], dict(changes.split)) == ([1, 2], {1: (1, 2)})
    assert (changes.born, changes.died) == ((), ())
