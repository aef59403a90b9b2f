"""How much items are alike by who wants them: item to item with shrinkage, and BM25."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from core.recommend.base import Reason, Recommender, Scores
from core.recommend.content import Content
from core.recommend.signals import Items, Numbers, Signals

SHRINKAGE = 10.0  # members that must want both before likeness counts by half
SHARE = 0.8  # of what members do, beside what items say
NEIGHBOURS = 100
K1, B = 1.2, 0.75  # Robertson and Zaragoza 2009


def mixed(behaviour: Scores, content: Scores, share: float = SHARE) -> Scores:
    """Return ρ = share · behaviour + (1 − share) · content."""
    return np.asarray(share * behaviour + (1.0 - share) * content, np.float32)


class _Neighbours(Recommender):
    """Score an item by how much it is like those that a member wanted."""

    def score(self, members: Numbers) -> Scores:
        """Return the likeness to all that a member wanted, summed."""
        return np.asarray(self.signals_.matrix[members] @ self.likeness_, np.float32)

    def because(self, member: int, item: int) -> Reason:
        """Name the wanted item that is most like this one."""
        near = self._nearest(member, self.likeness_[:, item])
        if near is None:
            return Reason(key="because-nothing-known")
        return Reason(key="because-wanted", item=near, count=int(self.signals_.together[near, item]))

    def _keep(self, likeness: Scores) -> None:
        """Set the likeness, without an item's to itself and with that to its nearest neighbours alone."""
        np.fill_diagonal(likeness, 0.0)
        if len(likeness) > NEIGHBOURS:
            bound = -np.partition(-likeness, NEIGHBOURS - 1, axis=0)[NEIGHBOURS - 1]
            likeness[likeness < bound] = 0.0
        self.likeness_ = likeness


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
        root = np.sqrt(np.maximum(np.diagonal(both), 1.0))
        likeness: Scores = np.asarray(both / root[:, None] / root[None, :], np.float32)
        likeness *= both / (both + np.float32(self.shrinkage or 1e-9))
        if items is not None:
            likeness = mixed(likeness, Content().fit(signals, items).likeness(), self.share)
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
        self._keep(np.asarray((weighed.T @ weighed).toarray(), np.float32))
