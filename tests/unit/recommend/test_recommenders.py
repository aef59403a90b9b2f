"""Recommenders on small input whose answer is known, and on generated communities."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.catalogue import words_of
from core.recommend import (
    BM25,
    EASE,
    Blend,
    Content,
    Items,
    ItemToItem,
    Popularity,
    Reason,
    Recommender,
    Signals,
    blend,
)
from core.recommend.likeness import mixed
from core.recommend.signals import BLOCK, crossed
from tests.world.signals import community

KINDS = [Popularity, Content, ItemToItem, BM25, EASE, Blend]


def signals(
    *rows: tuple[int, int, float], members: int, items: int, refused: list[tuple[int, int]] | None = None
) -> Signals:
    member, item, day = (np.array(column) for column in zip(*rows, strict=True))
    pairs = None if refused is None else np.array(refused, np.int64).reshape(-1, 2)
    return Signals(
        member=member.astype(np.int64), item=item.astype(np.int64), day=day.astype(float),
        members=members, items=items, refused=pairs,
    )  # fmt: skip


def test_the_worked_example() -> None:
    behaviour, content = np.array([0.6, 0.3], np.float32), np.array([0.4, 0.7], np.float32)
    assert mixed(behaviour, content, 0.8).tolist() == pytest.approx([0.56, 0.38])


def test_old_signals_count_less() -> None:
    past = signals((0, 0, 0.0), (1, 0, 0.0), (2, 0, 0.0), (3, 1, 90.0), members=5, items=2)
    assert Popularity(half_life=90.0).fit(past).popularity_.tolist() == [1.5, 1.0]
    assert Popularity(half_life=30.0).fit(past).recommend(np.array([4]), 2).tolist() == [[1, 0]]
    assert Popularity(half_life=None).fit(past).popularity_.tolist() == [3.0, 1.0]


def test_shrinkage_trusts_what_many_want() -> None:
    rows = [(member, item, 0.0) for member in range(20) for item in (0, 1)]
    rows += [(20, 2, 0.0), (20, 3, 0.0)]
    likeness = ItemToItem(shrinkage=10.0).fit(signals(*rows, members=21, items=4)).likeness_
    assert likeness[0, 1] == pytest.approx(20 / 30)
    assert likeness[2, 3] == pytest.approx(1 / 11)
    assert likeness.diagonal().tolist() == [0.0] * 4


def test_ease_solves_its_equations() -> None:
    """The closed form is the least of ‖X − XB‖² + λ‖B‖² with a diagonal of 0: its slope there is 0 off the diagonal."""
    past, _ = community(60, 12, 5)
    weights = EASE(ridge=7.0).fit(past).weights_.astype(float)
    gram = past.together.astype(float)
    slope = gram @ weights - gram + 7.0 * weights
    np.fill_diagonal(slope, 0.0)
    assert np.abs(slope).max() < 1e-3
    assert weights.diagonal().tolist() == [0.0] * 12


def test_words_of_both_languages() -> None:
    assert words_of("Pandas 2.0：数据分析入门 Day_1") == [
        "pandas",
        "2",
        "0",
        "数据",
        "据分",
        "分析",
        "析入",
        "入门",
        "day",
        "1",
    ]
    assert words_of("书") == ["书"]


def test_content_finds_what_is_written_alike() -> None:
    past = signals((0, 0, 0.0), (1, 2, 0.0), members=2, items=4)
    texts = ["数据分析入门", "数据分析进阶", "baking bread", "bread at home"]
    found = Content().fit(past, Items(texts=texts))
    assert found.recommend(np.array([0, 1]), 1).ravel().tolist() == [1, 3]
    assert found.because(0, 1) == Reason(key="because-like", item=0)


@pytest.mark.parametrize("kind", [Content, Blend])
def test_chosen_topics_come_first_for_who_is_new(kind: type[Recommender]) -> None:
    past, items = community(200, 40, 6)
    assert items.chosen is not None
    assert items.topics is not None
    wide = replace(past, members=201)
    chosen = sp.csr_array(sp.vstack([items.chosen, sp.csr_array(([1.0], ([0], [3])), shape=(1, 8))]))
    found = kind().fit(wide, replace(items, chosen=chosen))
    first = int(found.recommend(np.array([200]), 5)[0, 0])
    assert items.topics[[first]].indices.tolist() == [3]
    assert found.because(200, first).key == "because-topic"
    assert found.because(200, first).topic == 3


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_seen_or_refused_never_comes_back(kind: type[Recommender]) -> None:
    past, items = community(80, 20, 6, seed=3)
    rng = np.random.default_rng(0)
    refused = np.stack([rng.integers(0, 80, 200), rng.integers(0, 20, 200)], axis=1)
    told = replace(past, refused=refused)
    lists = kind().fit(told, replace(items, published=np.full(20, 179.0))).recommend(np.arange(80), 20)
    shown = {(member, item) for member, row in enumerate(lists.tolist()) for item in row if item >= 0}
    closed = set(zip(past.member.tolist(), past.item.tolist(), strict=True)) | {(m, i) for m, i in refused.tolist()}
    assert shown & closed == set()
    assert len(shown | closed) == 80 * 20
    assert all(len(set(row) - {-1}) == sum(item >= 0 for item in row) for row in lists.tolist())


@pytest.mark.parametrize("kind", KINDS[:-1])  # which mix the blend takes hangs on lists, whose ties stand by number
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_names_of_items_change_nothing(kind: type[Recommender], seed: int) -> None:
    past, items = community(60, 20, 6, seed=seed)
    order = np.random.default_rng(seed).permutation(20)
    place = np.argsort(order)
    other = replace(past, item=place[past.item])
    about = replace(items, texts=[items.texts[old] for old in order], topics=items.topics[order])
    everybody = np.arange(60)
    plain = kind().fit(past, items).score(everybody)
    renamed = kind().fit(other, about).score(everybody)
    assert np.allclose(renamed, plain[:, order], atol=2e-3)


def test_every_new_item_is_shown() -> None:
    past, items = community(300, 60, 8)
    new = [57, 58, 59]
    kept = ~np.isin(past.item, new)
    published = np.where(np.arange(60) >= 57, 175.0, 0.0)
    known = past.where(kept)
    found = Blend().fit(known, replace(items, published=published))
    lists = found.recommend(np.arange(300), 5)
    assert np.isin(lists, new).any(axis=1).all()
    assert min(np.bincount(lists.ravel(), minlength=60)[new]) >= 60
    untold = Blend().fit(known, Items(texts=[""] * 60, published=published))
    assert untold.because(0, 58).key == "because-new"
    hidden = Blend(exposure=False).fit(known, replace(items, published=published)).recommend(np.arange(300), 5)
    assert not np.isin(hidden, new).any(axis=1).all()


@pytest.mark.parametrize("kind", KINDS)
def test_odd_communities_have_true_answers(kind: type[Recommender]) -> None:
    nobody = Signals(
        member=np.empty(0, np.int64), item=np.empty(0, np.int64), day=np.empty(0), members=2, items=1
    )  # fmt: skip
    assert kind().fit(nobody).recommend(np.array([0, 1]), 3).tolist() == [[0, -1, -1], [0, -1, -1]]
    one = signals((0, 0, 0.0), members=2, items=1)
    assert kind().fit(one, Items(texts=[""])).recommend(np.array([0, 1]), 2).tolist() == [[-1, -1], [0, -1]]
    assert kind().fit(replace(nobody, items=0)).recommend(np.array([0]), 2).tolist() == [[-1, -1]]


def test_products_by_blocks_are_whole() -> None:
    matrix = sp.random_array((300, 2 * BLOCK + 90), density=0.05, format="csr", dtype=np.float32, random_state=1)
    assert np.allclose(crossed(matrix), (matrix.T @ matrix).toarray(), atol=1e-5)


def test_short_lists_choose_the_mixes_that_all_items_would(monkeypatch: pytest.MonkeyPatch) -> None:
    past, items = community(400, 1_500, 30)
    shortly = Blend().fit(past, items).mixes_
    monkeypatch.setattr(blend, "SHORTLIST", 1_500)
    assert shortly == Blend().fit(past, items).mixes_


@pytest.mark.parametrize("kind", [ItemToItem, BM25, EASE])
def test_a_reason_names_what_was_wanted(kind: type[Recommender]) -> None:
    rows = [(member, item, 0.0) for member in range(20) for item in (0, 1)]
    rows += [(member, 2, 0.0) for member in range(20, 26)] + [(26, 0, 0.0)]
    found = kind().fit(signals(*rows, members=28, items=4))
    assert found.because(26, 1) == Reason(key="because-wanted", item=0, count=20)
    assert found.because(27, 1).key == "because-nothing-known"
