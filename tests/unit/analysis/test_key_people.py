"""Key people, risk, connect, welcome and what is most unusual, on communities small enough to count by hand."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest
import scipy.sparse as sp

from core.analysis.connect import connect
from core.analysis.health import Arrivals, health, most_unusual, welcome
from core.analysis.importance import bridges, hubs, participation, rising, welcomers
from core.analysis.network import Parameters, analyse
from core.analysis.risk import risk
from core.analysis.snapshot.trend import changed
from core.analysis.ties import Ties
from core.domain.network_result import Week

EAGER = Parameters(ties_needed=1)


def two_groups() -> Ties:
    """Return two groups of five whom only `bo` joins, and `po`, tied to `bo` alone."""
    rows: list[tuple[str, str]] = []
    for side in "ab":
        group = [f"{side}{i}" for i in range(5)]
        rows += [(x, y) for x in group for y in group if x != y]
        rows += [("bo", group[0]), ("bo", group[1]), (group[0], "bo")]
    return Ties.between([*rows, ("po", "bo")])


def names(ties: Ties, members: object) -> list[str]:
    return [ties.names[int(i)] for i in members]  # type: ignore[attr-defined]


def test_the_bridge_joins_circles_and_the_hub_is_addressed_most() -> None:
    ties = Ties.between([*((f"x{i}", "ana") for i in range(6)), ("ana", "x0"), ("x1", "x2")])
    assert names(ties, [hub.member for hub in hubs(analyse(ties, EAGER), 1)]) == ["ana"]
    network = analyse(two_groups(), EAGER)
    first = bridges(network)[0]
    assert network.ties.names[first.member] == "bo"
    assert first.because["circles"] == 3  # both groups, and their own with po
    assert first.score == pytest.approx(network.bridging.value.max())


def test_participation_is_one_minus_the_squared_shares() -> None:
    ties = Ties.between([("m", "a", 1.0), ("m", "b", 1.0), ("m", "c", 2.0)])
    share, reached = participation(ties.undirected, np.array([1, 1, 2, 0]))
    assert share[ties.index["m"]] == pytest.approx(1 - 0.25 - 0.25)
    assert reached[ties.index["m"]] == 2
    assert share[ties.index["a"]] == 0.0


def test_who_rises_was_addressed_by_new_people() -> None:
    before = Ties.between([("a", "b"), ("b", "a"), ("c", "a"), ("d", "a"), ("e", "a"), ("new", "a")])
    now = Ties.between([("a", "b"), ("b", "new"), ("c", "new"), ("d", "new"), ("e", "a"), ("new", "a")])
    found = rising(analyse(now, EAGER), analyse(before, EAGER).pagerank)
    assert [now.names[person.member] for person in found] == ["new"]
    assert found[0].because["people"] == 3


def test_risk_names_the_cut_off_and_who_could_take_over() -> None:
    ties = two_groups()
    found = risk(ties, ties.index["bo"])
    assert found.share == pytest.approx(7 / 47)
    assert sorted(names(ties, found.cut_off)) in (
        ["a0", "a1", "a2", "a3", "a4", "po"],
        ["b0", "b1", "b2", "b3", "b4", "po"],
    )
    assert names(ties, found.alone) == ["po"]
    assert found.successors[0].coverage == pytest.approx(3 / 7)
    assert ties.names[found.successors[0].member][1] in "01"


def test_risk_of_a_member_without_ties_is_nothing() -> None:
    ties = Ties.between([("a", "b"), ("c", "c")])
    found = risk(ties, ties.index["c"])
    assert (found.share, len(found.cut_off), found.successors) == (0.0, 0, [])


def test_connect_proposes_those_who_share_contacts_and_interests() -> None:
    ties = Ties.between([("a", "x"), ("b", "x"), ("a", "y"), ("b", "y"), ("c", "x"), ("d", "e")])
    first, second = connect(ties)[:2]
    # x and y know two people of two contacts each, a and b one of two and one of three.
    assert (names(ties, [first.one, first.other]), names(ties, first.through)) == (["x", "y"], ["a", "b"])
    assert (names(ties, [second.one, second.other]), names(ties, second.through)) == (["a", "b"], ["x", "y"])
    subjects = np.zeros((len(ties), 2))
    subjects[[ties.index["d"], ties.index["c"]], 0] = 3
    likes = connect(ties, interests=sp.csr_array(subjects))
    pairs = {frozenset(names(ties, [pair.one, pair.other])): pair.alike for pair in likes}
    assert pairs[frozenset("cd")] == pytest.approx(1.0)
    assert all(ties.undirected[pair.one, pair.other] == 0 for pair in likes)


def test_connect_leaves_out_who_did_not_consent_and_asks_nobody_thrice() -> None:
    ties = Ties.between([(f"m{i}", "hub") for i in range(9)])
    among = np.array([ties.index[f"m{i}"] for i in range(8)])
    found = connect(ties, among=among)
    met = [member for pair in found for member in (pair.one, pair.other)]
    assert set(met) <= set(among.tolist())
    assert max(np.bincount(met)) <= 2
    assert connect(Ties.between([])) == []


def arrivals() -> Arrivals:
    # 0 answers; 1 waits half a day, 2 writes in vain, 3 never writes, 4 answers itself, 5 came long before.
    joined = np.array([0.0, 100.0, 101.0, 102.0, 103.0, 1.0])
    wrote = np.array([0.5, 100.5, 101.5, np.nan, 103.5, 2.0])
    source, target = np.array([0, 5, 0, 4, 0]), np.array([1, 1, 2, 4, 5])
    return Arrivals(joined, wrote, source, target, np.array([101.0, 102.0, 120.0, 104.0, 110.0]))


def test_newcomers_answered_and_not() -> None:
    found = welcome(arrivals(), since=90.0, until=200.0)
    assert found.newcomer.tolist() == [1, 2, 3, 4]
    assert found.by.tolist() == [0, -1, -1, -1]
    assert found.share == pytest.approx(1 / 3)
    assert found.median_wait == pytest.approx(0.5)
    assert found.unanswered.tolist() == [2, 4]
    assert [(person.member, person.because["newcomers"]) for person in welcomers(found)] == [(0, 1.0)]


def test_no_newcomers_no_share() -> None:
    found = welcome(arrivals(), since=300.0, until=400.0)
    assert (found.share, found.median_wait, welcomers(found)) == (None, None, [])


def test_what_most_unusual_is_the_most_unusual() -> None:
    usual = health(Ties.between([("a", "b"), ("b", "a"), ("b", "c")]), None)
    weeks = [replace(usual, reciprocity=0.5 + 0.01 * (i % 2), gini=0.3 + 0.1 * (i % 2)) for i in range(6)]
    changes = most_unusual([asdict(week) for week in [*weeks, replace(usual, reciprocity=0.2, gini=0.4)]])
    assert changes[0].figure == "reciprocity"
    assert changes[0].strength < -3
    assert changes[0].now == 0.2
    assert most_unusual([asdict(week) for week in weeks[:2]]) == []


def test_asking_for_bridges_leaves_the_ties_as_they_were() -> None:
    ties = Ties.between([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("e", "c"), ("a", "c")])
    network = analyse(ties)
    before = ties.undirected.toarray()
    participation(ties.undirected, np.array([1, 1, 1, 2, 2]))
    assert (ties.undirected.toarray() == before).all()
    assert len(ties.undirected.indices) == ties.undirected.nnz
    assert hubs(network)


def test_newcomers_are_candidates_for_the_most_unusual_figure() -> None:
    figures = asdict(health(Ties.between([("a", "b"), ("b", "a"), ("b", "c")]), None))
    usual = Week(day=0, **figures, newcomers=5, answered=0.9, wait=1.0)
    weeks = [replace(usual, day=7 * i, answered=0.9 + 0.01 * (i % 2)) for i in range(6)]
    changes = changed([*weeks, replace(usual, day=42, answered=0.1)])
    assert changes[0].figure == "answered"
    assert changes[0].now == 0.1
