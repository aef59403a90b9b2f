"""networkx on ties: its functions give what they give on its own graphs."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from core.analysis import backend as module
from core.analysis.backend import backend
from core.analysis.backend_info import FUNCTIONS, info
from core.analysis.ties import Ties

ROOT = Path(__file__).parents[3]


def miserables() -> Ties:
    rows = [(u, v, float(w)) for u, v, w in nx.les_miserables_graph().edges(data="weight")]
    return Ties.between([*rows, ("Valjean", "stranger", 2.0), ("stranger", "Valjean", 1.0), ("lone", "lone", 1.0)])


def close(ours: Any, theirs: Any) -> None:
    if isinstance(theirs, dict):
        assert ours == pytest.approx(theirs, abs=1e-9)
    else:
        assert ours == pytest.approx(theirs, abs=1e-9)


CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "pagerank": lambda f, g: f(g),
    "pagerank unweighted": lambda f, g: f(g, weight=None),
    "pagerank by position": lambda f, g: f(g, 0.7, {"Valjean": 2.0, "Cosette": 1.0}, 200, 1e-9),
    "core_number": lambda f, g: f(g),
    "clustering": lambda f, g: f(g),
    "clustering of some": lambda f, g: f(g, ["Valjean", "lone"]),
    "clustering of one": lambda f, g: f(g, "Valjean"),
    "average_clustering": lambda f, g: f(g, None, None, False),
    "betweenness_centrality": lambda f, g: f(g),
    "betweenness_centrality raw": lambda f, g: f(g, None, False),
    "number_weakly_connected_components": lambda f, g: f(g),
    "overall_reciprocity": lambda f, g: f(g),
    "reciprocity": lambda f, g: f(g),
    "reciprocity of some": lambda f, g: f(g, ["Valjean", "stranger"]),
    "reciprocity of one": lambda f, g: f(g, "Valjean"),
}
WITH_DIRECTION_ONLY = ("reciprocity", "overall", "number_weakly")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("directed", [True, False])
def test_functions_give_what_networkx_gives(call: str, directed: bool) -> None:
    if not directed and call.startswith(WITH_DIRECTION_ONLY):
        call = "core_number"
    ties = miserables() if directed else miserables().to_undirected()
    name = call.split()[0]
    close(CALLS[call](getattr(backend, name), ties), CALLS[call](getattr(nx, name), ties.to_networkx()))


@pytest.mark.parametrize("name", ["weakly_connected_components", "strongly_connected_components"])
def test_components_are_networkx_s(name: str) -> None:
    ties = miserables()
    ours = sorted(map(sorted, getattr(backend, name)(ties)))
    assert ours == sorted(map(sorted, getattr(nx, name)(ties.to_networkx())))


@pytest.mark.parametrize("directed", [True, False])
def test_modularity_is_networkx_s(directed: bool) -> None:
    ties = miserables() if directed else miserables().to_undirected()
    sets = backend.leiden_communities(miserables().to_undirected(), seed=random.Random(1))
    theirs = nx.community.modularity(ties.to_networkx(), sets)
    assert backend.modularity(ties, sets) == pytest.approx(theirs, abs=1e-12)
    with pytest.raises(nx.NetworkXException):
        backend.modularity(ties, sets[1:])


@pytest.mark.parametrize("name", ["leiden_communities", "louvain_communities"])
def test_communities_are_a_good_partition(name: str) -> None:
    ties = miserables().to_undirected()
    found = getattr(backend, name)(ties, seed=7)
    assert sorted(member for part in found for member in part) == sorted(ties.names)
    assert found == getattr(backend, name)(ties, seed=7)
    assert nx.community.modularity(ties.to_networkx(), found) > 0.55


@pytest.mark.parametrize(
    ("name", "args", "kwargs", "runs"),
    [
        ("pagerank", (), {}, True),
        ("pagerank", (), {"weight": "other"}, False),
        ("pagerank", (0.85, None, 100, 1e-6, None, "weight", {"a": 1}), {}, False),
        ("betweenness_centrality", (10,), {}, False),
        ("betweenness_centrality", (), {"endpoints": True}, False),
        ("clustering", (None, "weight"), {}, False),
        ("louvain_communities", (), {}, False),
    ],
)
def test_it_says_what_it_cannot_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], runs: bool) -> None:
    assert (backend.can_run(name, (miserables(), *args), kwargs) is True) is runs


def test_graphs_convert_there_and_back() -> None:
    graph = nx.DiGraph([("a", "b", {"weight": 2.5}), ("b", "c", {"weight": 1.0})])
    back = backend.convert_to_nx(backend.convert_from_nx(graph, edge_attrs={"weight": 1}))
    assert nx.utils.graphs_equal(back, graph)
    plain = backend.convert_to_nx(backend.convert_from_nx(nx.path_graph(4), edge_attrs=None))
    assert set(plain.edges) == set(nx.path_graph(4).edges)
    with pytest.raises(NotImplementedError):
        backend.convert_from_nx(nx.DiGraph([("a", "a")]))


def test_what_is_announced_is_there() -> None:
    assert set(info()["functions"]) == set(FUNCTIONS)
    assert all(callable(getattr(module, name)) for name in FUNCTIONS)
    assert all(name in nx.utils.backends._registered_algorithms for name in FUNCTIONS)


DISPATCHED = """
import networkx as nx
from core.analysis.ties import Ties
ties = Ties.between([("a", "b", 2.0), ("b", "c", 1.0), ("c", "a", 1.0), ("c", "d", 1.0)])
plain = ties.to_networkx()
ties.to_networkx = None
assert nx.pagerank(ties) == nx.pagerank(G=ties)
assert all(abs(nx.pagerank(ties)[n] - v) < 1e-12 for n, v in nx.pagerank(plain).items())
assert nx.core_number(ties) == nx.core_number(plain)
sets = nx.community.leiden_communities(ties.to_undirected(), seed=1)
assert {n for s in sets for n in s} == set("abcd")
del ties.__dict__["to_networkx"]
assert nx.transitivity(ties.to_undirected()) == nx.transitivity(plain.to_undirected())
assert nx.pagerank(plain, backend="kith") == nx.pagerank(ties)
"""


def test_networkx_finds_the_backend_by_its_entry_point(tmp_path: Path) -> None:
    """In a process of its own, where networkx sees what the installed package declares."""
    declared = tmp_path / "kith-0.dist-info"
    declared.mkdir()
    (declared / "METADATA").write_text("Metadata-Version: 2.1\nName: kith\nVersion: 0\n")
    pyproject = (ROOT / "pyproject.toml").read_text()
    lines = ["[networkx.backends]", _declared(pyproject, "backends"), "[networkx.backend_info]"]
    (declared / "entry_points.txt").write_text("\n".join([*lines, _declared(pyproject, "backend_info"), ""]))
    script = DISPATCHED.replace("ties.to_networkx = None", "ties.__dict__['to_networkx'] = None")
    # Before all others, so that an installed Kith is not found a second time.
    start = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]\n"
    run = subprocess.run([sys.executable, "-c", start + script], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def _declared(pyproject: str, group: str) -> str:
    section = pyproject.split(f'[project.entry-points."networkx.{group}"]\n')[1]
    return section.splitlines()[0].replace('"', "")
