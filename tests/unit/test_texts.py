"""How days are said."""

from __future__ import annotations

from datetime import date

import pytest

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
