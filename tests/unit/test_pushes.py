"""The push gate and quiet hours, without books."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.people import Account, Consent, Member
from core.domain.pushes import Addressee, Pass, Preferences, Refusal, Topic, gate, is_held_out
from core.features.membership.quiet import NoHours, read_hours

DAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
ANA = Addressee(
    member=Member(1, 1, "Ana"),
    account=Account(1, 1, "fake", "ana", "Ana"),
    opened=True,
    preferences=Preferences(),
    lately=0,
)


def refused(to: Addressee, topic: Topic = Topic.CONTENT) -> Refusal | None:
    let = gate(to, topic, DAY, "UTC")
    return let if isinstance(let, Refusal) else None


@pytest.mark.parametrize(
    ("change", "content", "notice"),
    [
        ({}, None, None),
        ({"member": replace(ANA.member, consent=Consent.OUT)}, Refusal.OUT, Refusal.OUT),
        ({"member": replace(ANA.member, bot=True)}, Refusal.OUT, Refusal.OUT),
        ({"member": replace(ANA.member, erased_at=DAY)}, Refusal.OUT, Refusal.OUT),
        ({"member": replace(ANA.member, left_at=DAY)}, Refusal.LEFT, None),
        ({"account": None}, Refusal.UNREACHABLE, Refusal.UNREACHABLE),
        ({"opened": False}, Refusal.UNREACHABLE, None),
        ({"preferences": Preferences(a_week=0)}, Refusal.OFF, None),
        ({"lately": 3}, Refusal.SPENT, None),
        ({"lately": 2}, None, None),
    ],
)
def test_who_is_written_to(change: dict[str, object], content: Refusal | None, notice: Refusal | None) -> None:
    to = replace(ANA, **change)  # type: ignore[arg-type]
    assert refused(to) is content
    assert refused(to, Topic.NOTICE) is notice


def test_a_push_waits_for_the_morning_and_a_notice_comes_without_a_sound() -> None:
    assert ANA.account is not None
    assert gate(ANA, Topic.CONTENT, NIGHT, "UTC") == Pass(
        ANA.account, datetime(2026, 3, 3, 8, 0, tzinfo=UTC), silent=False
    )
    assert gate(ANA, Topic.NOTICE, NIGHT, "UTC") == Pass(ANA.account, NIGHT, silent=True)
    assert gate(ANA, Topic.CONTENT, NIGHT, "Asia/Shanghai") == Pass(
        ANA.account, datetime(2026, 3, 3, 0, 0, tzinfo=UTC), silent=False
    )
    abroad = replace(ANA, preferences=Preferences(timezone="America/New_York"))
    assert gate(abroad, Topic.CONTENT, NIGHT, "Asia/Shanghai") == Pass(ANA.account, NIGHT, silent=False)


@pytest.mark.parametrize(
    ("zone", "night", "morning"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_morning_is_by_the_clock_on_the_wall(zone: str, night: datetime, morning: datetime) -> None:
    assert Preferences().after_quiet(night, zone) == morning


@given(
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 365 * 24 * 60),
    st.sampled_from(["UTC", "Asia/Shanghai", "America/St_Johns", "Europe/Lisbon", "Australia/Lord_Howe"]),
)
def test_what_waits_comes_at_the_first_hour_that_is_not_quiet(since: int, until: int, minutes: int, zone: str) -> None:
    wanted, now = Preferences(quiet_from=since, quiet_until=until), DAY + timedelta(minutes=minutes)
    at = wanted.after_quiet(now, zone)
    assert now <= at <= now + timedelta(hours=25)
    if at != now:
        local = at.astimezone(ZoneInfo(zone))
        assert wanted.quiet_at(now, zone)
        # An hour that a change of the clock leaves out comes a little later.
        assert (local.hour * 60 + local.minute - until) % (24 * 60) <= 60
    else:
        assert not wanted.quiet_at(now, zone)


def test_the_same_people_are_held_out_and_as_many_as_were_asked_for() -> None:
    out = {each for each in range(20_000) if is_held_out(each, "spring", 0.1)}
    assert out == {each for each in range(20_000) if is_held_out(each, "spring", 0.1)}
    assert 1_800 < len(out) < 2_200
    assert len(out & {each for each in range(20_000) if is_held_out(each, "summer", 0.1)}) < 300
    assert not any(is_held_out(each, "spring", 0.0) for each in range(1_000))
    held = next(each for each in range(1, 1_000) if is_held_out(each, "spring", 0.5))
    to = replace(ANA, member=replace(ANA.member, id=held))
    assert gate(to, Topic.CONTENT, DAY, "UTC", ("spring", 0.5)) is Refusal.HELD_OUT


@pytest.mark.parametrize(
    ("given_hours", "since", "until"),
    [
        ("22-8", 1320, 480),
        ("22:30–07:15", 1350, 435),
        ("２２：００至８：００", 1320, 480),
        ("0-8", 0, 480),
        ("12-24", 720, 0),
        ("off", 0, 0),
        ("关闭", 0, 0),
        ("23 to 7", 1380, 420),
    ],
)
def test_hours_are_read_as_people_write_them(given_hours: str, since: int, until: int) -> None:
    read = read_hours(Preferences(), given_hours)
    assert (read.quiet_from, read.quiet_until) == (since, until)


@pytest.mark.parametrize("given_hours", ["", "never", "25-7", "0-24", "8-8", "22:60-8", "22-", "9" * 50, "-", "22:00"])
def test_other_hours_are_refused(given_hours: str) -> None:
    with pytest.raises(NoHours):
        read_hours(Preferences(), given_hours)
