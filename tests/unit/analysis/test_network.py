"""The whole analysis: small communities, what must change nothing, and a day's increment."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.network import Network, Parameters, analyse
from core.analysis.ties import Rows, Ties
from core.domain.network_analysis import AnalysedMember
from core.domain.network_result import TooFew
from core.store.plain import to_plain
from tests.benchmarks.communities import agreement, planted

FIGURES = ("pagerank", "in_degree", "out_degree", "bridging", "core", "clustering")
pairs = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 4)), min_size=1, max_size=60)
EAGER = Parameters(ties_needed=1)


def tied(rows: list[tuple[int, int, int]], label: dict[int, str] | None = None) -> Ties:
    """Return ties of members 0 … 11 under their labels, members without ties included."""
    name = label or {i: f"m{i:02d}" for i in range(12)}
    names = sorted(name.values())
    place = {member: names.index(text) for member, text in name.items()}
    source, target, weight = np.array([(place[a], place[b], w) for a, b, w in rows]).T
    return Ties.of(names, Rows(source, target, weight.astype(np.float64)))


def by_name(network: Network) -> dict[str | None, AnalysedMember]:
    return {member.name: member for member in network.members()}


@settings(max_examples=60, deadline=None)
@given(pairs, st.permutations(range(12)))
def test_relabelling_changes_nothing(rows: list[tuple[int, int, int]], other: list[int]) -> None:
    label = {i: f"x{other[i]:02d}" for i in range(12)}
    before, after = analyse(tied(rows), EAGER), analyse(tied(rows, label), EAGER)
    old, new = by_name(before), by_name(after)
    for i in range(12):
        for figure in FIGURES:
            assert getattr(new[label[i]], figure) == pytest.approx(getattr(old[f"m{i:02d}"], figure), abs=1e-9)
    assert asdict(after.whole()) == pytest.approx(asdict(before.whole()), abs=0.02, nan_ok=True)
    same = replace(after.health, modularity=None), replace(before.health, modularity=None)
    assert asdict(same[0]) == pytest.approx(asdict(same[1]), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.data(), pairs)
def test_permuting_rows_changes_nothing(data: st.DataObject, rows: list[tuple[int, int, int]]) -> None:
    shuffled = data.draw(st.permutations(rows))
    assert analyse(tied(shuffled), EAGER).analysis() == analyse(tied(rows), EAGER).analysis()


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_an_isolated_member_changes_no_other_s_rank(rows: list[tuple[int, int, int]]) -> None:
    ties = tied(rows)
    more = Ties([*ties.names, "zz"], ties.renewed(0.0, ["zz"], ["zz"]).matrix)
    before, after = analyse(ties, EAGER), analyse(more, EAGER)
    for figure in ("in_degree", "out_degree", "core", "clustering"):
        old, new = by_name(before), by_name(after)
        assert [getattr(new[name], figure) for name in ties.names] == [
            getattr(old[name], figure) for name in ties.names
        ]
    assert (after.circle[:-1] == before.circle).all()
    assert after.circle[-1] == 0
    _same_order(before.bridging.value, after.bridging.value[:-1])
    _same_order(before.pagerank, after.pagerank[:-1])


def _same_order(before: Any, after: Any) -> None:
    """Say that nobody passed anybody: whoever was clearly ahead is not behind now."""
    ahead = before[:, None] - before[None, :] > 1e-4 * max(before.max(), 1e-300)
    behind = after[:, None] < after[None, :]
    assert not (ahead & behind).any()


@pytest.mark.parametrize(
    ("rows", "members", "ties"),
    [
        ([], 0, 0),
        ([("a", "a")], 1, 0),
        ([("a", "a"), ("b", "b")], 2, 0),
        ([("a", "b")], 2, 1),
        ([("a", "b"), ("b", "a")], 2, 2),
    ],
)
def test_small_communities_have_true_answers(rows: list[tuple[str, str]], members: int, ties: int) -> None:
    found = analyse(Ties.between(rows)).analysis()
    assert (len(found.members), found.health.ties) == (members, ties)
    assert found.circles == ()
    assert found.notes.too_few_ties == TooFew(ties=ties, needed=30)
    assert found.health.modularity is None
    assert found.health.reciprocity == {0: None, 1: 0.0, 2: 1.0}[ties]
    assert all(member.bridging == 0 and member.circle is None for member in found.members)
    assert sum(member.pagerank for member in found.members) == pytest.approx(1.0 if members else 0.0)
    json.dumps(to_plain(found), allow_nan=False)


def test_a_member_tied_with_all_and_a_member_with_none() -> None:
    hub = [("hub", f"m{i}") for i in range(40)]
    found = analyse(Ties.between([*hub, ("lone", "lone")]))
    members = by_name(found)
    assert found.health.decentralisation == pytest.approx(1 - 39 * 40 / (40 * 41) - 1 * 40 / (40 * 41), abs=0.03)
    assert members["lone"].circle is None
    assert members["hub"].bridging == pytest.approx(780 / 820, abs=1e-6)
    assert members["lone"].core == 0


def test_planted_circles_are_found() -> None:
    community = planted(1_000, seed=3)
    found = analyse(community.ties)
    assert agreement(found.circle, community.circle) > 0.6
    assert found.health.modularity is not None
    assert found.health.modularity > 0.3


def test_the_same_ties_give_the_same_result() -> None:
    ties = planted(3_000, seed=4).ties
    first, second = analyse(ties).analysis(), analyse(Ties(ties.names, ties.matrix)).analysis()
    assert first == second
    assert first.parameters.bridging.method == "sampled"


def test_a_day_s_increment_is_as_good_as_all_at_once() -> None:
    ties = planted(4_000, seed=5).ties
    begun = Ties(ties.names, ties.matrix, day=0.0, half_life=30.0)
    chance = np.random.default_rng(1)
    source = [ties.names[i] for i in chance.integers(0, 4_000, 300)]
    target = [*(ties.names[i] for i in chance.integers(0, 4_000, 295)), *(f"new{i}" for i in range(5))]
    before = analyse(begun)
    later = begun.renewed(1.0, source, target)
    step, whole = analyse(later, previous=before), analyse(Ties(later.names, later.matrix, 1.0, 30.0))
    assert (step.core == whole.core).all()
    assert np.abs(step.clustering - whole.clustering).max() < 1e-12
    assert np.abs(step.pagerank - whole.pagerank).max() < 1e-8
    assert step.health.modularity == pytest.approx(whole.health.modularity, abs=0.01)
    assert (step.bridging_day, whole.bridging_day) == (0.0, 1.0)
    kept = {circle.id for circle in before.circles} & {circle.id for circle in step.circles}
    assert len(kept) >= len(before.circles) - 2


def test_where_ties_are_gone_all_is_counted_anew() -> None:
    ties = planted(2_500, seed=6).ties
    before = analyse(ties)
    fewer = ties.matrix.copy()
    fewer.data[: len(fewer.data) // 10] = 0
    fewer.eliminate_zeros()
    left = Ties(ties.names, fewer)
    step, whole = analyse(left, previous=before), analyse(left)
    assert np.abs(step.clustering - whole.clustering).max() == 0
    assert (step.bridging.value == whole.bridging.value).all()
