"""The one clock: nobody else asks for the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SLIP = 2.0  # seconds by which the machine's time may be put right at once
LASTING = 300.0  # seconds


def steady_seconds() -> float:
    """Return seconds that only go forwards, and on while the machine sleeps where it can tell."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Clock(Protocol):
    """Tell the time, always aware and in UTC, and steady seconds: only these say how long something takes."""

    def now(self) -> datetime: ...

    def steady(self) -> float: ...


class SystemClock:
    """Tell the machine's time, without the jumps that it takes back: one is believed when it has lasted five minutes.

    `machine` and `steady` tell seconds: the machine's time since 1970, which people and programs set, and any that
    only goes forwards.
    """

    def __init__(self, machine: Callable[[], float] = time.time, steady: Callable[[], float] = steady_seconds) -> None:
        self._machine = machine
        self._steady = steady
        self._ahead = machine() - steady()  # how far the machine's time is ahead of the steady one
        self._jumped: tuple[float, float] | None = None  # to where, and since when

    def now(self) -> datetime:
        since = self._steady()
        ahead = self._machine() - since
        if abs(ahead - self._ahead) <= SLIP:
            self._ahead, self._jumped = ahead, None
        elif self._jumped is None or abs(ahead - self._jumped[0]) > SLIP:
            self._jumped = ahead, since
        elif since - self._jumped[1] >= LASTING:
            self._ahead, self._jumped = ahead, None
        return datetime.fromtimestamp(since + self._ahead, UTC)

    def steady(self) -> float:
        return self._steady()


class ManualClock:
    """Tell a time that only `advance` and `jump` move, for tests and for what is made up."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._jumped = timedelta(0)

    def now(self) -> datetime:
        return self._now

    def steady(self) -> float:
        return (self._now - self._jumped).timestamp()

    def jump(self, by: timedelta) -> None:
        """Set the time, as people do to a machine's: no time passes."""
        self._now += by
        self._jumped += by

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

    def steady(self) -> float:
        return self.base.steady() + self._shift.total_seconds()

    def advance(self, by: timedelta) -> datetime:
        """Move time on by `by`; raise ValueError where it would go back."""
        if by < timedelta(0):
            raise ValueError("time moves forwards only")
        self._shift += by
        return self.now()


def local_day(at: datetime, zone: str) -> date:
    """Return the calendar day of `at` in the IANA time zone `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()


def day_start(day: int) -> datetime:
    """Return when a UTC day since 1970 begins."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)


def day_number(at: datetime) -> int:
    """Return the UTC day of `at` as days since 1970-01-01, the unit of every roll-up."""
    return int(at.timestamp() // 86_400)


def hour_number(at: datetime) -> int:
    """Return the UTC hour of `at` as hours since 1970-01-01, the unit of every count."""
    return int(at.timestamp() // 3_600)
