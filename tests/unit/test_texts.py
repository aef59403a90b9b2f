"""How days are said."""

from __future__ import annotations

from datetime import date

import pytest

from core.domain.errors import BadInput
from core.domain.message import plain_text
from core.kit.texts import Texts

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("language", "day", "said", "short"),
    [
        ("en", date(2026, 12, 14), "14 December", "14 Dec"),
        ("en", date(2014, 10, 31), "31 October 2014", "31 Oct 2014"),
        ("en", date(2025, 12, 31), "31 December 2025", "31 Dec 2025"),
        ("zh-CN", date(2026, 12, 14), "12月14日", "12月14日"),
        ("zh-CN", date(2014, 10, 31), "2014年10月31日", "2014年10月31日"),
        ("zh-CN", date(2027, 1, 1), "2027年1月1日", "2027年1月1日"),
    ],
)
def test_a_day_of_another_year_carries_its_year(language: str, day: date, said: str, short: str) -> None:
    t = Texts(language)
    assert t.day(day, today=TODAY) == said
    assert t.day(day, today=TODAY, short=True) == short


@pytest.mark.parametrize(("language", "said"), [("en", "a, b*, c"), ("zh-CN", "a、b*、c")])
def test_what_there_is_stands_in_a_row_as_the_language_has_it(language: str, said: str) -> None:
    error = BadInput("table-no-column", file="t.csv", column="d", columns=("a", "b*", "c"))
    assert said in plain_text(Texts(language).error(error))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_of_too_much_to_name_some_is_named(language: str) -> None:
    columns = tuple(f"column {number}" for number in range(5_000))
    error = BadInput("table-no-column", file="t.csv", column="d", columns=columns)
    told = plain_text(Texts(language).error(error))
    assert "column 0" in told
    assert "…" in told
    assert len(told) < 600
    long = plain_text(Texts(language).error(BadInput("table-no-column", file="t", column="d", columns=("x" * 5_000,))))
    assert len(long) < 600
