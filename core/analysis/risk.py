"""What would be lost if a person left, and who could take over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.sparse import csgraph

from core.analysis.measures import ones
from core.analysis.ties import Ints, Ties


@dataclass(frozen=True, eq=False)
class Successor:
    """Who could take over: `coverage` is the share of the person's tie weight with people they have ties with."""

    member: int
    coverage: float


@dataclass(frozen=True, eq=False)
class Risk:
    """What hangs on one member."""

    member: int
    share: float  # of the weight of all ties
    cut_off: Ints  # who would no longer be joined by ties with the largest group the person leaves behind
    alone: Ints  # of these, who would have no tie left
    successors: list[Successor]


def risk(ties: Ties, member: int, most: int = 3) -> Risk:
    """Return what the community would lose with a member.

    The people cut off are those whom the removal of a cut vertex parts from the largest remainder of its
    component (Harary 1969); people outside its component lose nothing. Successors cover most of the person's
    ties: structural equivalence (Lorrain and White 1971), weighted by the person's own ties.
    """
    undirected = ties.undirected
    total = float(undirected.data.sum()) / 2.0
    row = undirected[[member]]
    own = float(row.data.sum())
    cut_off, alone = _cut_off(undirected, member)
    return Risk(member, own / total if total else 0.0, cut_off, alone, _successors(undirected, row, member, most))


def _cut_off(undirected: sp.csr_array, member: int) -> tuple[Ints, Ints]:
    contacts = undirected.indices[undirected.indptr[member] : undirected.indptr[member + 1]]
    if not len(contacts):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    rest = _without(undirected, member)
    label = csgraph.connected_components(rest, directed=False)[1]
    # Only pieces that the member held together: each has one of the member's contacts.
    pieces = np.unique(label[contacts])
    sizes = np.bincount(label)
    largest = pieces[np.argmax(sizes[pieces])]
    cut_off = np.flatnonzero(np.isin(label, pieces[pieces != largest]))
    return cut_off, cut_off[np.diff(rest.indptr)[cut_off] == 0]


def _without(undirected: sp.csr_array, member: int) -> sp.csr_array:
    """Return the ties without those of one member, who keeps their place."""
    keep = undirected.indices != member
    keep[undirected.indptr[member] : undirected.indptr[member + 1]] = False
    ends = np.concatenate([[0], np.cumsum(keep)])[undirected.indptr]
    return sp.csr_array((undirected.data[keep], undirected.indices[keep], ends), shape=undirected.shape)


def _successors(undirected: sp.csr_array, row: sp.csr_array, member: int, most: int) -> list[Successor]:
    own = float(row.data.sum())
    if not own:
        return []
    weights = np.zeros(undirected.shape[0])
    weights[row.indices] = row.data
    # A contact who takes over would need no tie to themself.
    covered = (ones(undirected) @ weights + weights) / own
    covered[member] = 0.0
    order = np.argsort(-np.round(covered, 12), kind="stable")[:most]
    return [Successor(int(i), float(min(covered[i], 1.0))) for i in order if covered[i] > 0]
