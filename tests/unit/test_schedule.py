"""What is due: once a day whatever the clocks do, never backwards, never skipped."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.schedule import Daily, Every

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
