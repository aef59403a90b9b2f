"""Schedules as people type them, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from core.domain.errors import BadInput
from core.domain.schedule import Daily, Monthly, Once, Schedule, Weekly
from core.domain.when import schedule_said

FRIDAY = date(2026, 11, 27)
SAID: dict[str, Schedule] = {
    "09:00": Daily("09:00"),
    "daily 9:00": Daily("09:00"),
    "every day at 9:00": Daily("09:00"),
    "每天9点": Daily("09:00"),
    "每天 9点半": Daily("09:30"),
    "每日18点05": Daily("18:05"),
    "weekdays 09:00": Weekly("mon,tue,wed,thu,fri 09:00"),
    "工作日 9：00": Weekly("mon,tue,wed,thu,fri 09:00"),
    "mon,thu 18:00": Weekly("mon,thu 18:00"),
    "every week on Monday at 18:00": Weekly("mon 18:00"),
    "每周一、三、五 18:00": Weekly("mon,wed,fri 18:00"),
    "周日20:00": Weekly("sun 20:00"),
    "每周天20:00": Weekly("sun 20:00"),
    "every 2 weeks mon 18:00": Weekly("mon 18:00", 2, "2026-11-30"),
    "every 2 weeks fri 18:00": Weekly("fri 18:00", 2, "2026-11-27"),
    "每两周周一 18:00": Weekly("mon 18:00", 2, "2026-11-30"),
    "隔周周三 18:00": Weekly("wed 18:00", 2, "2026-12-02"),
    "monthly 15 09:00": Monthly("15 09:00"),
    "every month on the 1st at 9:00": Monthly("1 09:00"),
    "每月15日 09:00": Monthly("15 09:00"),
    "每月最后一天 9:00": Monthly("-1 09:00"),
    "monthly 2 tue 09:00": Monthly("2 tue 09:00"),
    "每月第二个周二 9:00": Monthly("2 tue 09:00"),
    "monthly last fri 18:00": Monthly("-1 fri 18:00"),
    "每月最后一个周五 18:30": Monthly("-1 fri 18:30"),
    "2026-12-24 18:00": Once("2026-12-24 18:00"),
}


@pytest.mark.parametrize("text", SAID)
def test_a_schedule_is_read_as_it_is_said(text: str) -> None:
    assert schedule_said(text, FRIDAY) == SAID[text]


@pytest.mark.parametrize(
    "text",
    [
        *("", "every 1 minute", "25:00", "daily", "monday", "2025-01-01 10:00", "2026-02-30 10:00", "2999-01-01 10:00"),
        *("monthly 32 09:00", "monthly 6 tue 09:00", "every 0 weeks mon 09:00", "x" * 5_000),
    ],
)
def test_what_says_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="error-activity-when"):
        schedule_said(text, FRIDAY)
