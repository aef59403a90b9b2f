"""What all recommenders share: the best of what is left, and a reason as a key and what it speaks of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.recommend.signals import Items, Numbers, Signals

Scores = NDArray[np.float32]
CHUNK = 1024  # members whose scores a thread has in memory at once
THREADS = 2  # NumPy and SciPy let others run while they work
NOTHING = -1


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why an item: a key of the catalogues, and the topic, the other item or the count that it speaks of."""

    key: str
    topic: int | None = None
    item: int | None = None
    count: int | None = None


class Recommender(ABC):
    """Learn from signals, then say which items each member wants most.

    Fitted attributes end in an underscore. Scores of one recommender compare within a member, not with another's.
    """

    name: str

    def fit(self, signals: Signals, items: Items | None = None) -> Self:
        """Learn from signals and, where it is known, from what the catalogue says of the items."""
        self.signals_ = signals
        self.catalogue_ = items
        self._learn(signals, items)
        return self

    @abstractmethod
    def _learn(self, signals: Signals, items: Items | None) -> None:
        """Set the fitted attributes."""

    @abstractmethod
    def score(self, members: Numbers) -> Scores:
        """Return members × items: the higher, the more a member wants it; 0 for nothing known."""

    def recommend(self, members: Numbers, k: int = 10) -> Numbers:
        """Return members × k items, best first, -1 where none is left; never one seen or refused."""
        parts = [members[start : start + CHUNK] for start in range(0, len(members), CHUNK)]
        with ThreadPoolExecutor(THREADS) as threads:
            found = list(threads.map(lambda some: self._best(some, k), parts))
        return np.concatenate(found) if found else np.empty((0, k), np.int64)

    def _best(self, members: Numbers, k: int) -> Numbers:
        return best(self.open_scores(members), k)

    def open_scores(self, members: Numbers) -> Scores:
        """Return `score`, minus infinity where an item must not be recommended."""
        scores = self.score(members)
        closed = self.signals_.closed[members].tocoo()
        scores[closed.row, closed.col] = -np.inf
        return scores

    @abstractmethod
    def because(self, member: int, item: int) -> Reason:
        """Return why this item for this member."""

    def _nearest(self, member: int, likeness: Scores) -> int | None:
        """Return which of a member's items is most like another, None where none is like it."""
        owned = self.signals_.of(member)
        if not len(owned) or float(likeness[owned].max()) <= 0.0:
            return None
        return int(owned[likeness[owned].argmax()])


def best(scores: Scores, k: int) -> Numbers:
    """Return rows × k places of the highest scores, highest first, -1 where only minus infinity is left."""
    width = min(k, scores.shape[1])
    found = np.full((len(scores), k), NOTHING, np.int64)
    if not width:
        return found
    places = np.argpartition(-scores, width - 1, axis=1)[:, :width]
    values = np.take_along_axis(scores, places, axis=1)
    order = np.lexsort((places, -values), axis=1)
    places = np.take_along_axis(places, order, axis=1)
    values = np.take_along_axis(values, order, axis=1)
    found[:, :width] = np.where(np.isneginf(values), NOTHING, places)
    return found
