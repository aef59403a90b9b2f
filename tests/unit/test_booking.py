"""One entry after the other: nobody below zero, nothing that was spent forgotten, nothing taken twice."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.domain.booking import Origin, TakeBack, first_key, key_again, post, reversal
from core.domain.people import Member
from core.domain.points import Entry, Reason, level_of

AT = datetime(2026, 3, 2, tzinfo=UTC)


def _entry(amount: int, earned: int, key: str = "k", reason: Reason = Reason.MESSAGE) -> Entry:
    return Entry(1, amount, reason, key, AT, earned)


@given(moves=st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), max_size=30))
def test_rows_sum_up_to_where_a_member_stands(moves: list[tuple[int, int]]) -> None:
    member = Member(1, 1, "Ana")
    rows = [row for place, move in enumerate(moves) for row in post(member, _entry(*move, key=str(place)))]
    assert (member.balance, member.earned) == (sum(r.amount for r in rows), sum(r.earned for r in rows))
    assert min(member.balance, member.earned, member.owed) >= 0
    assert not (member.balance and member.owed)
    assert member.level == level_of(member.earned)
    assert len({row.key for row in rows}) == len(rows)


def test_what_was_spent_is_owed_and_paid_by_what_comes_next() -> None:
    member = Member(1, 1, "Ana")
    post(member, _entry(20, 20))
    post(member, _entry(-15, 0, "redeem", Reason.REDEEM))
    post(member, _entry(-20, -20, "undo"))
    assert (member.balance, member.earned, member.owed) == (0, 0, 15)
    rows = post(member, _entry(11, 11, "next"))
    assert [(row.amount, row.reason) for row in rows] == [(11, Reason.MESSAGE), (-11, Reason.DEBT)]
    post(member, _entry(10, 10, "more"))
    assert (member.balance, member.earned, member.owed) == (6, 21, 0)


def test_a_take_gives_back_what_of_it_nothing_else_took_back() -> None:
    take = Origin(1, -100, -100, Reason.TAKE, "take")
    back = TakeBack("take", AT)
    assert [(e.amount, e.earned) for e in (reversal(take, back, taken) for taken in (100, 40, 0))] == [
        (100, 100),
        (40, 40),
        (0, 0),
    ]


@given(time=st.integers(1, 99))
def test_a_key_that_comes_again_is_known_by_its_first(time: int) -> None:
    assert first_key(key_again("message:fake:m:1", time)) == "message:fake:m:1"
