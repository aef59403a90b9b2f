"""Moments as people type them before what they want to be reminded of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.domain.errors import BadInput
from core.domain.when import moment_said

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # a Wednesday, 18:00 in Shanghai


@pytest.mark.parametrize(
    ("text", "at", "rest"),
    [
        ("tomorrow 9:00 read chapter 3", "2026-03-05 09:00", "read chapter 3"),
        ("tomorrow read", "2026-03-05 09:00", "read"),
        ("Today at 18:30, call 9 people", "2026-03-04 18:30", "call 9 people"),
        ("tonight stretch", "2026-03-04 20:00", "stretch"),
        ("tonight 9:15 stretch", "2026-03-04 21:15", "stretch"),
        ("the day after tomorrow 7pm x", "2026-03-06 19:00", "x"),
        ("in 2 hours x", "2026-03-04 12:00", "x"),
        ("in an hour x", "2026-03-04 11:00", "x"),
        ("in 3 days x", "2026-03-07 10:00", "x"),
        ("fri 18:00 x", "2026-03-06 18:00", "x"),
        ("wednesday 9:00 x", "2026-03-11 09:00", "x"),
        ("9:00 x", "2026-03-05 09:00", "x"),
        ("12 pm lunch", "2026-03-04 12:00", "lunch"),
        ("2026-12-24 18:00 x", "2026-12-24 18:00", "x"),
        ("2026-12-24 x", "2026-12-24 09:00", "x"),
        ("明天9点 读第三章", "2026-03-05 09:00", "读第三章"),
        ("明天 9 点 读第三章", "2026-03-05 09:00", "读第三章"),
        ("明天上午9点半读第三章", "2026-03-05 09:30", "读第三章"),
        ("明天下午3点15分，交作业", "2026-03-05 15:15", "交作业"),
        ("今晚8点交作业", "2026-03-04 20:00", "交作业"),
        ("明晚 交作业", "2026-03-05 20:00", "交作业"),
        ("后天18:00交作业", "2026-03-06 18:00", "交作业"),
        ("２小时后交作业", "2026-03-04 12:00", "交作业"),
        ("半小时后 交作业", "2026-03-04 10:30", "交作业"),
        ("30分钟之后交作业", "2026-03-04 10:30", "交作业"),
        ("周五18：00 交作业", "2026-03-06 18:00", "交作业"),
        ("下周一9点交作业", "2026-03-09 09:00", "交作业"),
        ("下周三 交作业", "2026-03-11 09:00", "交作业"),
        ("3月5日 交作业", "2026-03-05 09:00", "交作业"),
        ("1月5日8点 交作业", "2027-01-05 08:00", "交作业"),
    ],
)
def test_what_people_type(text: str, at: str, rest: str) -> None:
    found, left = moment_said(text, NOW, "UTC")
    assert (f"{found:%Y-%m-%d %H:%M}", left) == (at, rest)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("today 9:00 x", "error-moment-over"),
        ("2026-03-03 9:00 x", "error-moment-over"),
        ("2028-01-01 9:00 x", "error-moment-over"),
        ("in 0 minutes x", "error-moment-over"),
        ("2026-02-30 9:00 x", "error-moment"),
        ("tomorrow 25:00 x", "error-moment"),
        ("13pm x", "error-moment"),
        ("read chapter 3", "error-moment"),
        ("", "error-moment"),
        ("monday99", "error-moment"),
    ],
)
def test_what_is_none(text: str, key: str) -> None:
    with pytest.raises(BadInput) as caught:
        moment_said(text, NOW, "UTC")
    assert caught.value.key == key


def test_a_time_is_that_of_the_zone_and_one_that_a_day_lacks_comes_after_the_gap() -> None:
    assert moment_said("21:00 x", NOW, "Asia/Shanghai")[0] == datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
    at, _ = moment_said("2026-03-29 2:30 x", NOW, "Europe/Berlin")
    assert at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
