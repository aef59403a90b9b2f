"""The networkx backend "kith": networkx's functions for `Ties`, on SciPy and NetworKit.

The signatures are networkx's own, since it hands arguments over by position. What is not here, or not for the
arguments given, networkx runs itself on a plain copy.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
import scipy.sparse as sp
from scipy.sparse import csgraph

from core.analysis import measures, projection
from core.analysis.backend_info import FUNCTIONS
from core.analysis.circles import ITERATIONS
from core.analysis.ties import Floats, Ints, Rows, Ties

Names = set[str]


def pagerank(
    ties: Ties,
    alpha: float = 0.85,
    personalization: Mapping[str, float] | None = None,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Mapping[str, float] | None = None,
    weight: str | None = "weight",
    dangling: None = None,
) -> dict[str, float]:
    """Return PageRank as networkx does; above 2,000 members exact to 1e-10 in all."""
    size = len(ties)
    tolerance = size * tol if size <= measures.LARGE else min(size * tol, measures.TOLERANCE)
    values = measures.pagerank(
        _weighted(ties, weight),
        damping=alpha,
        tolerance=tolerance,
        start=_shares(ties, nstart),
        personal=_shares(ties, personalization),
    )
    return _by_name(ties, values)


def core_number(ties: Ties) -> dict[str, int]:
    """Return core numbers; with direction, ties in and out both count, as in networkx."""
    if not ties.directed:
        return _by_name(ties, projection.core_numbers(_view(ties)))
    return _by_name(ties, projection.directed_core_numbers(ties.matrix))


def clustering(ties: Ties, nodes: Any = None, weight: None = None) -> Any:
    """Return clustering of all, of some or of one member."""
    directed = ties.directed
    values = measures.directed_clustering(ties.matrix) if directed else projection.clustering(_view(ties))
    return _picked(_by_name(ties, values), nodes)


def average_clustering(
    ties: Ties, nodes: Iterable[str] | None = None, weight: None = None, count_zeros: bool = True
) -> float:
    """Return the mean of clustering."""
    values = list(clustering(ties, nodes, weight).values())
    counted = values if count_zeros else [value for value in values if value > 0]
    return float(sum(counted) / len(counted))


def betweenness_centrality(
    ties: Ties,
    k: None = None,
    normalized: bool = True,
    weight: None = None,
    endpoints: bool = False,
    seed: random.Random | int | None = None,
) -> dict[str, float]:
    """Return betweenness: exact, but sampled to ±0.005 above 2,000 members without direction."""
    size = len(ties)
    pairs = max((size - 1) * (size - 2), 1)
    if ties.directed:
        raw = projection.directed_betweenness(ties.matrix)
        return _by_name(ties, raw / (pairs if normalized else 1))
    found = projection.bridging(_view(ties), seed=_seed(seed))
    return _by_name(ties, found.value * (1.0 if normalized else pairs / 2))


def overall_reciprocity(ties: Ties) -> float:
    """Return the share of ties that are answered; raise NetworkXError without ties."""
    share = measures.reciprocity(ties.matrix, ties.undirected)
    if share is None:
        raise nx.NetworkXError("Not defined for empty graphs")
    return share


def reciprocity(ties: Ties, nodes: Any = None) -> Any:
    """Return the share of answered ties, of all or of some or one member's in and out."""
    if nodes is None:
        return overall_reciprocity(ties)
    degree = ties.in_degree + ties.out_degree
    answered = 2.0 * measures.returned(ties.matrix)
    shares = np.divide(answered, degree, out=np.full(len(ties), np.nan), where=degree > 0)
    found = {name: None if np.isnan(value) else value for name, value in _by_name(ties, shares).items()}
    result = _picked(found, nodes)
    if result is None:
        raise nx.NetworkXError("Not defined for isolated nodes.")
    return result


def weakly_connected_components(ties: Ties) -> Iterator[Names]:
    """Yield the parts that no tie joins."""
    return iter(_sets(ties, measures.components(ties.matrix)[1]))


def number_weakly_connected_components(ties: Ties) -> int:
    """Return how many parts no tie joins."""
    return measures.components(ties.matrix)[0]


def strongly_connected_components(ties: Ties) -> Iterator[Names]:
    """Yield the parts in which everybody reaches everybody along ties."""
    label = csgraph.connected_components(ties.matrix, connection="strong")[1]
    return iter(_sets(ties, np.asarray(label, np.int64)))


def leiden_communities(
    ties: Ties,
    weight: str | None = "weight",
    resolution: float = 1,
    max_level: int | None = None,
    seed: random.Random | int | None = None,
) -> list[Names]:
    """Return communities by Leiden, at most `max_level` rounds of it."""
    view = _view(ties, weight)
    label = projection.leiden(view, seed=_seed(seed), iterations=max_level or ITERATIONS, resolution=resolution)
    return _communities(ties, view, label)


def louvain_communities(
    ties: Ties,
    weight: str | None = "weight",
    resolution: float = 1,
    threshold: float = 1e-07,
    max_level: None = None,
    seed: random.Random | int | None = None,
) -> list[Names]:
    """Return communities by Louvain with refinement."""
    view = _view(ties, weight)
    return _communities(ties, view, projection.louvain(view, seed=_seed(seed), resolution=resolution))


def modularity(
    ties: Ties, communities: Iterable[Iterable[str]], weight: str | None = "weight", resolution: float = 1
) -> float:
    """Return the modularity of communities; with direction after Leicht and Newman (2008)."""
    label = np.full(len(ties), -1, np.int64)
    listed = [[ties.index[name] for name in community if name in ties] for community in communities]
    for number, members in enumerate(listed):
        label[members] = number
    if (label < 0).any() or sum(map(len, listed)) != len(ties):
        raise nx.community.quality.NotAPartition(ties, communities)
    matrix = _weighted(ties, weight)
    if not matrix.nnz:
        raise ZeroDivisionError
    return measures.modularity_of(matrix, label, resolution)


def convert_from_nx(graph: Any, *, edge_attrs: Mapping[str, Any] | None = None, **_: Any) -> Ties:
    """Return a networkx graph as ties; raise NotImplementedError for multigraphs and loops."""
    if isinstance(graph, Ties):
        return graph
    if graph.is_multigraph() or nx.number_of_selfloops(graph, backend="networkx"):
        raise NotImplementedError("ties have neither parallel edges nor loops")
    name, default = next(iter((edge_attrs or {}).items()), (None, 1))
    names = list(graph)
    index = {node: i for i, node in enumerate(names)}
    edges = [(index[u], index[v], data.get(name, default)) for u, v, data in graph.edges(data=True)]
    source, target, weight = (np.array(column) for column in zip(*edges, strict=True)) if edges else ([],) * 3
    rows = Rows(np.asarray(source, np.int64), np.asarray(target, np.int64), np.asarray(weight, np.float64))
    ties = Ties.of(names, rows)
    return ties if graph.is_directed() else Ties(names, sp.csr_array(ties.matrix + ties.matrix.T), directed=False)


def convert_to_nx(result: Any, *, name: str | None = None) -> Any:
    """Return ties as a plain networkx graph, anything else as it is."""
    return result.to_networkx() if isinstance(result, Ties) else result


# Arguments for which networkx itself must run: (its position, its name, the only value that runs here).
_ONLY: dict[str, tuple[tuple[int, str, Any], ...]] = {
    "pagerank": ((7, "dangling", None),),
    "clustering": ((2, "weight", None),),
    "average_clustering": ((2, "weight", None),),
    "betweenness_centrality": ((1, "k", None), (3, "weight", None), (4, "endpoints", False)),
    "louvain_communities": ((4, "max_level", None),),
}
_WEIGHT_AT = {"pagerank": 6, "leiden_communities": 1, "louvain_communities": 1, "modularity": 2}


def _can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    for at, argument, only in _ONLY.get(name, ()):
        given = args[at] if len(args) > at else kwargs.get(argument, only)
        if given is not only:
            return f"{argument} runs in networkx"
    if name in _WEIGHT_AT:
        at = _WEIGHT_AT[name]
        weight = args[at] if len(args) > at else kwargs.get("weight", "weight")
        if weight not in ("weight", None):
            return "ties have one weight"
    if name == "louvain_communities" and (args[0] if args else kwargs["G"]).is_directed():
        return "Louvain with direction runs in networkx"
    return True


def _by_name(ties: Ties, values: Floats | Ints) -> dict[str, Any]:
    return dict(zip(ties.names, values.tolist(), strict=True))


def _picked(values: dict[str, Any], nodes: Any) -> Any:
    """Return what networkx does for `nodes`: all, one member's value, or those of some."""
    if nodes is None:
        return values
    if isinstance(nodes, str):
        return values[nodes]
    return {name: values[name] for name in nodes if name in values}


def _weighted(ties: Ties, weight: str | None) -> sp.csr_array:
    return ties.matrix if weight is not None else measures.ones(ties.matrix)


def _shares(ties: Ties, given: Mapping[str, float] | None) -> Floats | None:
    if given is None:
        return None
    values = np.array([given.get(name, 0.0) for name in ties.names], np.float64)
    if not values.sum():
        raise ZeroDivisionError
    return np.asarray(values / values.sum(), np.float64)


def _view(ties: Ties, weight: str | None = "weight") -> projection.Projection:
    undirected = ties.undirected
    return projection.Projection.of(undirected if weight is not None else measures.ones(undirected))


def _seed(seed: random.Random | int | None) -> int:
    """Return a seed from what networkx hands over, which made a generator of it."""
    if isinstance(seed, int):
        return seed
    return (seed or random.Random(1)).randrange(2**31)  # noqa: S311  chance for algorithms, not secrets


def _communities(ties: Ties, view: projection.Projection, label: Ints) -> list[Names]:
    """Return the communities as sets; members without ties stand alone."""
    parts = np.full(len(ties), -1, np.int64)
    parts[view.member] = label
    alone = np.flatnonzero(parts < 0)
    parts[alone] = label.max(initial=-1) + 1 + np.arange(len(alone))
    return _sets(ties, parts)


def _sets(ties: Ties, label: Ints) -> list[Names]:
    """Return the names with each label, largest set first."""
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(label))[:-1]) if len(label) else []
    found = [{ties.names[i] for i in group} for group in groups if len(group)]
    return sorted(found, key=len, reverse=True)


def _taking(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let networkx name the graph: it calls it G."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        graph = [kwargs.pop("G")] if "G" in kwargs else []
        return function(*graph, *args, **kwargs)

    return call


connected_components = weakly_connected_components
number_connected_components = number_weakly_connected_components

backend = SimpleNamespace(
    convert_from_nx=convert_from_nx,
    convert_to_nx=convert_to_nx,
    can_run=_can_run,
    **{name: _taking(globals()[name]) for name in FUNCTIONS},
)
