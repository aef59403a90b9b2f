"""What a night finds of who comes back, by hand, at the edges, and on a community whose rates are known."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from core.analysis.coming_back import come_back
from core.domain.retention_result import EVENTS, KINDS, PERIODS, RetentionInput, RetentionResult, Stay
from core.domain.stays import UNKNOWN, DaysOf, Stays
from core.store.plain import from_plain, to_plain

MONDAY = (date(2026, 1, 5) - date(1970, 1, 1)).days


def given(
    joined: Sequence[int | None],
    wrote: Mapping[int, Sequence[int]],
    today: int,
    left: Mapping[int, int] | None = None,
    **more: Any,
) -> RetentionInput:
    """Return people by their places who joined and wrote on days from a Monday on."""
    rows = [(person, MONDAY + day) for person, days in wrote.items() for day in days]
    gone = left or {}
    return RetentionInput(
        today=MONDAY + today,
        stays=Stays(
            members=array("q", range(100, 100 + len(joined))),
            joined=array("q", [UNKNOWN if day is None else MONDAY + day for day in joined]),
            left=array("q", [MONDAY + gone[i] if i in gone else UNKNOWN for i in range(len(joined))]),
            person=array("q", [person for person, _ in rows]),
            day=array("q", [day for _, day in rows]),
            messages=array("q", [1] * len(rows)),
        ),
        **more,
    )


def stay(found: RetentionResult, of: str) -> Stay:
    return next(each for each in found.stays if each.of == of)


def test_cohorts_begin_on_mondays_and_firsts_of_a_month() -> None:
    found = come_back(given([0, 6, 7, 30], {0: [0, 8], 1: [13], 2: [7], 3: [40]}, 60))
    table = found.table("joined", "wrote", "week", "bounded")
    assert table is not None
    assert [day - MONDAY for day in table.starts] == [0, 7, 28]
    assert (table.sizes, [row[1] for row in table.back]) == ((2, 1, 1), [2, 0, 1])
    assert (table.mean[1].count, table.mean[1].of) == (2, 3)  # for the last cohort the week hasn't ended
    assert [table.running(row, 1, found.until) for row in range(3)] == [False, False, True]
    assert found.until == MONDAY + 40  # the newest day in the books
    months = found.table("joined", "wrote", "month", "bounded")
    assert months is not None
    assert [date(1970, 1, 1) + timedelta(days=day) for day in months.starts] == [date(2026, 1, 1), date(2026, 2, 1)]
    assert months.sizes == (3, 1)


def test_what_counts_as_coming_back_is_told_apart() -> None:
    opened = DaysOf(member=array("q", [101, 999]), day=array("q", [MONDAY + 9, MONDAY + 9]))
    found = come_back(given([0, 0], {0: [0, 7]}, 30, opened=opened))
    for event, back in (("wrote", 1), ("opened", 1), ("present", 1)):
        table = found.table("joined", event, "week", "bounded")
        assert table is not None
        assert table.back[0][1] == back
    assert found.table("joined", "took_part", "week", "bounded") is None  # nobody ever did


def test_first_steps() -> None:
    answered = DaysOf(member=array("q", [100, 100, 101]), day=array("q", [MONDAY - 1, MONDAY + 3, MONDAY + 4]))
    wrote = {0: [1, 8], 1: [2], 2: [0, 9], 3: [20], 4: [28]}
    every, lately = [
        each for each in come_back(given([0, 0, 0, 0, 15], wrote, 60, answered=answered)).steps if each.of == "joined"
    ]
    assert (every.came, every.wrote, every.answered, every.back) == (5, 4, 2, 1)
    assert (every.back_unheard, every.written, every.heard) == (2, 1.5, 2.0)
    assert lately.came == every.came


def test_leavings_before_they_were_told_are_under_no_observation() -> None:
    people = given([0, 0, 40, 45, 50], {4: [80]}, 90, {0: 70, 1: 20, 2: 60, 3: 44}, leavings_since=MONDAY + 30)
    found = stay(come_back(people), "joined")
    # The second left before leavings were told, the fourth before they came.
    assert (found.people, found.gone, found.late, found.unseen, found.broken_dates) == (3, 2, 1, 1, 1)
    # On day 20 the third and the fifth are under observation, the first from day 30 on.
    assert (found.days[0], found.at_risk[0], found.share[0]) == (20, 2, 0.5)


def test_silence_is_thirty_days_without_a_sign() -> None:
    found = stay(come_back(given([None] * 3, {0: [0, 30, 70], 1: [0, 31], 2: [0, 10]}, 71)), "wrote")
    # The first is silent for 39 days from day 30 on, the second for 30 and then to the end, the third from day 10 on.
    assert (found.people, found.gone) == (3, 3)
    assert (found.days, found.events) == ((30, 40, 60), (1, 1, 1))


def test_who_came_before_the_books_begin_is_left_out() -> None:
    found = come_back(given([0, 50, None], {0: [40, 41], 1: [50, 58], 2: [45]}, 60, leavings_since=MONDAY + 40))
    assert (found.since - MONDAY, found.joined, found.wrote, found.early) == (40, 1, 2, 1)
    assert found.days[0].bounded.of == 1
    assert next(each for each in found.steps if each.of == "wrote").came == 1
    assert stay(found, "joined").late == 1


EDGES = {
    "nobody wrote": given([0, 1], {}, 20),
    "one person": given([0], {0: [0, 9]}, 20),
    "everybody came today": given([20, 20], {0: [20]}, 20),
    "nobody's coming is known": given([None, None], {0: [3], 1: [4]}, 20),
    "dates to come": given([0, 500], {0: [0, 400], 1: [500]}, 20),
    "left before they came": given([5], {0: [6]}, 20, {0: 2}, leavings_since=MONDAY),
    "everybody left": given([0, 0], {0: [1]}, 20, {0: 3, 1: 4}, leavings_since=MONDAY),
    "nobody": given([], {}, 20),
}


@pytest.mark.parametrize("name", EDGES)
def test_edges_have_plain_answers(name: str) -> None:
    found = come_back(EDGES[name])
    assert found.until < EDGES[name].today
    plain = to_plain(found)
    json.dumps(plain, allow_nan=False)
    assert from_plain(RetentionResult, plain) == found
    for table in found.tables:
        for row in range(len(table.starts)):
            for column in range(len(table.spans)):
                share = table.share(row, column, found.until)
                assert share is None or 0 <= share <= 1
    for each in found.stays:
        assert all(0 <= share <= 1 and math.isfinite(share) for share in (*each.share, *each.low, *each.high))


def test_dates_to_come_and_impossible_ones_are_counted() -> None:
    assert come_back(EDGES["dates to come"]).ahead == 1
    assert stay(come_back(EDGES["left before they came"]), "joined").broken_dates == 1
    assert stay(come_back(EDGES["everybody left"]), "joined").share[-1] == 0


def test_every_table_there_can_be_is_there() -> None:
    some = DaysOf(member=array("q", [100]), day=array("q", [MONDAY + 2]))
    found = come_back(given([0], {0: [0, 2]}, 20, took_part=some, opened=some))
    assert len({(t.of, t.event, t.by, t.kind) for t in found.tables}) == 2 * len(EVENTS) * len(PERIODS) * len(KINDS)


def test_known_rates_come_out() -> None:
    draw = np.random.default_rng(11)
    covered = tries = 0
    for _ in range(60):
        # Twelve weeks of 40 newcomers, of whom each comes back in the second week with a chance of their cohort's.
        chance = np.repeat(draw.beta(9, 21, 12), 40)
        joined = np.repeat(np.arange(12) * 7, 40) + draw.integers(0, 7, 480)
        back = np.flatnonzero(draw.random(480) < chance)
        wrote = {int(person): [int(joined[person]) + 10] for person in back} | {0: [200]}
        table = come_back(given(joined.tolist(), wrote, 230)).table("joined", "wrote", "week", "bounded")
        assert table is not None
        mean = table.mean[1]
        assert mean.low is not None
        assert mean.high is not None
        tries, covered = tries + 1, covered + (mean.low <= 0.3 <= mean.high)
    assert 0.88 <= covered / tries <= 1.0
