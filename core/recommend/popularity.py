"""What many want, with old signals counting less."""

from __future__ import annotations

import numpy as np

from core.recommend.base import Reason, Recommender, Scores
from core.recommend.signals import Items, Numbers, Signals

HALF_LIFE = 90.0  # days


class Popularity(Recommender):
    """Sum signals, each worth 2^(−age / half-life); `half_life` in days, None where they keep their worth."""

    def __init__(self, half_life: float | None = HALF_LIFE) -> None:
        self.half_life = half_life
        self.name = "popularity" if half_life is None else "decayed_popularity"

    def _learn(self, signals: Signals, items: Items | None) -> None:
        worth = np.ones(len(signals))
        if self.half_life is not None and len(signals):
            worth = np.exp2(-(signals.day.max() - signals.day) / self.half_life)
        self.popularity_ = np.bincount(signals.item, weights=worth, minlength=signals.items).astype(np.float32)
        self.wanted_ = np.bincount(signals.item, minlength=signals.items)

    def score(self, members: Numbers) -> Scores:
        """Return how popular each item is, the same for all members."""
        return np.tile(self.popularity_, (len(members), 1))

    def because(self, member: int, item: int) -> Reason:
        """Say how many wanted it."""
        return Reason(key="because-popular", count=int(self.wanted_[item]))
