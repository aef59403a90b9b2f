"""The analysis of the community graph against plain networkx, NetworKit, SciPy, python-igraph and the states' peer.

    python -m tests.benchmarks.graph [--sizes 1000 10000 100000] [--million] [--json FILE]

Everything is measured in one run on the same generated ties, so that ratios count and seconds don't. igraph
(GPL) and tc-core-analyzer-lib get environments of their own under build/, made at the first run, and run as
processes of their own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import scipy.sparse as sp
from scipy.sparse import csgraph

from core.analysis import measures, projection
from core.analysis.circles import partition
from core.analysis.edges import read_edges
from core.analysis.network import analyse
from core.analysis.projection import nk
from core.analysis.states import Interactions, states
from core.analysis.ties import Ties
from tests.benchmarks.communities import agreement, planted

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build" / "environments"
DAYS = 90
SLOW_FROM = 1_000_000  # members from which only Kith runs: the others' figures are known to be worse


class Clock:
    """Times what is called, under a name, by the wall and by the processor, which a busy machine stretches less."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.processor: dict[str, float] = {}

    def __call__(self, name: str, work: Callable[[], Any], times: int = 1) -> Any:
        taken = []
        for _ in range(times):
            start, spent = time.perf_counter(), time.process_time()
            result = work()
            taken.append(time.perf_counter() - start)
            self.processor[name] = time.process_time() - spent
        # The least is what the work takes; more is what else the machine does.
        self.seconds[name] = min(taken)
        return result


def make(members: int, folder: Path) -> None:
    """Write a community: its ties as an edge list, its talk over 90 days and its circles as arrays."""
    community = planted(members, seed=1)
    entries, rows = community.ties.matrix.tocoo(), community.rows
    table = np.column_stack([entries.row, entries.col, entries.data.astype(np.int64)])
    np.savetxt(folder / "ties.tsv", table, fmt="%d", delimiter="\t")
    keep = rows.source != rows.target
    np.savez(
        folder / "talk.npz",
        day=np.random.default_rng(2).integers(0, DAYS, len(rows.source))[keep],
        source=rows.source[keep],
        target=rows.target[keep],
        count=np.asarray(rows.weight)[keep].astype(np.int64),
        circle=community.circle,
    )


def talk(folder: Path) -> Interactions:
    """Return the community's talk, each row on one day."""
    with np.load(folder / "talk.npz") as kept:
        names = list(map(str, range(len(kept["circle"]))))
        return Interactions(names, DAYS, kept["day"], kept["source"], kept["target"], kept["count"])


Ways = dict[str, dict[str, Callable[[], Any]]]


def in_turn(operations: Ways, repeat: int) -> dict[str, dict[str, float]]:
    """Time each operation in all its ways by turns, so that a busy minute of the machine meets them all."""
    clocks: dict[str, Clock] = {}
    for name, ways in operations.items():
        for _ in range(repeat):
            for way, work in ways.items():
                clocks.setdefault(way, Clock())(name, work)
    return {way: clock.seconds for way, clock in clocks.items()}


def operations(ties: Ties) -> Ways:
    """Return each operation by Kith, NetworKit and SciPy, on what each has made of the ties before."""
    matrix, undirected, size = ties.matrix, ties.undirected, len(ties)
    view = projection.Projection.of(undirected)
    entries, upper = matrix.tocoo(), sp.triu(undirected, 1, format="coo")
    coo = nk.graph.GraphFromCoo
    directed = coo((entries.data, (entries.row, entries.col)), n=size, weighted=True, directed=True)
    graph = coo((upper.data, (upper.row, upper.col)), n=size, weighted=True)
    central, weak = nk.centrality, nk.components.WeaklyConnectedComponents
    return {
        "pagerank": {
            "kith": lambda: measures.pagerank(matrix),
            "scipy": lambda: _power(matrix),
            "networkit": lambda: central.PageRank(directed, 0.85, 1e-10).run().scores(),
        },
        "reciprocity": {
            "kith": lambda: measures.reciprocity(matrix, undirected),
            "scipy": lambda: matrix.multiply(matrix.T.tocsr()).nnz / matrix.nnz,
        },
        "components": {
            "kith": lambda: measures.components(matrix),
            "scipy": lambda: csgraph.connected_components(matrix, connection="weak"),
            "networkit": lambda: weak(directed).run().getPartition().getVector(),
        },
        "view": {
            "kith": lambda: projection.Projection.of(undirected),
            "networkit": lambda: coo((upper.data, (upper.row, upper.col)), n=size, weighted=True),
        },
        "core": {
            "kith": lambda: projection.core_numbers(view),
            "networkit": lambda: central.CoreDecomposition(graph).run().scores(),
        },
        "clustering": {
            "kith": lambda: projection.clustering(view),
            "networkit": lambda: central.LocalClusteringCoefficient(graph, True).run().scores(),
        },
        "circles": {
            "kith": lambda: partition(undirected, view),
            "networkit": lambda: nk.community.ParallelLeiden(graph).run().getPartition().getVector(),
        },
        "bridging": {
            "kith": lambda: projection.bridging(view),
            "networkit": lambda: central.KadabraBetweenness(graph, 0.005, 0.1).run().scores(),
        },
    }


def whole_ways(path: Path) -> Ways:
    """Return the whole, from the file on, by Kith and by NetworKit alone as its documentation does things."""
    return {
        "whole": {
            "kith": lambda: analyse(read_edges(path, weight="3")),
            "networkit": lambda: networkit_alone(path),
        }
    }


def kith(folder: Path) -> tuple[dict[str, float], dict[str, Any]]:
    """Time Kith alone: the load, the analysis, a day's increment, the states."""
    clock = Clock()
    _time_states(clock, folder)
    ties = clock("load", lambda: read_edges(folder / "ties.tsv", weight="3"))
    network = clock("analysis", lambda: analyse(Ties(ties.names, ties.matrix, 0.0, 30.0)))
    with np.load(folder / "talk.npz") as kept:
        true = kept["circle"][np.array([int(name) for name in ties.names])]
    quality = {
        "modularity": network.health.modularity,
        "nmi": agreement(network.circle, true),
        "circles": len(network.circles),
        "peak GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }
    quality["increment modularity"] = _increment(clock, network, ties)
    quality["processor"] = clock.processor
    return clock.seconds, quality


def _time_states(clock: Clock, folder: Path) -> None:
    given = talk(folder)
    clock("states", lambda: states(given))


def _increment(clock: Clock, network: Any, ties: Ties) -> float | None:
    """Time a day's new ties: one in two hundred, seven of ten between people who had ties before."""
    chance = np.random.default_rng(5)
    count = max(ties.matrix.nnz // 200, 1)
    entries = ties.matrix.tocoo()
    pick = chance.integers(0, ties.matrix.nnz, count)
    other = np.where(chance.random(count) < 0.7, entries.col[pick], chance.integers(0, len(ties), count))
    source = [ties.names[i] for i in entries.row[pick]]
    target = [ties.names[i] for i in other]
    step = clock("increment", lambda: analyse(network.ties.renewed(1.0, source, target), previous=network))
    modularity: float | None = step.health.modularity
    return modularity


def _power(matrix: sp.csr_array) -> Any:
    size = matrix.shape[0]
    given = np.asarray(matrix.sum(axis=1)).ravel()
    silent = given == 0
    scale = np.divide(1.0, given, out=np.zeros(size), where=~silent)
    step = (sp.diags_array(scale) @ matrix).T.tocsr()
    x = np.full(size, 1.0 / size)
    for _ in range(200):
        before, x = x, 0.85 * (step @ x + x[silent].sum() / size) + 0.15 / size
        if np.abs(x - before).sum() < measures.TOLERANCE:
            break
    return x


def networkit_alone(path: Path) -> None:
    """Do the whole by NetworKit, NumPy reading and merging, since its own merged view miscounts; no reciprocity."""
    source, target, weight = np.loadtxt(path, dtype=np.int64, delimiter="\t").T
    size = int(max(source.max(), target.max())) + 1
    coo = nk.graph.GraphFromCoo
    directed = coo((weight.astype(np.float64), (source, target)), n=size, weighted=True, directed=True)
    nk.centrality.PageRank(directed, 0.85, 1e-10).run().scores()
    nk.components.WeaklyConnectedComponents(directed).run().getPartition()
    key, place = np.unique(np.minimum(source, target) * size + np.maximum(source, target), return_inverse=True)
    graph = coo((np.bincount(place, weights=weight), (key // size, key % size)), n=size, weighted=True)
    _networkit_figures(graph)


def _networkit_figures(graph: Any) -> None:
    nk.centrality.CoreDecomposition(graph).run().scores()
    nk.centrality.LocalClusteringCoefficient(graph, True).run().scores()
    nk.community.ParallelLeiden(graph).run().getPartition()
    nk.centrality.KadabraBetweenness(graph, 0.005, 0.1).run().scores()


def modularities(ties: Ties) -> dict[str, float]:
    """Return what NetworKit's two ways to circles reach."""
    view = projection.Projection.of(ties.undirected)
    nk.setSeed(1, True)
    ways = {
        "Leiden": nk.community.ParallelLeiden(view.graph),
        "refined Louvain": nk.community.PLM(view.graph, refine=True),
    }
    quality = nk.community.Modularity().getQuality
    return {name: quality(way.run().getPartition(), view.graph) for name, way in ways.items()}


def plain_networkx(path: Path, bridging: bool) -> dict[str, float]:
    """Time networkx on its own graphs; sampled betweenness only where it ends in reasonable time."""
    clock = Clock()
    graph = clock("load", lambda: nx.read_weighted_edgelist(path, delimiter="\t", create_using=nx.DiGraph))
    plain = clock("undirected", lambda: _merged(graph))
    clock("pagerank", lambda: nx.pagerank(graph))
    clock("reciprocity", lambda: nx.overall_reciprocity(graph))
    clock("components", lambda: nx.number_weakly_connected_components(graph))
    clock("core", lambda: nx.core_number(plain))
    clock("clustering", lambda: nx.clustering(plain))
    clock("circles", lambda: nx.community.louvain_communities(plain, seed=1))
    if bridging:
        clock("bridging", lambda: nx.betweenness_centrality(plain, k=256, seed=1))
    return clock.seconds


def _merged(graph: Any) -> Any:
    merged = nx.Graph()
    merged.add_nodes_from(graph)
    for u, v, weight in graph.edges(data="weight"):
        before = merged.edges[u, v]["weight"] if merged.has_edge(u, v) else 0.0
        merged.add_edge(u, v, weight=before + weight)
    return merged


def environment(name: str, *packages: str) -> str:
    """Return the Python of an environment that has these packages and nothing of Kith."""
    home = BUILD / name
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True)
    return str(python)


def igraph(path: Path) -> dict[str, Any]:
    """Time python-igraph in its environment."""
    python = environment("igraph", "igraph>=0.11")
    done = subprocess.run([python, str(HERE / "igraph_peer.py"), str(path)], check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def peer_states(members: int = 2_000) -> dict[str, Any]:
    """Compare states with the peer's: seconds of each, and whether all sets are the same."""
    from tests.benchmarks.states_fixtures import PEER_SETS, ask_peer, generated  # noqa: PLC0415
    from tests.unit.analysis.test_states import states_of  # noqa: PLC0415

    given = generated(members, DAYS, 0.5, 1)
    sets, seconds = ask_peer(environment("states", "tc-core-analyzer-lib==1.3.1"), given)
    clock = Clock()
    found = clock("kith", lambda: states_of(given), 3)
    same = all([found.members(s, w) for w in range(len(found))] == sets[s] for s in PEER_SETS)
    return {"peer": seconds, "kith": clock.seconds["kith"], "ratio": seconds / clock.seconds["kith"], "same": same}


def measure(members: int) -> dict[str, Any]:
    """Return all figures for one size; of the largest, Kith's alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In another process, whose memory is not the analysis's.
        run = [sys.executable, "-m", "tests.benchmarks.graph", "--make", name, "--one", str(members)]
        subprocess.run(run, check=True)
        result: dict[str, Any] = {"members": members}
        result["kith"], result["quality"] = kith(folder)
        if members < SLOW_FROM:
            path = folder / "ties.tsv"
            ties = read_edges(path, weight="3")
            timed = in_turn(operations(ties), 5 if members <= 10_000 else 3)
            ends = in_turn(whole_ways(path), 2)
            for way in ("kith", "networkit", "scipy"):
                result[way] = {**result.get(way, {}), **timed[way], **ends.get(way, {})}
            result["modularity of networkit"] = modularities(ties)
            result["networkx"] = plain_networkx(path, members <= 1_000)
            result["igraph"] = igraph(path)
    return result


def table(result: dict[str, Any]) -> list[str]:
    """Return the lines for one size: seconds, and how many times longer the others take."""
    lines = [f"{result['members']:,} members, peak {result['quality']['peak GB']:.2f} GB"]
    others = [name for name in ("networkx", "networkit", "scipy", "igraph") if name in result]
    lines.append(f"{'':>16} {'kith, s':>9}" + "".join(f"{name:>18}" for name in others))
    for part, seconds in result["kith"].items():
        cells = ""
        for name in others:
            other = result[name].get(part)
            cells += f"{other:>10.3f} {other / seconds:>6.1f}x" if other is not None else f"{'–':>18}"
        lines.append(f"{part:>16} {seconds:>9.4f}{cells}")
    if "networkx" in result:
        finished = [part for part in result["networkx"] if part in result["kith"]]
        # Kith makes its view without direction for all of them together.
        ours = sum(result["kith"][part] for part in finished) + result["kith"]["view"]
        theirs = sum(result["networkx"].values())
        lines.append(f"what networkx finishes: {theirs:.1f} s against {ours:.2f} s, {theirs / ours:.0f}x")
    increment = result["kith"]["increment"]
    whole = sum(result["kith"][part] for part in ("load", "analysis", "states"))
    lines.append(f"the whole with states: {whole:.2f} s")
    lines.append(f"a day's increment is 1/{whole / increment:.1f} of the whole")
    lines.append(f"quality: {result['quality']}, NetworKit {result.get('modularity of networkit', '–')}")
    return [*lines, ""]


def main() -> None:
    """Measure each size in a process of its own, print the table, write the JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--million", action="store_true", help="also one million members, Kith alone")
    parser.add_argument("--json", type=Path, default=BUILD.parent / "graph.json")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        make(given.one, given.make)
        return
    if given.one:
        print(json.dumps(measure(given.one)))
        return
    results: dict[str, Any] = {"states": peer_states(), "sizes": []}
    print(f"states at 2,000 members over {DAYS} days: {results['states']}\n")
    for size in [*given.sizes, *([1_000_000] if given.million else [])]:
        command = [sys.executable, "-m", "tests.benchmarks.graph", "--one", str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        results["sizes"].append(json.loads(done.stdout.splitlines()[-1]))
        print("\n".join(table(results["sizes"][-1])), flush=True)
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
