"""Figures of members and of the whole, over the sparse matrices of `Ties`, by SciPy.

Each function takes arrays and gives arrays, members in the order of the matrix.
"""

from __future__ import annotations

import math

import numpy as np
import scipy.sparse as sp
from scipy.sparse import csgraph

from core.analysis.ties import Floats, Ints

DAMPING = 0.85
TOLERANCE = 1e-10
LARGE = 2_000  # members


def pagerank(
    matrix: sp.csr_array,
    *,
    damping: float = DAMPING,
    tolerance: float | None = None,
    start: Floats | None = None,
    personal: Floats | None = None,
) -> Floats:
    """Return the share of attention each member gets: Brin and Page (1998), by power iteration.

    x = d (A^T D^-1 x + m p) + (1 - d) p, with m what members without out-ties hold and p uniform or
    `personal` (sums to one). Iterates until x changes by less than `tolerance` in all (L1), see `stopping`;
    each step shrinks the error by d, so that the count of steps is bounded. `start` is an earlier result.
    """
    size = matrix.shape[0]
    if size == 0:
        return np.empty(0)
    tolerance = stopping(size) if tolerance is None else tolerance
    given = np.asarray(matrix.sum(axis=1), np.float64).ravel()
    silent = np.flatnonzero(given == 0)
    share = np.divide(damping, given, out=np.zeros(size), where=given > 0)
    data = matrix.data * np.repeat(share, np.diff(matrix.indptr))
    # Turned once: products along rows are the faster ones.
    step = sp.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape).T.tocsr()
    home = np.full(size, 1.0 / size) if personal is None else personal
    x = np.full(size, 1.0 / size) if start is None or not start.sum() else start / start.sum()
    for _ in range(_steps(damping, tolerance)):
        before = x
        x = step @ before + (damping * before[silent].sum() + 1.0 - damping) * home
        if np.abs(x - before).sum() < tolerance:
            break
    return np.asarray(x, np.float64)


def stopping(size: int) -> float:
    """Return the change in all at which PageRank stops.

    Up to 2,000 members it is networkx's own rule, 1e-6 a member, so that the figures are its figures; above,
    that is coarser than most members' values, and it is 1e-10 whatever the size.
    """
    return size * 1e-6 if size <= LARGE else TOLERANCE


def _steps(damping: float, tolerance: float) -> int:
    return 1 if damping == 0 else math.ceil(math.log(min(tolerance, 1.0) / 2) / math.log(damping)) + 1


def returned(matrix: sp.csr_array) -> Ints:
    """Return how many of each member's ties are answered by a tie the other way."""
    tied = ones(matrix)
    return np.asarray(tied.multiply(tied.T.tocsr()).sum(axis=1), np.int64).ravel()


def reciprocity(matrix: sp.csr_array, undirected: sp.csr_array) -> float | None:
    """Return the share of ties that are answered: Wasserman and Faust (1994); None without ties.

    Both directions of an answered tie fall together in the view without direction, so that the counts of
    entries say how many there are.
    """
    return float((2 * matrix.nnz - undirected.nnz) / matrix.nnz) if matrix.nnz else None


def components(matrix: sp.csr_array) -> tuple[int, Ints]:
    """Return how many parts without a tie between them there are, and each member's part."""
    if matrix.shape[0] == 0:
        return 0, np.empty(0, np.int64)
    count, label = csgraph.connected_components(matrix, directed=True, connection="weak")
    return int(count), np.asarray(label, np.int64)


def directed_clustering(matrix: sp.csr_array) -> Floats:
    """Return each member's share of closed triangles with direction: Fagiolo (2007), all weights one.

    c = (A + A^T)^3_ii / (2 (d (d - 1) - 2 r)), d the ties in and out, r those answered.
    """
    tied = ones(matrix)
    both = sp.csr_array(tied + tied.T)
    closed = np.asarray((both @ both).multiply(both).sum(axis=1), np.float64).ravel()
    degree = np.asarray(both.sum(axis=1), np.float64).ravel()
    possible = 2.0 * (degree * (degree - 1.0) - 2.0 * returned(matrix))
    return np.divide(closed, possible, out=np.zeros(len(closed)), where=possible > 0)


def modularity_of(matrix: sp.csr_array, label: Ints, resolution: float = 1.0) -> float:
    """Return modularity where direction counts: Leicht and Newman (2008); without it, that of Newman (2004).

    Q = sum over parts of L / W - resolution * S_out S_in / W^2; a symmetric matrix counts each pair twice.
    """
    total = float(matrix.data.sum())
    same = np.repeat(label, np.diff(matrix.indptr)) == label[matrix.indices]
    given = np.bincount(label, weights=np.asarray(matrix.sum(axis=1), np.float64).ravel())
    got = np.bincount(label, weights=np.asarray(matrix.sum(axis=0), np.float64).ravel())
    return float(matrix.data[same].sum() / total - resolution * (given @ got) / total**2)


def core_numbers(undirected: sp.csr_array) -> Ints:
    """Return the largest k so that a member is in a group where each has ties with k: Seidman (1983).

    Peels whoever has at most k contacts left, all of them at once: Batagelj and Zaversnik (2003). For a day's
    increment, where making a NetworKit graph would cost more than this.
    """
    starts, indices = undirected.indptr.astype(np.int64), undirected.indices
    degree = np.diff(starts)
    core, alive = np.zeros(len(degree), np.int64), np.ones(len(degree), bool)
    remaining = np.arange(len(degree))
    k = 0
    while len(remaining):
        k = max(k, int(degree[remaining].min()))
        peeled = remaining[degree[remaining] <= k]
        while len(peeled):
            core[peeled], alive[peeled] = k, False
            around = indices[_spans(starts, peeled)]
            met, times = np.unique(around[alive[around]], return_counts=True)
            degree[met] -= times
            peeled = met[degree[met] <= k]
        remaining = remaining[alive[remaining]]
    return core


def _spans(starts: Ints, rows: Ints) -> Ints:
    """Return the places in a matrix's data of all entries of `rows`."""
    counts = starts[rows + 1] - starts[rows]
    offsets = starts[rows] - np.concatenate([[0], np.cumsum(counts)[:-1]])
    return np.asarray(np.repeat(offsets, counts) + np.arange(counts.sum()), np.int64)


def clustering_after(earlier: Floats, before: sp.csr_array, after: sp.csr_array, met: sp.csr_array) -> Floats:
    """Return clustering once the pairs of `met` have a tie, counting only the triangles that they close.

    `earlier` are the values for `before`, which has the first members of `after` in the same order.
    """
    size = after.shape[0]
    old = np.zeros(size)
    old[: before.shape[0]] = np.diff(before.indptr)
    triangles = np.zeros(size)
    triangles[: len(earlier)] = np.round(earlier * old[: len(earlier)] * (old[: len(earlier)] - 1) / 2)
    triangles += _closed(met, ones(after))
    degree = np.diff(after.indptr).astype(np.float64)
    possible = degree * (degree - 1) / 2
    return np.asarray(np.divide(triangles, possible, out=np.zeros(size), where=possible > 0), np.float64)


def _closed(met: sp.csr_array, ties: sp.csr_array) -> Floats:
    """Return how many triangles with at least one new pair each member is in."""
    pairs = sp.triu(met, 1, format="coo")
    first, second = pairs.row, pairs.col
    common = ties[first].multiply(ties[second]).tocsr()
    # A triangle of two or three new pairs is met as often: each time it counts for that part.
    fresh = common + common.multiply(met[first]) + common.multiply(met[second])
    share = sp.csr_array((1.0 / fresh.data, fresh.indices, fresh.indptr), shape=fresh.shape)
    sums = np.asarray(share.sum(axis=1), np.float64).ravel()
    found = np.asarray(share.sum(axis=0), np.float64).ravel()
    for end in (first, second):
        found += np.bincount(end, weights=sums, minlength=len(found))
    return np.asarray(np.round(found), np.float64)


def met_since(before: sp.csr_array, after: sp.csr_array, touched: Ints) -> sp.csr_array:
    """Return the pairs with a tie after and none before, symmetric; both ends are in `touched`."""
    row = np.repeat(touched, np.diff(after.indptr)[touched])
    column = after.indices[_spans(after.indptr.astype(np.int64), touched)]
    known = touched[touched < before.shape[0]]
    had = np.repeat(known, np.diff(before.indptr)[known]) * after.shape[0]
    had += before.indices[_spans(before.indptr.astype(np.int64), known)]
    new = ~np.isin(row * after.shape[0] + column, had, assume_unique=True)
    entries = (np.ones(int(new.sum())), (row[new], column[new]))
    return sp.csr_array(sp.coo_array(entries, shape=after.shape))


def ones(matrix: sp.csr_array) -> sp.csr_array:
    """Return the matrix with every entry one."""
    return sp.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def modularity(undirected: sp.csr_array, label: Ints) -> float | None:
    """Return how much more weight lies inside the parts than chance puts there: Newman (2004).

    Members with a negative label have no ties. None where nobody has.
    """
    return modularity_of(undirected, np.maximum(label, 0)) if undirected.nnz else None


def decentralisation(degree: Ints) -> float | None:
    """Return one minus Freeman's degree centralisation (1979): 0 is a star, 1 is everybody alike.

    `degree` counts the people each member has ties with; 1 - sum(max - d) / ((n - 1)(n - 2)). None below
    three members.
    """
    size = len(degree)
    if size < 3:
        return None
    return 1.0 - float((degree.max() - degree).sum()) / ((size - 1) * (size - 2))


def fragmentation(part: Ints) -> float | None:
    """Return the share of pairs that no chain of ties joins: Borgatti (2003); None below two."""
    size = len(part)
    if size < 2:
        return None
    sizes = np.bincount(part).astype(np.float64)
    return 1.0 - float((sizes * (sizes - 1)).sum()) / (size * (size - 1))


def gini(amounts: Floats) -> float | None:
    """Return how unequally amounts are spread: Gini (1912), 0 all alike, 1 one has all; None for none.

    G = 2 sum(i x_i) / (n sum x) - (n + 1) / n, amounts ascending, i from 1.
    """
    total = float(amounts.sum())
    if total == 0:
        return None
    size = len(amounts)
    ordered = np.sort(amounts)
    return float(2.0 * (np.arange(1, size + 1) * ordered).sum() / (size * total) - (size + 1) / size)
