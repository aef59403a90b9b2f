"""When something is due: pure rules over instants and time zones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Slot:
    """One due time: `name` (the local date and time) is what UNIQUE(job, slot) stands on, `at` is in UTC."""

    name: str
    at: datetime


class Schedule(Protocol):
    """Say which slot came last at or before an instant."""

    def last(self, now: datetime, zone: str) -> Slot: ...


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at `HH:MM` in the community's time zone.

    A time that a day lacks falls after the gap, one that it has twice counts once (PEP 495, fold 0).
    """

    at: str

    def last(self, now: datetime, zone: str) -> Slot:
        local = now.astimezone(ZoneInfo(zone))
        day = local.date()
        for back in (0, 1):
            date = day - timedelta(days=back)
            due = datetime.combine(date, time.fromisoformat(self.at), ZoneInfo(zone)).astimezone(UTC)
            if due <= now:
                return Slot(date.isoformat(), due)
        raise AssertionError("yesterday's time is always past")


@dataclass(frozen=True, slots=True)
class Every:
    """Every `seconds`, counted from 1970."""

    seconds: int

    def last(self, now: datetime, zone: str) -> Slot:
        start = int(now.timestamp()) // self.seconds * self.seconds
        at = datetime.fromtimestamp(start, UTC)
        return Slot(at.strftime("%Y-%m-%dT%H:%M:%SZ"), at)
