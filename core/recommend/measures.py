"""How good lists are: NDCG, recall, coverage, and how far each may be off."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from core.recommend.signals import Flags, Floats, Numbers, Signals

RESAMPLES = 1_000


def relevance(train: Signals, test: Signals) -> sp.csr_array:
    """Return members × items, 1 for what is wanted in the test and wasn't before."""
    wanted = test.matrix - test.matrix.multiply(train.closed != 0)
    wanted = sp.csr_array(wanted)
    wanted.eliminate_zeros()
    return wanted


def hits(lists: Numbers, members: Numbers, wanted: sp.csr_array) -> Flags:
    """Return which places of lists (members × k, -1 for none) hold what is wanted."""
    rows = np.repeat(members, lists.shape[1])
    found = np.asarray(wanted[rows, np.maximum(lists.ravel(), 0)]).ravel().reshape(lists.shape)
    return np.asarray((found > 0) & (lists >= 0), np.bool_)


def ndcg(lists: Numbers, members: Numbers, wanted: sp.csr_array) -> Floats:
    """Return each member's NDCG (Järvelin, Kekäläinen 2002), 0 for one who wants nothing."""
    places = lists.shape[1]
    worth = 1.0 / np.log2(np.arange(2, places + 2))
    most = np.minimum(np.diff(wanted.indptr)[members], places)
    ideal = np.append(0.0, worth.cumsum())[most]
    gained = hits(lists, members, wanted) @ worth
    return np.asarray(np.divide(gained, ideal, out=np.zeros(len(members)), where=ideal > 0))


def recall(lists: Numbers, members: Numbers, wanted: sp.csr_array) -> Floats:
    """Return the share of what each member wants that stands in the list."""
    count = np.diff(wanted.indptr)[members]
    found = hits(lists, members, wanted).sum(axis=1)
    return np.asarray(np.divide(found, count, out=np.zeros(len(members)), where=count > 0))


def coverage(lists: Numbers, items: int) -> float:
    """Return the share of items that stand in any list."""
    return len(np.unique(lists[lists >= 0])) / items if items else 0.0


def bootstrap(values: Floats, seed: int = 0, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a mean over members by drawing members again and again (Efron 1979)."""
    rng = np.random.default_rng(seed)
    means = np.array([values[rng.integers(0, len(values), len(values))].mean() for _ in range(RESAMPLES)])
    low, high = np.quantile(means, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(low), float(high)
