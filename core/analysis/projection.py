"""The view without direction as a NetworKit graph: core, clustering, bridging and circles run on it.

NetworKit's own conversion to an undirected graph miscounts answered ties and then crashes in triangle
counting, so that the graph is built from the merged upper triangle.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from core.analysis.ties import Floats, Ints

# Read when NetworKit loads. Its threads otherwise spin while they wait for each other: on a machine that has
# other work, as a bot's has, core numbers then take fifty times as long and exact bridging twice.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import networkit as nk

EXACT_UP_TO = 2_000  # members for whom bridging is exact
ERROR = 0.005  # of sampled bridging, absolute, as a share of all pairs
ERROR_LARGE = 0.01  # in very large communities: half the error takes four times as many chains
VERY_LARGE = 200_000  # members from which they are
REPEATABLE = 20_000  # members to whom sampled bridging is the same each time; above, speed comes first
DOUBT = 0.1  # at most this chance that some member's value is off by more


@dataclass(frozen=True, eq=False)
class Projection:
    """Members with ties as nodes 0 … of `graph`; `member[node]` is the member's position in the ties.

    Nodes stand in an order that comes from the ties alone, not from names or from members without ties, so
    that what depends on the order (circles) is the same whatever members are called.
    """

    graph: nk.Graph
    member: Ints
    size: int  # of the community, members without ties included

    @classmethod
    def of(cls, undirected: sp.csr_array) -> Projection:
        """Build from the symmetric matrix, members with the strongest surroundings first."""
        size = undirected.shape[0]
        tied = np.flatnonzero(np.diff(undirected.indptr))
        member = tied[np.argsort(-_surroundings(undirected)[tied], kind="stable")]
        node = np.full(size, -1, np.int64)
        node[member] = np.arange(len(member))
        upper = sp.triu(undirected, 1, format="coo")
        rows, columns = node[upper.row], node[upper.col]
        # networkit asks for csr_matrix, not csr_array.
        entries = (upper.data, (np.minimum(rows, columns), np.maximum(rows, columns)))
        matrix = sp.csr_matrix(sp.coo_matrix(entries, shape=(len(member), len(member))))
        # One thread: several leave each node's ties in an order that differs from run to run.
        with one_thread():
            graph = nk.graph.GraphFromCsr(matrix, directed=False, weighted=True)
        return cls(graph, member, size)

    def spread(self, values: Floats) -> Floats:
        """Return the nodes' values over all members, zero for those without ties."""
        result = np.zeros(self.size)
        result[self.member] = values
        return result


def _surroundings(undirected: sp.csr_array) -> Floats:
    """Return a number for each member that depends on its ties and theirs, up to four steps away."""
    seen = np.asarray(undirected.sum(axis=1), np.float64).ravel()
    for _ in range(3):
        # The root keeps sums apart that a linear walk would add up to the same.
        seen = undirected @ np.sqrt(seen) + seen
    # Rounded, so that members who are alike don't change places by the last bit of a sum.
    return np.asarray(np.round(np.log(np.maximum(seen, 1e-300)), 9), np.float64)


def core_numbers(projection: Projection) -> Ints:
    """Return the largest k so that a member is in a group where each has ties with k: Seidman (1983)."""
    if not len(projection.member):
        return np.zeros(projection.size, np.int64)
    return projection.spread(_scores(nk.centrality.CoreDecomposition(projection.graph))).astype(np.int64)


def clustering(projection: Projection) -> Floats:
    """Return which share of the pairs of a member's contacts have a tie: Watts and Strogatz (1998)."""
    if not len(projection.member):
        return np.zeros(projection.size)
    return projection.spread(_scores(nk.centrality.LocalClusteringCoefficient(projection.graph, turbo=True)))


@dataclass(frozen=True, eq=False)
class Bridging:
    """Betweenness of each member, as a share of all pairs, and how far a value can be off."""

    value: Floats
    error: float  # absolute, 0 where exact
    doubt: float  # chance that some value is off by more


def bridging(
    projection: Projection, *, error: float | None = None, seed: int = 1, exact: bool | None = None
) -> Bridging:
    """Return on which share of the shortest chains between two others a member stands: Freeman (1977).

    Exact (Brandes 2001) to 2,000 members, above sampled until every value is within `error` with 90 % (KADABRA, Borassi
    and Natale 2016): ±0.005, from 200,000 members on ±0.01. Chains run along ties in either direction, one step each.
    """
    nodes, size = len(projection.member), projection.size
    if error is None:
        error = ERROR if size < VERY_LARGE else ERROR_LARGE
    if exact is None:
        exact = size <= EXACT_UP_TO
    if nodes < 3:
        return Bridging(np.zeros(size), 0.0, 0.0)
    pairs = (size - 1) * (size - 2)
    if exact:
        # On a weighted graph NetworKit takes weights for lengths, which would make strong ties long.
        steps = nk.graphtools.toUnweighted(projection.graph)
        raw = _scores(nk.centrality.Betweenness(steps, normalized=False))
        return Bridging(projection.spread(raw) / pairs, 0.0, 0.0)
    # With several threads even the deterministic variant differs a little from run to run, within the error.
    nk.setSeed(seed, True)
    with one_thread() if nodes <= REPEATABLE else nullcontext():
        found = nk.centrality.KadabraBetweenness(projection.graph, err=error, delta=DOUBT, deterministic=True).run()
        raw = np.array(found.scores(), np.float64)
    # NetworKit 11.3 counts every sampled chain twice: the middle of a star has 1.82 where 0.90 is right.
    scale = nodes * (nodes - 1) / pairs
    return Bridging(projection.spread(raw) * (scale / 2.0), error * scale, DOUBT)


def directed_core_numbers(matrix: sp.csr_array) -> Ints:
    """Return core numbers where ties in and out both count, as networkx has them for directed graphs."""
    if not matrix.shape[0]:
        return np.zeros(0, np.int64)
    return _scores(nk.centrality.CoreDecomposition(_directed(matrix))).astype(np.int64)


def directed_betweenness(matrix: sp.csr_array) -> Floats:
    """Return for each member the sum over pairs of its share of their shortest chains along ties: exact."""
    if not matrix.shape[0]:
        return np.zeros(0)
    return _scores(nk.centrality.Betweenness(_directed(matrix), normalized=False))


def _scores(algorithm: Any) -> Floats:
    # Without `asarray` each number becomes an object on the way. Copied, for the view may go with the algorithm.
    return np.array(algorithm.run().scores(asarray=True), np.float64)


def _directed(matrix: sp.csr_array) -> nk.Graph:
    # networkit asks for csr_matrix, not csr_array.
    return nk.graph.GraphFromCsr(sp.csr_matrix(matrix), directed=True)


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep NetworKit to one thread, where what it gives depends on their number or on chance between them."""
    before = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        yield
    finally:
        nk.setNumberOfThreads(before)


def leiden(projection: Projection, *, seed: int, iterations: int, resolution: float = 1.0) -> Ints:
    """Return a part for each node by Leiden: Traag, Waltman and van Eck (2019); one seed, one result."""
    # With more threads the result changes from run to run, and is not ready sooner.
    nk.setSeed(seed, True)
    with one_thread():
        found = (
            nk.community.ParallelLeiden(projection.graph, iterations=iterations, gamma=resolution).run().getPartition()
        )
    return _labels(found)


def louvain(projection: Projection, *, seed: int, resolution: float = 1.0) -> Ints:
    """Return a part for each node by Louvain: Blondel et al. (2008), with NetworKit's refinement."""
    nk.setSeed(seed, True)
    with one_thread():
        found = nk.community.PLM(projection.graph, refine=True, gamma=resolution, par="none").run().getPartition()
    return _labels(found)


def _labels(partition: Any) -> Ints:
    return np.unique(np.array(partition.getVector(), np.int64), return_inverse=True)[1].astype(np.int64)
