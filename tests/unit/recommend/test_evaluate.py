"""Measures by hand, splits, and figures that others measured."""

from __future__ import annotations

import csv
import gzip
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from core.recommend import EASE, Blend, NothingToTest, Popularity, Signals, evaluate, judge
from core.recommend.measures import bootstrap, coverage, ndcg, recall, relevance
from core.recommend.splits import at_random, by_time, last
from tests.world.signals import community


def few(rows: list[tuple[int, int, float]]) -> Signals:
    member, item, day = (np.array(column) for column in zip(*rows, strict=True))
    return Signals(member=member, item=item, day=day.astype(float), members=3, items=5)


def test_measures_by_hand() -> None:
    train = few([(0, 0, 0.0), (1, 1, 0.0)])
    wanted = relevance(train, few([(0, 1, 1.0), (0, 2, 1.0), (1, 1, 1.0), (2, 4, 1.0)]))
    assert wanted.toarray()[1].sum() == 0  # known before
    lists, members = np.array([[3, 1], [4, -1]]), np.array([0, 2])
    ideal = 1.0 + 1.0 / np.log2(3)
    assert ndcg(lists, members, wanted).tolist() == pytest.approx([(1.0 / np.log2(3)) / ideal, 1.0])
    assert recall(lists, members, wanted).tolist() == [0.5, 1.0]
    assert coverage(lists, 5) == 3 / 5


def test_the_bootstrap_covers_a_mean() -> None:
    values = np.random.default_rng(1).normal(size=400)
    low, high = bootstrap(values)
    half = 1.96 * values.std() / 20
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.02)


def test_splits() -> None:
    past, _ = community(50, 20, 5)
    before, after = by_time(past)
    assert past.day[before].max() < past.day[after].min()
    learnt, tested = last(past)
    assert (np.bincount(past.member[tested], minlength=50) == (past.counts > 1)).all()
    for member in past.member[tested]:
        assert past.day[tested & (past.member == member)] >= past.day[past.member == member].max()
    assert not (learnt & tested).any()
    drawn, _ = at_random(past)
    assert 0.7 < drawn.mean() < 0.9


def test_nothing_to_test_is_said() -> None:
    with pytest.raises(NothingToTest):
        evaluate(few([(0, 0, 1.0), (1, 1, 1.0)]), timer=count().__next__)


@pytest.mark.parametrize(("size", "seeds"), [((100, 50, 8), 30), ((1_000, 300, 10), 4)])
def test_the_blend_keeps_up_with_its_best_peer(size: tuple[int, int, float], seeds: int) -> None:
    ratios = []
    for seed in range(seeds):
        past, items = community(*size, seed=seed)
        found = {each.name: each.ndcg for each in evaluate(past, items, timer=count().__next__).recommenders}
        ratios.append(found)
    means = {name: np.mean([found[name] for found in ratios]) for name in ratios[0]}
    best = max((name for name in means if name != "blend"), key=means.__getitem__)
    gains = np.array([found["blend"] - found[best] for found in ratios]) / means[best]
    assert gains.mean() - 1.96 * gains.std(ddof=1) / len(gains) ** 0.5 > -0.02


def test_who_is_new_gets_better_than_what_is_popular() -> None:
    gains = []
    for seed in range(4):
        past, items = community(1_000, 300, 10, seed=seed)
        before, after = by_time(past)
        train = past.where(before)
        wanted = relevance(train, past.where(after))
        members = np.flatnonzero((np.diff(wanted.indptr) > 0) & (train.counts <= 3))
        scores = [
            ndcg(each.fit(train, items).recommend(members, 5), members, wanted).mean()
            for each in (Blend(), Popularity())
        ]
        gains.append(scores)
    blend, popular = np.mean(gains, axis=0)
    assert blend >= 1.2 * popular


def movielens(shared_data: Path) -> Signals:
    with (shared_data / "recommend" / "ml-latest-small" / "ratings.csv").open() as stream:
        rows = [row for row in csv.DictReader(stream) if float(row["rating"]) >= 4.0]
    member = np.unique([row["userId"] for row in rows], return_inverse=True)[1]
    item = np.unique([row["movieId"] for row in rows], return_inverse=True)[1]
    day = np.array([float(row["timestamp"]) for row in rows]) / 86_400.0
    return Signals(member=member, item=item, day=day, members=int(member.max()) + 1, items=int(item.max()) + 1)


@pytest.mark.shared_data
def test_movielens_by_time(shared_data: Path) -> None:
    found = evaluate(movielens(shared_data), timer=count().__next__)
    assert (found.warm, found.members) == (19, 152)
    by_name = {each.name: each for each in found.recommenders}
    assert by_name["decayed_popularity"].ndcg == pytest.approx(0.190, abs=0.01)
    assert by_name["ease"].ndcg == pytest.approx(0.106, abs=0.03)
    assert by_name["blend"].ci_high >= by_name["decayed_popularity"].ci_low


@pytest.mark.shared_data
def test_movielens_at_random(shared_data: Path) -> None:
    past = movielens(shared_data)
    before, after = at_random(past)
    train = past.where(before)
    wanted = relevance(train, past.where(after))
    members = np.flatnonzero(np.diff(wanted.indptr))
    found = [
        ndcg(each.fit(train).recommend(members), members, wanted).mean()
        for each in (EASE(), Popularity(half_life=None))
    ]
    assert found == pytest.approx([0.262, 0.136], abs=0.02)


def bandit(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with gzip.open(path, "rt") as stream:
        rows = [(row["click"], row["propensity_score"], row["position"]) for row in csv.DictReader(stream)]
    click, propensity, position = np.array(rows, float).T
    return click, propensity, position.astype(int)


@pytest.mark.shared_data
def test_the_bandits_logs_tell_what_the_uniform_policy_brings(shared_data: Path) -> None:
    folder = shared_data / "recommend" / "open-bandit"
    click, propensity, _ = bandit(folder / "bts_men.csv.gz")
    truth = bandit(folder / "random_men.csv.gz")[0].mean()
    found = judge(click, propensity, np.full(len(click), 1 / 34))
    assert found.ess == pytest.approx(656, abs=1)
    assert found.estimate == pytest.approx(0.0032, abs=5e-5)
    assert found.ci_low is not None
    assert found.ci_high is not None
    assert found.ci_low <= truth <= found.ci_high


def test_the_judge_finds_a_known_value_and_covers_it() -> None:
    """Three actions that bring 0.1, 0.3 and 0.5, logged by 0.6, 0.3, 0.1: evenly shown they bring 0.3."""
    rng = np.random.default_rng(0)
    propensity, brings = np.array([0.6, 0.3, 0.1]), np.array([0.1, 0.3, 0.5])
    covered = []
    for _ in range(200):
        action = rng.choice(3, 1_000, p=propensity)
        reward = (rng.random(1_000) < brings[action]).astype(float)
        found = judge(reward, propensity[action], np.full(1_000, 1 / 3), position=rng.integers(0, 3, 1_000))
        assert found.estimate is not None
        covered.append(found.ci_low <= 0.3 <= found.ci_high)
    assert np.mean(covered) >= 0.93


def test_the_judge_refuses_what_the_logs_hardly_hold() -> None:
    rare = np.full(1_000, 0.001)
    rare[:50] = 1.0
    found = judge(np.ones(1_000), np.full(1_000, 0.5), rare)
    assert (found.refused, found.estimate) == (True, None)
    assert found.ess < 100
    assert judge(np.ones(200), np.full(200, 0.5), np.zeros(200)).refused
    even = judge(np.zeros(200), np.full(200, 0.5), np.full(200, 0.5))
    assert (even.refused, even.ess) == (False, pytest.approx(200.0))
    assert even.ci_high is not None
    assert even.ci_high > 0.0
