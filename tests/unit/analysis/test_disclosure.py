"""What is told of small groups: nobody works out a count under five, whatever they subtract from what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from scipy.optimize import linprog

from core.analysis.disclosure import FEWEST, LEFT, Released, cell, protect, span

Table = Sequence[Sequence[int]]
BIG = 10_000.0


def made(random: np.random.Generator) -> tuple[list[int], list[list[list[int]]]]:
    """Return a survey's true counts: answers by tier, by activity, and by circle, in which not everybody is."""
    rows = int(random.integers(2, 6))
    tables = []
    people = random.integers(0, int(random.integers(4, 60)), size=rows)
    for columns, covers in ((4, True), (3, True), (5, False)):
        chances = random.dirichlet(np.ones(columns + (not covers)))
        tables.append([[int(n) for n in random.multinomial(total, chances)][:columns] for total in people])
    return [int(each) for each in people], tables


def bounds(
    totals: Sequence[int], tables: Sequence[Table], told: Released, cells: list[tuple[int, int, int]]
) -> Iterator[tuple[float, float]]:
    """Return the least and most that each cell can be, by linear programming over everything told."""
    index: dict[tuple[int, int, int], int] = {}
    limits: list[tuple[float, float]] = []
    for row, total in enumerate(told.totals):
        index[-1, row, 0] = len(limits)
        limits.append(span(total))
    equal: list[np.ndarray] = []
    sums_of: dict[tuple[int, int], list[int]] = {}
    for at, table in enumerate(told.tables):
        covers = all(sum(row) == whole for row, whole in zip(tables[at], totals, strict=True))
        for r, row in enumerate(table):
            for c, count in enumerate(row):
                index[at, r, c] = len(limits)
                limits.append(span(count))
            if not covers:
                index[at, r, len(row)] = len(limits)
                limits.append((0.0, np.inf))
            sums_of[at, r] = [index[at, r, c] for c in range(len(row) + (not covers))]
    for (_, r), parts in sums_of.items():
        line = np.zeros(len(limits))
        line[index[-1, r, 0]], line[parts] = -1.0, 1.0
        equal.append(line)
    every = np.zeros(len(limits))
    every[[index[-1, r, 0] for r in range(len(totals))]] = 1.0
    low, high = span(told.count)
    outer = {"A_ub": np.array([every, -every]), "b_ub": np.array([min(high, BIG), -low])}
    sums = {"A_eq": np.array(equal), "b_eq": np.zeros(len(equal))} if equal else {}
    limits = [(a, min(b, BIG)) for a, b in limits]
    for place in cells:
        goal = np.zeros(len(limits))
        goal[index[place]] = 1.0
        ends = [sign * linprog(sign * goal, bounds=limits, **sums, **outer).fun for sign in (1.0, -1.0)]
        yield ends[0], ends[1]


def small(totals: Sequence[int], tables: Sequence[Table]) -> list[tuple[int, int, int]]:
    """Return where the counts under five are."""
    found = [(-1, r, 0) for r, total in enumerate(totals) if total < FEWEST]
    return found + [
        (at, r, c)
        for at, table in enumerate(tables)
        for r, row in enumerate(table)
        for c, count in enumerate(row)
        if count < FEWEST
    ]


def test_counts_are_told_by_fives_and_those_below_five_alike() -> None:
    assert [cell(each) for each in range(14)] == [0, 0, 0, 0, 0, 5, 5, 5, 10, 10, 10, 10, 10, 15]
    for count in range(200):
        low, high = span(cell(count))
        assert low <= count <= high
    assert span(None)[0] == 0


def test_what_subtraction_would_find_is_hidden() -> None:
    # 18 in all, rounded to 20, so 22 at most: less 7 and 7 at most the rest is 4 exactly, were all of it told.
    told = protect([4, 7, 7], [])
    assert told.totals[0] == 0
    assert None in (told.count, *told.totals)
    assert protect([30, 12, 9], []).totals == (30, 10, 10)  # where nothing is found, nothing is hidden


def test_nobody_at_all_and_tables_without_columns_are_told_as_such() -> None:
    assert protect([0, 0], [[[], []]]) == Released(0, (0, 0), (((), ()),))
    assert protect([3, 9], [[[], []], [[0], [0]]]).totals == (0, 10)


def test_a_question_without_groups_has_nothing_to_hide() -> None:
    assert protect([], []) == Released(0, (), ())
    assert protect([], [[]]) == Released(0, (), ((),))


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="more people"):
        protect([3, 4], [[[4], [1]]])
    with pytest.raises(ValueError, match="rows"):
        protect([3, 4], [[[3]]])


def test_linear_programming_over_all_that_is_told_recovers_no_count_under_five() -> None:
    random = np.random.default_rng(5)
    for _ in range(8):
        totals, tables = made(random)
        told = protect(totals, tables)
        for low, high in bounds(totals, tables, told, small(totals, tables)):
            assert high - low + 1 >= LEFT - 1e-6


def test_an_attacker_with_ten_thousand_pairs_of_queries_recovers_no_count_under_five() -> None:
    random = np.random.default_rng(10)
    rounds = [made(random) for _ in range(40)]
    told = [protect(*each) for each in rounds]
    known = [{at: span(0) for at in small(*each)} for each in rounds]
    asked = 0
    for _ in range(10_000):
        day = int(random.integers(len(rounds)))
        totals, tables = rounds[day]
        table, row = int(random.integers(len(tables))), int(random.integers(len(totals)))
        width = len(tables[table][row])
        # Two queries that may differ by one group alone: of a total and of some of its groups, or of two such sets.
        some = random.random(width) < 0.8
        left_out = [c for c in range(width) if not some[c]]
        kept = [c for c in range(width) if some[c]]
        covers = all(sum(line) == total for line, total in zip(tables[table], totals, strict=True))
        if len(left_out) != 1 or not covers:
            continue
        asked += 1
        whole = span(told[day].totals[row])
        parts = [known[day].get((table, row, c), span(told[day].tables[table][row][c])) for c in kept]
        place = table, row, left_out[0]
        if place in known[day]:
            low, high = known[day][place]
            low = max(low, whole[0] - sum(each[1] for each in parts))
            high = min(high, whole[1] - sum(each[0] for each in parts))
            known[day][place] = low, high
            assert low <= tables[table][row][left_out[0]] <= high
    assert asked > 500
    assert all(high > low for each in known for low, high in each.values())


def test_without_complementary_suppression_the_same_attacks_succeed() -> None:
    # Else the tests above could not fail.
    told = Released(cell(18), (cell(4), cell(7), cell(7)), ())
    assert list(bounds([4, 7, 7], [], told, [(-1, 0, 0)])) == [(4.0, 4.0)]
