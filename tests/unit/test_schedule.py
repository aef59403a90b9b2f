"""What is due: once a day whatever the clocks do, never backwards, never skipped."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from core.domain.schedule import DAYS, Daily, Every, Monthly, Once, Schedule, Weekly

ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Shanghai", "Australia/Lord_Howe", "Africa/Casablanca")
instants = st.timedeltas(timedelta(0), timedelta(days=1095)).map(lambda by: datetime(2025, 1, 1, tzinfo=UTC) + by)
times = st.times().map(lambda at: f"{at:%H:%M}")


@given(instants, st.timedeltas(timedelta(0), timedelta(days=3)), times, st.sampled_from(ZONES))
def test_a_later_look_never_gives_an_earlier_slot(now: datetime, later: timedelta, at: str, zone: str) -> None:
    first, second = Daily(at).last(now, zone), Daily(at).last(now + later, zone)
    assert first.at <= now
    assert (second.name, second.at) >= (first.name, first.at)
    assert (first.name == second.name) == (first.at == second.at)


@given(instants, times, st.sampled_from(ZONES))
def test_every_day_has_its_slot_and_it_is_at_most_a_day_old(now: datetime, at: str, zone: str) -> None:
    slot = Daily(at).last(now, zone)
    assert now - slot.at <= timedelta(hours=25, minutes=30)
    assert Daily(at).last(slot.at, zone) == slot
    before = Daily(at).last(slot.at - timedelta(microseconds=1), zone)
    assert date.fromisoformat(slot.name) - date.fromisoformat(before.name) == timedelta(days=1)


@given(instants, st.integers(1, 100_000), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_pulse_never_goes_back(now: datetime, seconds: int, later: timedelta) -> None:
    first, second = Every(seconds).last(now, "UTC"), Every(seconds).last(now + later, "UTC")
    assert first.at <= now < first.at + timedelta(seconds=seconds)
    assert second.at >= first.at


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin"])
def test_an_hour_that_comes_twice_is_due_once_and_one_that_is_missing_after_the_gap(zone: str) -> None:
    """Autumn 2026 and spring 2027, minute by minute; the days of the change are those of the time zone database."""
    for at in ("01:30", "02:30"):
        seen: dict[str, datetime] = {}
        for start in (
            datetime(2026, 10, 24, tzinfo=UTC),
            datetime(2026, 10, 31, tzinfo=UTC),
            datetime(2027, 3, 13, tzinfo=UTC),
        ):
            for minute in range(0, 3 * 24 * 60, 10):
                slot = Daily(at).last(start + timedelta(minutes=minute), zone)
                assert seen.setdefault(slot.name, slot.at) == slot.at
        for name, due in seen.items():
            local = due.astimezone(ZoneInfo(zone))
            assert local.date().isoformat() == name
            assert f"{local:%H:%M}" in {at, f"{int(at[:2]) + 1:02}{at[2:]}"}


EVERYWHERE = (
    *ZONES,
    "Asia/Kolkata",
    "America/St_Johns",
    "Pacific/Chatham",
    "America/Santiago",
    "Asia/Tehran",
    "Pacific/Kiritimati",
)
BEGIN, LENGTH = date(2026, 2, 1), 400


def nth_weekday(day: date, number: int, weekday: str) -> bool:
    """Say by a printed calendar whether `day` is the month's so-manieth weekday; -1 is the last."""
    column = [week[DAYS.index(weekday)] for week in calendar.Calendar().monthdayscalendar(day.year, day.month)]
    days = [each for each in column if each]
    return number <= len(days) and days[number - (number > 0)] == day.day


def in_month(day: date, wanted: int) -> bool:
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day == (last + 1 + wanted if wanted < 0 else min(wanted, last))


SCHEDULES: dict[str, tuple[Schedule, str, object]] = {
    "daily": (Daily("02:30"), "02:30", lambda day: True),
    "weekly": (Weekly("mon,thu 01:30"), "01:30", lambda day: day.weekday() in {0, 3}),
    "every three weeks": (
        Weekly("sun 02:15", every=3, start="2026-02-11"),
        "02:15",
        lambda day: day.weekday() == 6 and (day - date(2026, 2, 9)).days // 7 % 3 == 0,
    ),
    "the fifteenth": (Monthly("15 00:00"), "00:00", lambda day: in_month(day, 15)),
    "the thirty-first": (Monthly("31 23:45"), "23:45", lambda day: in_month(day, 31)),
    "the last day": (Monthly("-1 02:00"), "02:00", lambda day: in_month(day, -1)),
    "the second Tuesday": (Monthly("2 tue 09:00"), "09:00", lambda day: nth_weekday(day, 2, "tue")),
    "the fifth Sunday": (Monthly("5 sun 02:30"), "02:30", lambda day: nth_weekday(day, 5, "sun")),
    "the last Friday": (Monthly("-1 fri 18:00"), "18:00", lambda day: nth_weekday(day, -1, "fri")),
}


@pytest.mark.parametrize("zone", EVERYWHERE)
@pytest.mark.parametrize("name", SCHEDULES)
def test_four_hundred_days_are_those_of_a_printed_calendar(name: str, zone: str) -> None:
    schedule, clock, falls_on = SCHEDULES[name]
    days = [BEGIN + timedelta(days=number) for number in range(LENGTH)]
    wall = [datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=tz.gettz(zone)) for day in days if falls_on(day)]
    wanted = [tz.resolve_imaginary(each).astimezone(UTC) for each in wall]
    start = datetime(BEGIN.year, BEGIN.month, BEGIN.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found, now = [], start - timedelta(seconds=1)
    while (slot := schedule.after(now, zone)).at <= wanted[-1]:
        assert schedule.last(slot.at, zone) == slot
        assert schedule.last(slot.at - timedelta(seconds=1), zone).at < slot.at
        found.append(slot)
        now = slot.at
    assert [slot.at for slot in found] == wanted
    assert [slot.name for slot in found] == [each.date().isoformat() for each in wall]


def test_once_is_once() -> None:
    once = Once("2026-03-29 02:30")  # which Berlin lacks
    due = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert once.after(due - timedelta(seconds=1), "Europe/Berlin").at == due
    assert once.after(due, "Europe/Berlin") is None
    assert once.last(due - timedelta(seconds=1), "Europe/Berlin") is None
    assert once.last(due + timedelta(days=900), "Europe/Berlin").name == "2026-03-29T02:30"


@given(instants, st.integers(1, 100_000))
def test_after_a_pulse_comes_the_next(now: datetime, seconds: int) -> None:
    every = Every(seconds)
    assert every.after(now, "UTC").at - every.last(now, "UTC").at == timedelta(seconds=seconds)
    assert every.after(now, "UTC").at > now
