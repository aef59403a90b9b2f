"""A linear model of the most wanted items on one another."""

from __future__ import annotations

import numpy as np
from scipy.linalg import lapack
from threadpoolctl import threadpool_limits

from core.recommend.base import Reason, Recommender, Scores
from core.recommend.signals import Items, Numbers, Signals

RIDGE = 100.0
MOST_ITEMS = 2_000  # that are modelled: time grows with their cube


class EASE(Recommender):
    """Ridge regression whose diagonal is 0, in closed form: Steck 2019, Embarrassingly Shallow Autoencoders."""

    def __init__(self, ridge: float = RIDGE) -> None:
        self.ridge = ridge
        self.name = "ease"

    def _learn(self, signals: Signals, items: Items | None) -> None:
        wanted = np.diagonal(signals.together)
        self.places_ = np.sort(np.argsort(-wanted, kind="stable")[:MOST_ITEMS])
        gram = np.array(signals.together[np.ix_(self.places_, self.places_)], np.float32, order="F")
        gram[np.diag_indices_from(gram)] += self.ridge
        # Threads that wait for each other on a busy machine take ten times as long as one.
        with threadpool_limits(1):
            factor, _ = lapack.spotrf(gram, lower=1, overwrite_a=1)
            half, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
        inverse = np.tril(half)
        inverse += np.tril(inverse, -1).T
        inverse /= -np.diagonal(inverse).copy()
        np.fill_diagonal(inverse, 0.0)
        self.weights_ = inverse

    def score(self, members: Numbers) -> Scores:
        """Return the regression of each item on what a member wanted."""
        scores = np.zeros((len(members), self.signals_.items), np.float32)
        scores[:, self.places_] = self.signals_.matrix[members][:, self.places_] @ self.weights_
        return scores

    def because(self, member: int, item: int) -> Reason:
        """Name the wanted item that weighs most."""
        weights = np.zeros(self.signals_.items, np.float32)
        if len(place := np.flatnonzero(self.places_ == item)):
            weights[self.places_] = self.weights_[:, place[0]]
        near = self._nearest(member, weights)
        if near is None:
            return Reason(key="because-nothing-known")
        return Reason(key="because-wanted", item=near, count=int(self.signals_.together[near, item]))
