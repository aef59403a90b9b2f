"""Pairs who ought to meet: not tied yet, near through people they both know or in what interests them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from core.analysis.measures import ones
from core.analysis.ties import Floats, Ints, Ties

CROWD = 200  # contacts from which a member says little about whom they join
_ROWS = 2_000  # members looked at together, which bounds the memory


@dataclass(frozen=True)
class Pair:
    """Two members without a tie, and why they ought to meet."""

    one: int
    other: int
    score: float
    through: tuple[int, ...]  # whom both know, the closest first
    alike: float  # cosine of their interests, 0 where none are known


def connect(
    ties: Ties, *, among: Ints | None = None, interests: sp.csr_array | None = None, most: int = 20
) -> list[Pair]:
    """Return the pairs who ought to meet, the best first.

    Nearness through others is Adamic and Adar (2003): each common contact counts 1 / log of its own contacts;
    it is taken relative to the largest, and the cosine of `interests` (members x subjects) is added. `among`
    limits it to some members, such as those who consented. Each member is in at most two pairs, so that not
    everybody is sent to the same one.
    """
    undirected = ties.undirected
    chosen = np.arange(len(ties)) if among is None else np.unique(among)
    near = _near(undirected, chosen)
    alike = _alike(interests, chosen) if interests is not None else None
    one, other, score, cosine = _scored(undirected, chosen, near, alike)
    order = np.lexsort((other, one, -np.round(score, 12)))
    met: dict[int, int] = {}
    pairs: list[Pair] = []
    for i in order.tolist():
        if len(pairs) == most:
            break
        a, b = int(one[i]), int(other[i])
        if met.get(a, 0) < 2 and met.get(b, 0) < 2:
            met[a], met[b] = met.get(a, 0) + 1, met.get(b, 0) + 1
            pairs.append(Pair(a, b, float(score[i]), _through(undirected, a, b), float(cosine[i])))
    return pairs


def _near(undirected: sp.csr_array, chosen: Ints) -> sp.csr_array:
    """Return Adamic and Adar's index between the chosen, upper triangle."""
    degree = np.diff(undirected.indptr)
    useful = (degree > 1) & (degree <= CROWD)
    weight = np.divide(1.0, np.log(np.maximum(degree, 2)), out=np.zeros(len(degree)), where=useful)
    known = sp.csr_array(ones(undirected)[chosen])
    weighted = sp.csr_array((weight[known.indices], known.indices, known.indptr), shape=known.shape)
    return _product(weighted, known)


def _alike(interests: sp.csr_array, chosen: Ints) -> sp.csr_array:
    """Return the cosine of interests between the chosen, upper triangle."""
    rows = sp.csr_array(interests[chosen].astype(np.float64))
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), np.float64).ravel())
    scale = np.divide(1.0, length, out=np.zeros(len(length)), where=length > 0)
    unit = sp.csr_array(
        (rows.data * np.repeat(scale, np.diff(rows.indptr)), rows.indices, rows.indptr), shape=rows.shape
    )
    return _product(unit, unit)


def _product(left: sp.csr_array, right: sp.csr_array) -> sp.csr_array:
    """Return the upper triangle of left times right transposed, keeping of each row the best."""
    turned = right.T.tocsr()
    blocks = [
        _best_of_rows(sp.triu(left[start : start + _ROWS] @ turned, k=start + 1, format="csr"))
        for start in range(0, left.shape[0], _ROWS)
    ]
    return sp.csr_array(sp.vstack(blocks, format="csr")) if blocks else sp.csr_array((0, 0))


def _best_of_rows(matrix: sp.csr_array, most: int = 50) -> sp.csr_array:
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -matrix.data, row))
    rank = np.arange(len(order)) - matrix.indptr[row[order]]
    keep = order[(rank < most) & (matrix.data[order] > 0)]
    entries = (matrix.data[keep], (row[keep], matrix.indices[keep]))
    return sp.csr_array(sp.coo_array(entries, shape=matrix.shape))


def _scored(
    undirected: sp.csr_array, chosen: Ints, near: sp.csr_array, alike: sp.csr_array | None
) -> tuple[Ints, Ints, Floats, Floats]:
    """Return the pairs that either list has and that have no tie: ends, scores, cosines."""
    scaled = near / near.data.max() if near.nnz else near
    both = sp.coo_array(scaled if alike is None else scaled + alike)
    one, other = chosen[both.row], chosen[both.col]
    free = np.asarray(undirected[one, other] == 0).ravel() if both.nnz else np.empty(0, np.bool_)
    cosine = np.zeros(both.nnz)
    if alike is not None and both.nnz:
        cosine = np.asarray(alike[both.row, both.col], np.float64).ravel()
    return one[free], other[free], np.asarray(both.data, np.float64)[free], cosine[free]


def _through(undirected: sp.csr_array, one: int, other: int, most: int = 3) -> tuple[int, ...]:
    """Return whom both know, by the weaker of the two ties, the strongest first."""
    rows = [undirected[[member]].toarray().ravel() for member in (one, other)]
    common = np.minimum(*rows)
    order = np.argsort(-common, kind="stable")[:most]
    return tuple(int(i) for i in order if common[i] > 0)
