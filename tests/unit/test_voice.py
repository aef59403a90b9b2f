"""Who was in a voice room with whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.voice import MOST, Stay, shared

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def stay(account: int, since: int, until: int, room: int = 1) -> Stay:
    return Stay(account, room, START + timedelta(minutes=since), START + timedelta(minutes=until))


def minutes(new: list[Stay], earlier: list[Stay]) -> list[tuple[int, int, int]]:
    return [(one.account, other.account, both) for one, other, both in shared(new, earlier)]


def test_what_counts_is_the_time_that_both_were_there() -> None:
    assert minutes([stay(2, 10, 50)], [stay(1, 0, 30)]) == [(2, 1, 20)]
    assert minutes([stay(1, 0, 30), stay(2, 10, 50)], []) == [(2, 1, 20)]
    assert minutes([stay(2, 0, 60)], [stay(1, 20, 30), stay(1, 40, 45), stay(3, 0, 60)]) == [
        (2, 3, 60),
        (2, 1, 10),
        (2, 1, 5),
    ]


def test_another_room_another_time_and_oneself_are_no_company() -> None:
    assert minutes([stay(2, 10, 50)], [stay(1, 0, 30, room=2), stay(1, 0, 10), stay(2, 0, 30)]) == []


def test_a_stay_ties_with_so_many_at_most_and_with_those_longest_there() -> None:
    crowd = [stay(n, 0, n) for n in range(1, 3 * MOST)]
    found = minutes([stay(999, 0, 500)], crowd)
    assert [other for _, other, _ in found] == list(range(3 * MOST - 1, 2 * MOST - 1, -1))


spans = st.tuples(st.integers(1, 5), st.integers(0, 100), st.integers(1, 60), st.integers(1, 2))


@given(st.lists(spans, max_size=30), st.integers(0, 30))
def test_where_the_batches_are_cut_changes_nothing(some: list[tuple[int, int, int, int]], cut: int) -> None:
    stays = sorted((stay(who, at, at + long, room) for who, at, long, room in some), key=lambda each: each.until)
    one, two = stays[:cut], stays[cut:]
    assert sorted(minutes(stays, [])) == sorted(minutes(one, []) + minutes(two, one))
