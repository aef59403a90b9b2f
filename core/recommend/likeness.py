"""How much items are alike by who wants them: item to item with shrinkage, and BM25."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp

from core.recommend.base import Reason, Recommender, Scores
from core.recommend.content import Content
from core.recommend.signals import Items, Numbers, Signals, crossed

SHRINKAGE = 10.0  # members that must want both before likeness counts by half
SHARE = 0.8  # of what members do, beside what items say
NEIGHBOURS = 100
ROWS = 256  # of likeness in the processor's memory at once
K1, B = 1.2, 0.75  # Robertson and Zaragoza 2009


def mixed(behaviour: Scores, content: Scores, share: float = SHARE) -> Scores:
    """Return ρ = share · behaviour + (1 − share) · content."""
    return np.asarray(share * behaviour + (1.0 - share) * content, np.float32)


class _Neighbours(Recommender):
    """Score an item by how much it is like those that a member wanted."""

    def score(self, members: Numbers) -> Scores:
        """Return the likeness to all that a member wanted, summed."""
        return np.asarray((self.signals_.matrix[members] @ self.likeness_).toarray(), np.float32)

    def because(self, member: int, item: int) -> Reason:
        """Name the wanted item that is most like this one."""
        likeness = np.zeros(self.signals_.items, np.float32)
        nearest = slice(*self.nearest_.indptr[item : item + 2])
        likeness[self.nearest_.indices[nearest]] = self.nearest_.data[nearest]
        near = self._nearest(member, likeness)
        if near is None:
            return Reason(key="because-nothing-known")
        return Reason(key="because-wanted", item=near, count=int(self.signals_.together[near, item]))

    def _keep(self, likeness: Callable[[slice], Scores]) -> None:
        """Set the likeness of each item (column) to its nearest neighbours, from some rows of all at a time."""
        size = self.signals_.items
        kept = [_nearest(likeness(slice(start, start + ROWS)), start) for start in range(0, size, ROWS)]
        self.nearest_ = sp.csr_array(sp.vstack(kept, format="csr") if kept else (0, 0))
        self.likeness_ = sp.csr_array(self.nearest_.T)


def _nearest(likeness: Scores, start: int) -> sp.csr_array:
    """Return the nearest neighbours of the items from `start` on, none of which is its own."""
    np.fill_diagonal(likeness[:, start:], 0.0)
    kept = likeness > 0.0
    if likeness.shape[1] > NEIGHBOURS:
        kept &= likeness >= np.partition(likeness, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS, None]
    ends = np.append(0, kept.sum(axis=1).cumsum()).astype(np.int32)
    return sp.csr_array((likeness[kept], kept.nonzero()[1].astype(np.int32), ends), shape=likeness.shape)


class ItemToItem(_Neighbours):
    """Cosine of who wants two items, shrunk where few want both, mixed with what the items say.

    `shrinkage` is in members; `share` is that of behaviour, all of it where the catalogue says nothing.
    """

    def __init__(self, shrinkage: float = SHRINKAGE, share: float = SHARE) -> None:
        self.shrinkage = shrinkage
        self.share = share
        self.name = "item_to_item"

    def _learn(self, signals: Signals, items: Items | None) -> None:
        both = signals.together
        root = np.asarray(np.sqrt(np.maximum(np.diagonal(both), 1.0)), np.float32)
        said = None if items is None else Content().fit(signals, items).likeness()

        def likeness(rows: slice) -> Scores:
            found: Scores = np.asarray(both[rows] / root[rows, None] / root, np.float32)
            found *= both[rows]
            found /= both[rows] + np.float32(self.shrinkage or 1e-9)
            return found if said is None else mixed(found, said[rows], self.share)

        self._keep(likeness)


class BM25(_Neighbours):
    """Items as documents whose words are members: who wants everything says little (Robertson, Zaragoza 2009)."""

    def __init__(self, k1: float = K1, b: float = B) -> None:
        self.k1 = k1
        self.b = b
        self.name = "bm25"

    def _learn(self, signals: Signals, items: Items | None) -> None:
        matrix = signals.matrix.tocsc()
        lengths = np.diff(matrix.indptr)
        mean = max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9)
        rarity = np.log((1.0 + signals.items) / (1.0 + signals.counts))
        weight = (self.k1 + 1.0) / (1.0 + self.k1 * (1.0 - self.b + self.b * lengths / mean))
        weighed = sp.diags_array(rarity.astype(np.float32)) @ matrix @ sp.diags_array(weight.astype(np.float32))
        likeness = crossed(sp.csr_array(weighed))
        self._keep(likeness.__getitem__)
