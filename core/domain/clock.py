"""The one clock: nobody else asks for the time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tell the time, always aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """Tell the machine's time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """Tell a time that only `advance` moves, for tests and for what is made up."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move time on by `by`; raise ValueError where it would go back."""
        if by < timedelta(0):
            raise ValueError("time moves forwards only")
        self._now += by
        return self._now


class ShiftedClock:
    """Tell another clock's time, moved on by what `advance` added: for a sandbox in which time is skipped."""

    def __init__(self, base: Clock, shift: timedelta = timedelta(0)) -> None:
        self.base = base
        self._shift = shift

    def now(self) -> datetime:
        return self.base.now() + self._shift

    def advance(self, by: timedelta) -> datetime:
        """Move time on by `by`; raise ValueError where it would go back."""
        if by < timedelta(0):
            raise ValueError("time moves forwards only")
        self._shift += by
        return self.now()


def local_day(at: datetime, zone: str) -> date:
    """Return the calendar day of `at` in the IANA time zone `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()


def day_number(at: datetime) -> int:
    """Return the UTC day of `at` as days since 1970-01-01, the unit of every roll-up."""
    return int(at.timestamp() // 86_400)
