"""The ties of a community: who addressed whom, how much and how lately, in compressed form.

`Ties` is a graph that networkx dispatches on: `nx.pagerank(ties)` runs in `core.analysis.backend`, and what
that backend lacks is converted to a plain `nx.DiGraph` and runs in networkx itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import networkx as nx
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HALF_LIFE = 30.0  # days after which a tie that is not renewed weighs half

# Functions that the backend lacks run on a plain graph instead of failing.
nx.config.fallback_to_nx = True


@dataclass(frozen=True, eq=False)
class Rows:
    """What was counted, one entry a row: positions of members, weight (default one) and day since 1970."""

    source: Ints
    target: Ints
    weight: Floats | None = None
    day: Floats | None = None


@dataclass(frozen=True, eq=False)
class Ties:
    """Directed weighted ties among named members, without loops.

    `names` are the members in the order of the matrix; `matrix[i, j]` is what i addressed to j, in
    interactions, faded to `day` (days since 1970; None where nothing fades). With `directed` false the
    matrix is symmetric and the graph is the view without direction.
    """

    names: Sequence[str]
    matrix: sp.csr_array
    day: float | None = None
    half_life: float | None = None
    directed: bool = True

    __networkx_backend__ = "kith"

    @classmethod
    def of(
        cls, names: Sequence[str], rows: Rows, *, half_life: float | None = None, until: float | None = None
    ) -> Ties:
        """Sum rows into ties; loops are dropped.

        With `half_life` (days), a row weighs `weight * 0.5 ** ((until - day) / half_life)`; `until` defaults
        to the newest day. Raises ValueError where `half_life` is given and the rows have no days.
        """
        data = np.ones(len(rows.source)) if rows.weight is None else rows.weight
        if rows.day is not None and until is None:
            until = float(rows.day.max(initial=0.0))
        if half_life is not None:
            if rows.day is None:
                raise ValueError("fading needs the day of each row")
            data = data * fading(cast(float, until) - rows.day, half_life)
        return cls(names, summed(rows.source, rows.target, data, len(names)), until, half_life)

    @classmethod
    def between(cls, rows: Iterable[tuple[str, str] | tuple[str, str, float]]) -> Ties:
        """Make ties of (source, target[, weight]) by name, members in the order of their names."""
        listed = [(row[0], row[1], float(row[2]) if len(row) > 2 else 1.0) for row in rows]
        names = sorted({name for row in listed for name in row[:2]})
        index = {name: i for i, name in enumerate(names)}
        counted = Rows(
            np.array([index[row[0]] for row in listed], np.int64),
            np.array([index[row[1]] for row in listed], np.int64),
            np.array([row[2] for row in listed], np.float64),
        )
        return cls.of(names, counted)

    def renewed(
        self,
        day: float,
        source: Sequence[str],
        target: Sequence[str],
        weight: npt.ArrayLike | None = None,
    ) -> Ties:
        """Fade to `day` and add that day's new ties; members not seen before come last.

        The cost is one pass over the stored ties plus the new ones: nothing is counted again.
        """
        index = dict(self.index)
        for name in (*source, *target):
            index.setdefault(name, len(index))
        names = list(index) if len(index) > len(self.names) else self.names
        data = np.ones(len(source)) if weight is None else np.asarray(weight, np.float64)
        rows = np.fromiter((index[name] for name in source), np.int64, len(source))
        columns = np.fromiter((index[name] for name in target), np.int64, len(target))
        new = summed(rows, columns, data, len(names))
        left = 1.0
        if self.half_life is not None and self.day is not None:
            left = float(fading(day - self.day, self.half_life))
        matrix = sp.csr_array(_grown(self.matrix, len(names)) * left + new)
        renewed = Ties(names, matrix, day, self.half_life)
        if "undirected" in vars(self):
            # The same sum by its parts, which saves turning the whole matrix again.
            vars(renewed)["undirected"] = sp.csr_array(_grown(self.undirected, len(names)) * left + new + new.T)
        return renewed

    @cached_property
    def index(self) -> dict[str, int]:
        """Return the position of each name."""
        return {name: i for i, name in enumerate(self.names)}

    @cached_property
    def undirected(self) -> sp.csr_array:
        """Return what each two members addressed to each other, both ways summed: symmetric."""
        return sp.csr_array(self.matrix + self.matrix.T) if self.directed else self.matrix

    @cached_property
    def out_degree(self) -> Ints:
        """Return how many people each member addressed."""
        return np.asarray(np.diff(self.matrix.indptr), np.int64)

    @cached_property
    def in_degree(self) -> Ints:
        """Return by how many people each member was addressed."""
        return np.asarray(np.bincount(self.matrix.indices, minlength=len(self.names)), np.int64)

    @cached_property
    def contacts(self) -> Ints:
        """Return with how many people each member has a tie, in either direction."""
        return np.asarray(np.diff(self.undirected.indptr), np.int64)

    @property
    def weight(self) -> float:
        """Return the weight of all ties."""
        return float(self.matrix.data.sum())

    # What networkx asks of a graph.

    def is_directed(self) -> bool:
        """Say whether direction counts."""
        return self.directed

    def is_multigraph(self) -> bool:
        """Say no: parallel ties are summed."""
        return False

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.index

    @property
    def nodes(self) -> Sequence[str]:
        """Return the names."""
        return self.names

    def number_of_nodes(self) -> int:
        """Return how many members there are."""
        return len(self.names)

    def number_of_edges(self) -> int:
        """Return how many ties there are; without direction, how many pairs."""
        return int(self.matrix.nnz if self.directed else self.matrix.nnz // 2)

    def has_edge(self, source: str, target: str) -> bool:
        """Say whether `source` has a tie to `target`."""
        places = self.index.get(source), self.index.get(target)
        return None not in places and bool(self.matrix[places] != 0)

    def to_undirected(self) -> Ties:
        """Return the view without direction, as Leiden wants it."""
        if not self.directed:
            return self
        return Ties(self.names, self.undirected, self.day, self.half_life, directed=False)

    def to_networkx(self) -> Any:
        """Return a plain `nx.DiGraph` (`nx.Graph` without direction): slow above 100,000 ties."""
        graph = nx.DiGraph() if self.directed else nx.Graph()
        graph.add_nodes_from(self.names)
        entries = self.matrix.tocoo()
        name = self.names.__getitem__
        graph.add_weighted_edges_from(
            zip(
                map(name, entries.row.tolist()),
                map(name, entries.col.tolist()),
                entries.data.tolist(),
                strict=True,
            )
        )
        return graph


def fading(age: npt.ArrayLike, half_life: float) -> Floats:
    """Return the share of its weight that a tie keeps after `age` days: one half after each half-life.

    Exponential decay, as in Cormode, Shkapenyuk, Srivastava and Xu, "Forward decay" (2009).
    """
    return np.asarray(np.exp2(-np.maximum(np.asarray(age, np.float64), 0.0) / half_life), np.float64)


def summed(rows: Ints, columns: Ints, data: Floats, size: int) -> sp.csr_array:
    """Return a `size` x `size` matrix of the rows' sums, without the diagonal and without zeros."""
    keep = (rows != columns) & (data != 0)
    matrix = sp.csr_array(sp.coo_array((data[keep], (rows[keep], columns[keep])), shape=(size, size)))
    matrix.sum_duplicates()
    return matrix


def _grown(matrix: sp.csr_array, size: int) -> sp.csr_array:
    indptr = matrix.indptr
    ends = np.concatenate([indptr, np.full(size + 1 - len(indptr), indptr[-1], indptr.dtype)])
    return sp.csr_array((matrix.data, matrix.indices, ends), shape=(size, size))
