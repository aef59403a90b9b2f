"""When a question is asked again, by how its answers came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.analysis.spacing import reviewed
from core.domain.cards import Card, Grade

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def learned(*grades: Grade) -> Card:
    """Return a card that was answered so, each time when it was due."""
    card, at = None, NOW
    for grade in grades:
        card = reviewed(card, "item", grade, at)
        at = card.due_at
    assert card is not None
    return card


def days(*grades: Grade) -> float:
    """Return how long the last of these answers puts the question off."""
    card = learned(*grades)
    return (card.due_at - card.reviewed_at) / timedelta(days=1)


def test_an_answer_that_came_well_is_asked_later_each_time() -> None:
    put_off = [days(*[Grade.GOOD] * times) for times in (1, 2, 3, 4)]
    assert put_off == sorted(set(put_off))
    assert put_off[0] >= 1


@pytest.mark.parametrize("before", [(), (Grade.GOOD,), (Grade.GOOD, Grade.GOOD)])
def test_the_easier_the_later(before: tuple[Grade, ...]) -> None:
    again, hard, good, easy = (days(*before, grade) for grade in Grade)
    assert again < hard <= good <= easy
    assert again == pytest.approx(1 / 24 / 60)
    assert hard < easy


def test_what_is_wrong_is_learned_no_more_until_it_is_right() -> None:
    assert learned(Grade.GOOD).learned
    assert not learned(Grade.GOOD, Grade.AGAIN).learned
    assert learned(Grade.GOOD, Grade.AGAIN, Grade.GOOD).learned
    assert learned(Grade.GOOD, Grade.AGAIN, Grade.GOOD).reviews == 3


def test_the_first_intervals_are_those_of_the_published_weights() -> None:
    """FSRS 6 starts with its weights 1 to 4 as stability, and recalls nine in ten after so many days."""
    assert [learned(grade).stability for grade in Grade] == [0.212, 1.2931, 2.3065, 8.2956]
    assert [round(days(grade)) for grade in (Grade.GOOD, Grade.EASY)] == [2, 8]
