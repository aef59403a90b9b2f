"""The recommender in use: peers mixed as the community's own past says, with room for what is new."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from core.recommend.base import NOTHING, THREADS, Reason, Recommender, Scores, best
from core.recommend.content import Content
from core.recommend.ease import EASE
from core.recommend.likeness import BM25, ItemToItem
from core.recommend.measures import ndcg, relevance
from core.recommend.popularity import Popularity
from core.recommend.signals import Flags, Floats, Items, Numbers, Signals

MOST_ITEMS = 10_000  # up to which items × items are held
SEGMENTS = (4, 10)  # signals at which a member is no longer cold, and warm
FEW = 10  # members below whom a segment's own validation says nothing
MOST_VALIDATED = 300  # members that are validated on
NOISE = 1.0  # standard errors that a mix may be behind the best
LIST = 10
SHORTLIST = 100  # of each peer, of which mixes are made to be validated
WINDOWS = ((0.6, 0.8), (0.8, 1.0))  # of the past: learnt up to the first share, judged up to the second
NEW_DAYS = 14.0
NEW_SIGNALS = 10  # an item with as many is known, however young
SHARES = (0.3, 0.6)  # of decayed popularity beside another peer


class Mix(NamedTuple):
    """Which peers are mixed and what each weighs."""

    weights: dict[str, float]


class Blend(Recommender):
    """Choose mixes of peers for members who gave few, some and many signals, by splits of the past at one time for all.

    All mixes that the past can't tell from the best count alike, and little evidence leaves decayed popularity.
    `exposure` keeps the last place of each list of five or more for a new item, another for each member, so that every
    one is shown.
    """

    name = "blend"

    def __init__(self, *, exposure: bool = True) -> None:
        self.exposure = exposure

    def _learn(self, signals: Signals, items: Items | None) -> None:
        # Threads of BLAS beside ours would only wait for each other.
        with threadpool_limits(1), ThreadPoolExecutor(THREADS) as threads:
            self.mixes_ = self._chosen(signals, items, threads)
            used = {"decayed_popularity"}.union(*(mix.weights for mix in self.mixes_))
            fitted = threads.map(
                lambda peer: peer.fit(signals, items),
                [peer for peer in peers(signals, items) if peer.name in used],
            )
            self.peers_: dict[str, Recommender] = {peer.name: peer for peer in fitted}
        self.new_ = self._new(signals, items) if self.exposure else np.empty(0, np.int64)

    def _chosen(self, signals: Signals, items: Items | None, threads: Executor) -> list[Mix]:
        """Return the mix for each segment of members, cold ones first."""
        start = {"decayed_popularity": 1.0}
        if items is not None:
            start["content"] = 1.0
        default = [Mix(start), *(Mix({"decayed_popularity": 1.0}) for _ in SEGMENTS)]
        if not len(signals):
            return default
        mixes = candidates([peer.name for peer in peers(signals, items)])
        seen = list(threads.map(lambda window: self._look(window, signals, items, mixes), WINDOWS))
        return [_best_mix(mixes, found) or other for *found, other in zip(*seen, default, strict=True)]

    @staticmethod
    def _look(window: tuple[float, float], signals: Signals, items: Items | None, mixes: list[Mix]) -> list[Floats]:
        """Return what each mix (rows) gave to each member (columns) of one window, segment by segment."""
        start, end = np.quantile(signals.day, window)
        train = signals.where(signals.day <= start)
        wanted = relevance(train, signals.where((signals.day > start) & (signals.day <= end)))
        members = np.flatnonzero(np.diff(wanted.indptr))
        fitted = [peer.fit(train, items) for peer in peers(signals, items)] if len(members) else []
        which = np.digitize(train.counts[members], SEGMENTS)
        return [_gained(fitted, train, wanted, mixes, members[which == place]) for place in range(len(SEGMENTS) + 1)]

    def _new(self, signals: Signals, items: Items | None) -> Numbers:
        """Return the items that are young and that few know yet."""
        if items is None or items.published is None or not len(signals):
            return np.empty(0, np.int64)
        age = signals.day.max() - items.published
        known = np.bincount(signals.item, minlength=signals.items)
        return np.flatnonzero((age < NEW_DAYS) & (known < NEW_SIGNALS))

    def _mixed(self, members: Numbers, which: Mix) -> Scores:
        return _sum({name: levelled(self.peers_[name].score(members)) for name in which.weights}, which)

    def score(self, members: Numbers) -> Scores:
        """Return the mix of the peers' scores, each levelled within the member."""
        which = np.digitize(self.signals_.counts[members], SEGMENTS)
        scores = np.empty((len(members), self.signals_.items), np.float32)
        for place, mix in enumerate(self.mixes_):
            some = which == place
            if some.any():
                scores[some] = self._mixed(members[some], mix)
        return scores

    def _best(self, members: Numbers, k: int) -> Numbers:
        scores = self.open_scores(members)
        found = best(scores, k)
        if k >= 5 and len(self.new_):
            self._show_new(found, scores, members)
        return found

    def _show_new(self, found: Numbers, scores: Scores, members: Numbers) -> None:
        """Put a new item into the last place of each list that has none."""
        without: Flags = ~np.asarray(np.isin(found, self.new_).any(axis=1), np.bool_)
        for turn in range(len(self.new_)):
            if not without.any():
                return
            rows = np.flatnonzero(without)
            turns = self.new_[(members[rows] + turn) % len(self.new_)]
            allowed = ~np.isneginf(scores[rows, turns])
            found[rows[allowed], -1] = turns[allowed]
            without[rows[allowed]] = False

    def because(self, member: int, item: int) -> Reason:
        """Give the reason of the peer that moved the item most; that it is new where nothing ties it to the member."""
        return self.reasons(member, [item])[0]

    def reasons(self, member: int, items: Sequence[int]) -> list[Reason]:
        """Return `because` of several items of one member, whose scores are worked out once."""
        mix = self.mixes_[int(np.digitize(self.signals_.counts[member], SEGMENTS))]
        one = np.array([member])
        pulls = {name: weight * levelled(self.peers_[name].score(one))[0] for name, weight in mix.weights.items()}
        return [self._reason(member, item, {name: float(pull[item]) for name, pull in pulls.items()}) for item in items]

    def _reason(self, member: int, item: int, pulls: dict[str, float]) -> Reason:
        for name in sorted(pulls, key=lambda peer: -pulls[peer]):
            reason = self.peers_[name].because(member, item)
            if reason.key != "because-nothing-known" and not (item in self.new_ and reason.key == "because-popular"):
                return reason
        if item in self.new_:
            return Reason(key="because-new")
        return self.peers_["decayed_popularity"].because(member, item)


def _gained(
    fitted: list[Recommender], train: Signals, wanted: sp.csr_array, mixes: list[Mix], members: Numbers
) -> Floats:
    """Return mixes × members: the NDCG that each mix gives to some of the members."""
    if not len(members):
        return np.empty((len(mixes), 0))
    some = members[np.linspace(0, len(members) - 1, min(len(members), MOST_VALIDATED)).astype(np.int64)]
    closed = train.closed[some].tocoo()
    scores = {peer.name: levelled(peer.score(some)) for peer in fitted}
    for each in scores.values():
        each[closed.row, closed.col] = -np.inf
    items = _shortlists(list(scores.values()))
    listed = {
        name: np.where(items < 0, -np.inf, np.take_along_axis(each, items, axis=1)) for name, each in scores.items()
    }
    places = best(np.concatenate([_sum(listed, mix) for mix in mixes]), LIST)
    lists = np.where(places < 0, NOTHING, np.take_along_axis(np.tile(items, (len(mixes), 1)), places, axis=1))
    return ndcg(lists, np.tile(some, len(mixes)), wanted).reshape(len(mixes), len(some))


def _shortlists(scores: list[Scores]) -> Numbers:
    """Return members × places: the items that any of the scores has near the top, all where these are most, else -1."""
    members, items = scores[0].shape
    if items <= SHORTLIST * len(scores):
        return np.tile(np.arange(items), (members, 1))
    found = np.sort(np.concatenate([best(each, SHORTLIST) for each in scores], axis=1), axis=1)
    found[:, 1:][found[:, 1:] == found[:, :-1]] = NOTHING
    return found


def _best_mix(mixes: list[Mix], found: list[Floats]) -> Mix | None:
    """Return the mean of the mixes that ranked what came later best but for noise, None where too few members say it.

    One mix alone would be chosen by chance where many are nearly as good. The mean is drawn towards decayed popularity,
    the first of the mixes, the less surely the best beats it: it keeps the share 1 − 1 / t², none up to t = 1, where t
    is the best one's mean gain in its standard errors (James, Stein 1961, the positive part).
    """
    if sum(each.shape[1] for each in found) < FEW:
        return None
    gained = np.concatenate(found, axis=1)
    best = gained.mean(axis=1).argmax()
    lost = gained[best] - gained
    noise = lost.std(axis=1, ddof=1) / gained.shape[1] ** 0.5
    good = [mix for mix, near in zip(mixes, lost.mean(axis=1) <= NOISE * noise, strict=True) if near]
    sure = float(lost[0].mean() / noise[0]) if noise[0] > 0 else 0.0
    kept = max(0.0, 1.0 - 1.0 / sure**2) if sure > 1.0 else 0.0
    names = sorted({name for mix in good for name in mix.weights})
    weights = {name: kept * sum(mix.weights.get(name, 0.0) for mix in good) / len(good) for name in names}
    (start,) = mixes[0].weights
    weights[start] = weights.get(start, 0.0) + 1.0 - kept
    return Mix({name: weight for name, weight in weights.items() if weight > 0.0})


def peers(signals: Signals, items: Items | None) -> list[Recommender]:
    """Return the recommenders that are right for a community of this size, decayed popularity first."""
    found: list[Recommender] = [Popularity(), Popularity(half_life=None)]
    if items is not None:
        found.append(Content())
    if signals.items <= MOST_ITEMS:
        found += [ItemToItem(), BM25(), EASE()]
    return found


def candidates(names: list[str]) -> list[Mix]:
    """Return the mixes that are tried: each peer alone, each beside decayed popularity, and pairs; the first is it."""
    first, *others = names
    alone = [Mix({name: 1.0}) for name in names]
    beside = [Mix({first: share, name: 1.0 - share}) for name in others for share in SHARES]
    pairs = [
        Mix({one: 0.5, other: 0.5})
        for place, one in enumerate(others)
        for other in others[place + 1 :]
        if one != "popularity"
    ]
    return [*alone, *beside, *pairs]


def levelled(scores: Scores) -> Scores:
    """Return scores with mean 0 and deviation 1 within each member, 0 where all are equal."""
    if not scores.size:
        return scores
    centred = scores - scores.mean(axis=1, keepdims=True)
    spread = centred.std(axis=1, keepdims=True)
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 1e-12), np.float32)


def _sum(scores: dict[str, Scores], mix: Mix) -> Scores:
    total = np.zeros_like(next(iter(scores.values())))
    for name, weight in mix.weights.items():
        total += np.float32(weight) * scores[name]
    return total
