"""Which recommender would have been right: learn from the past, judge by what came later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.recommend.base import Recommender
from core.recommend.blend import Blend, peers
from core.recommend.measures import bootstrap, coverage, ndcg, recall, relevance
from core.recommend.signals import Items, Numbers, Signals
from core.recommend.splits import SPLITS

WARM = 10  # signals in the past from which a member counts as warm


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One recommender: means over the warm members of the test, `ndcg_all` over all of them; seconds of work."""

    name: str
    ndcg: float
    recall: float
    coverage: float
    ci_low: float
    ci_high: float
    ndcg_all: float
    fit_seconds: float
    recommend_seconds: float


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """All recommenders on the same members; `of` says whom the means are over: "warm", or "all" where none is."""

    recommenders: list[Measured]
    members: int
    warm: int
    warm_share: float
    of: str


class NothingToTest(ValueError):
    """Say that a split leaves nothing to learn from or nothing to be judged by."""


def evaluate(
    signals: Signals,
    items: Items | None = None,
    *,
    split: str = "time",
    k: int = 10,
    timer: Callable[[], float],
) -> Evaluation:
    """Fit each peer and the blend on the past of a split and judge their lists of `k` by what came later.

    A split is "time" (one moment for all), "last" (each member's last) or "random". `timer` returns seconds. Raise
    NothingToTest where one side of the split is empty.
    """
    past, later = SPLITS[split](signals)
    train, test = signals.where(past), signals.where(later)
    wanted = relevance(train, test)
    members = np.flatnonzero(np.diff(wanted.indptr))
    if not len(train) or not len(members):
        raise NothingToTest(split)
    warm = train.counts[members] >= (WARM if split == "time" else 1)
    judged = warm if warm.any() else np.ones(len(members), np.bool_)
    found: list[Measured] = []
    for recommender in [*peers(train, items), Blend()]:
        lists, seconds = _timed(recommender, train, items, members, k, timer)
        each = ndcg(lists, members, wanted)
        low, high = bootstrap(each[judged])
        found.append(
            Measured(
                name=recommender.name,
                ndcg=float(each[judged].mean()),
                recall=float(recall(lists, members, wanted)[judged].mean()),
                coverage=coverage(lists, signals.items),
                ci_low=low,
                ci_high=high,
                ndcg_all=float(each.mean()),
                fit_seconds=seconds[0],
                recommend_seconds=seconds[1],
            )
        )
    return Evaluation(
        recommenders=found,
        members=len(members),
        warm=int(warm.sum()),
        warm_share=float(warm.mean()),
        of="warm" if warm.any() else "all",
    )


def _timed(
    recommender: Recommender, train: Signals, items: Items | None, members: Numbers, k: int, timer: Callable[[], float]
) -> tuple[Numbers, tuple[float, float]]:
    start = timer()
    recommender.fit(train, items)
    fitted = timer()
    lists = recommender.recommend(members, k)
    return lists, (fitted - start, timer() - fitted)
