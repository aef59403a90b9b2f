"""Figures against networkx's own, on graphs that everybody knows, and on CollegeMsg's published ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest

from core.analysis import measures
from core.analysis.edges import read_edges
from core.analysis.network import Parameters, analyse
from core.analysis.projection import Projection, bridging, clustering, core_numbers
from core.analysis.ties import Ties
from tests.conftest import SHARED

COLLEGE = SHARED / "graph" / "CollegeMsg.txt.gz"
GRAPHS = {"karate": nx.karate_club_graph, "les miserables": nx.les_miserables_graph}
NetworkInput = tuple[Ties, Any, Any]


@pytest.fixture(params=[(name, both) for name in GRAPHS for both in (False, True)], ids=str)
def known(request: pytest.FixtureRequest) -> NetworkInput:
    """Give ties (each pair one way, or both), and networkx's graphs with and without direction."""
    name, both = request.param
    graph = GRAPHS[name]()
    rows = [(str(u), str(v), float(w)) for u, v, w in graph.edges(data="weight")]
    if both:
        rows += [(v, u, w) for u, v, w in rows]
    ties = Ties.between(rows)
    directed = nx.DiGraph()
    directed.add_weighted_edges_from(rows)
    return ties, directed, nx.Graph(directed.edges)


def differs(ties: Ties, values: Any, expected: dict[str, float]) -> float:
    assert set(expected) == set(ties.names)
    return max(abs(values[ties.index[name]] - value) for name, value in expected.items())


UNDIRECTED: dict[str, tuple[Callable[[Projection], Any], Callable[[Any], dict[str, float]]]] = {
    "core": (core_numbers, nx.core_number),
    "clustering": (clustering, nx.clustering),
    "bridging": (lambda view: bridging(view).value, nx.betweenness_centrality),
}


@pytest.mark.parametrize("figure", UNDIRECTED)
def test_figures_without_direction_are_networkx_s(known: NetworkInput, figure: str) -> None:
    ties, _, graph = known
    ours, theirs = UNDIRECTED[figure]
    assert differs(ties, ours(Projection.of(ties.undirected)), theirs(graph)) < 1e-6


def test_pagerank_is_networkx_s(known: NetworkInput) -> None:
    ties, graph, _ = known
    assert differs(ties, measures.pagerank(ties.matrix), nx.pagerank(graph)) < 1e-6
    exact = nx.pagerank(graph, tol=1e-14, max_iter=1000)
    assert differs(ties, measures.pagerank(ties.matrix, tolerance=1e-12), exact) < 1e-9


def test_the_whole_is_networkx_s(known: NetworkInput) -> None:
    ties, graph, _ = known
    found = analyse(ties)
    assert found.health.reciprocity == pytest.approx(nx.overall_reciprocity(graph), abs=1e-6)
    assert found.health.components == nx.number_weakly_connected_components(graph)
    sets = [{ties.names[i] for i in circle.members.tolist()} for circle in found.circles]
    plain = ties.to_undirected().to_networkx()
    assert found.health.modularity == pytest.approx(nx.community.modularity(plain, sets), abs=1e-6)


def test_peeling_and_networkit_agree_on_core_numbers(known: NetworkInput) -> None:
    ties, _, graph = known
    assert differs(ties, measures.core_numbers(ties.undirected), nx.core_number(graph)) == 0


def test_sampled_bridging_keeps_its_stated_error() -> None:
    ties = scattered(600, 4)
    view = Projection.of(ties.undirected)
    exact, sampled = bridging(view, exact=True), bridging(view, error=0.02, exact=False)
    assert exact.error == 0.0
    assert 0.0 < sampled.error <= 0.021
    assert np.abs(exact.value - sampled.value).max() <= sampled.error
    assert (bridging(view, error=0.02, exact=False).value == sampled.value).all()


def test_decentralisation_of_a_star_and_a_ring() -> None:
    assert measures.decentralisation(np.array([4, 1, 1, 1, 1])) == 0.0
    assert measures.decentralisation(np.array([2, 2, 2, 2])) == 1.0
    assert measures.decentralisation(np.array([1, 1])) is None


def test_fragmentation_is_the_share_of_pairs_apart() -> None:
    assert measures.fragmentation(np.array([0, 0, 1, 1])) == pytest.approx(1 - 4 / 12)
    assert measures.fragmentation(np.array([0, 0, 0])) == 0.0
    assert measures.fragmentation(np.array([0, 1, 2])) == 1.0
    assert measures.fragmentation(np.array([0])) is None


def test_gini_of_equal_and_of_one_holder() -> None:
    assert measures.gini(np.ones(10)) == pytest.approx(0.0)
    assert measures.gini(np.array([0.0] * 9 + [5.0])) == pytest.approx(0.9)
    assert measures.gini(np.zeros(3)) is None


def scattered(members: int, each: int, seed: int = 1) -> Ties:
    chance = np.random.default_rng(seed)
    source, target = chance.integers(0, members, (2, members * each))
    return Ties.between([(f"m{a:04d}", f"m{b:04d}", 1.0) for a, b in zip(source, target, strict=True)])


@pytest.mark.shared_data
@pytest.mark.skipif(not COLLEGE.exists(), reason="CollegeMsg is not here")
class TestCollegeMsg:
    """The figures that are published with the data."""

    def test_size_and_ties(self) -> None:
        ties = read_edges(COLLEGE)
        found = analyse(ties, Parameters())
        assert (found.health.nodes, found.health.ties, found.health.weight) == (1899, 20296, 59835)
        assert found.health.components == 4
        assert found.health.reciprocity == pytest.approx(0.6364, abs=5e-5)
        senders = {name: int(ties.in_degree[ties.index[name]]) for name in ("32", "42", "638")}
        assert senders == {"32": 137, "42": 120, "638": 119}
        assert ties.in_degree.max() == 137

    @pytest.mark.parametrize(
        ("weight", "first"),
        [
            ("count", {"32": 0.00686, "323": 0.00683, "372": 0.00609, "103": 0.00575, "1624": 0.00555}),
            ("none", {"32": 0.00600, "42": 0.00590, "638": 0.00539, "372": 0.00509, "400": 0.00454}),
        ],
    )
    def test_pagerank_s_first_five(self, weight: str, first: dict[str, float]) -> None:
        members = analyse(read_edges(COLLEGE, weight=weight)).members()[:5]
        assert [member.name for member in members] == list(first)
        assert [member.pagerank for member in members] == pytest.approx(list(first.values()), abs=6e-6)

    def test_networkx_agrees_on_every_member(self) -> None:
        ties = read_edges(COLLEGE)
        view = Projection.of(ties.undirected)
        graph = ties.to_undirected().to_networkx()
        assert differs(ties, measures.pagerank(ties.matrix), nx.pagerank(ties.to_networkx())) < 1e-9
        assert differs(ties, core_numbers(view), nx.core_number(graph)) == 0
        assert differs(ties, clustering(view), nx.clustering(graph)) < 1e-9
