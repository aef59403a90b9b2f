"""When something is due: pure rules over instants and time zones, all of them plain data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIRST_MONDAY = date(1970, 1, 5)
_AWAY = timedelta(days=2)  # further than any two zones are apart


@dataclass(frozen=True, slots=True)
class Slot:
    """One due time: `name` (the local date, or time) is what UNIQUE(action, …, slot) stands on, `at` is in UTC."""

    name: str
    at: datetime


class Schedule(Protocol):
    """Say which slot comes when; each is the same in every process and after every restart.

    Plain data that can be hashed: what is found for one is kept for those like it.
    """

    def __hash__(self) -> int:
        """Be the same for schedules that are equal."""

    def last(self, now: datetime, zone: str) -> Slot | None:
        """Return the newest slot at or before an instant, None where there was none yet."""

    def after(self, now: datetime, zone: str) -> Slot | None:
        """Return the first slot after an instant, None where there will be none."""


class _ByDay(ABC):
    """Slots on days of a calendar, at one time of day in the community's time zone.

    A time that a day lacks falls after the gap, one that it has twice counts once (PEP 495, fold 0).
    """

    __slots__ = ()

    @abstractmethod
    def _clock(self) -> time: ...

    @abstractmethod
    def _dates(self, first: date, last: date) -> Iterator[date]:
        """Yield the days from `first` to `last` that have a slot, in order."""

    @abstractmethod
    def _reach(self) -> timedelta:
        """Return how far apart two slots are at most."""

    def last(self, now: datetime, zone: str) -> Slot:
        """Return the newest slot at or before an instant."""
        return max(self._slots(now - self._reach(), now, zone), key=lambda slot: slot.at)

    def after(self, now: datetime, zone: str) -> Slot:
        """Return the first slot after an instant."""
        later = self._slots(now, now + self._reach() + _AWAY, zone)
        return min((slot for slot in later if slot.at > now), key=lambda slot: slot.at)

    def _slots(self, since: datetime, until: datetime, zone: str) -> Iterator[Slot]:
        for day in self._dates((since - _AWAY).date(), (until + _AWAY).date()):
            at = datetime.combine(day, self._clock(), ZoneInfo(zone)).astimezone(UTC)
            if at <= until:
                yield Slot(day.isoformat(), at)


@dataclass(frozen=True, slots=True)
class Daily(_ByDay):
    """Every day at `HH:MM`."""

    at: str

    def _clock(self) -> time:
        return time.fromisoformat(self.at)

    def _dates(self, first: date, last: date) -> Iterator[date]:
        return (first + timedelta(days=number) for number in range((last - first).days + 1))

    def _reach(self) -> timedelta:
        return timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Weekly(_ByDay):
    """Every `every` weeks on some days, such as `mon,thu 09:00`, counted from the week of the ISO date `start`."""

    at: str
    every: int = 1
    start: str = _FIRST_MONDAY.isoformat()

    def _clock(self) -> time:
        return time.fromisoformat(self.at.partition(" ")[2])

    def _dates(self, first: date, last: date) -> Iterator[date]:
        start = date.fromisoformat(self.start)
        monday = start - timedelta(days=start.weekday())
        period = timedelta(weeks=self.every)
        from_here = monday + (first - monday) // period * period
        days = ",".join(day[:2].upper() for day in self.at.partition(" ")[0].split(","))
        return _matching(f"FREQ=WEEKLY;INTERVAL={self.every};BYDAY={days}", from_here, first, last)

    def _reach(self) -> timedelta:
        return timedelta(weeks=self.every)


@dataclass(frozen=True, slots=True)
class Monthly(_ByDay):
    """Every month, on a day of it such as `15 09:00`, or a weekday of it such as `2 tue 09:00`; `-1` is the last.

    Where a month has no such day, its last one is taken; where it has no such weekday, it is left out.
    """

    at: str

    def _clock(self) -> time:
        return time.fromisoformat(self.at.split()[-1])

    def _dates(self, first: date, last: date) -> Iterator[date]:
        number, *weekday = self.at.split()[:-1]
        if weekday:
            rule = f"BYDAY={int(number)}{weekday[0][:2].upper()}"
        elif int(number) < 0:
            rule = f"BYMONTHDAY={int(number)}"
        else:
            rule = f"BYMONTHDAY={','.join(map(str, range(min(int(number), 28), int(number) + 1)))};BYSETPOS=-1"
        return _matching(f"FREQ=MONTHLY;{rule}", first.replace(day=1), first, last)

    def _reach(self) -> timedelta:
        return timedelta(days=130)  # from a fifth Sunday in November to that in March


@dataclass(frozen=True, slots=True)
class Once:
    """At one local time, such as `2026-12-24 18:00`."""

    at: str

    def last(self, now: datetime, zone: str) -> Slot | None:
        """Return the slot once it has come."""
        slot = self._slot(zone)
        return slot if slot.at <= now else None

    def after(self, now: datetime, zone: str) -> Slot | None:
        """Return the slot until it has come."""
        slot = self._slot(zone)
        return slot if slot.at > now else None

    def _slot(self, zone: str) -> Slot:
        local = datetime.fromisoformat(self.at).replace(tzinfo=ZoneInfo(zone))
        return Slot(f"{local:%Y-%m-%dT%H:%M}", local.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Every:
    """Every `seconds`, counted from 1970."""

    seconds: int

    def last(self, now: datetime, zone: str) -> Slot:
        """Return the newest slot at or before an instant."""
        return self._slot(int(now.timestamp()) // self.seconds)

    def after(self, now: datetime, zone: str) -> Slot:
        """Return the first slot after an instant."""
        return self._slot(int(now.timestamp()) // self.seconds + 1)

    def _slot(self, number: int) -> Slot:
        at = datetime.fromtimestamp(number * self.seconds, UTC)
        return Slot(at.strftime("%Y-%m-%dT%H:%M:%SZ"), at)


def _matching(rule: str, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days of an iCalendar rule (RFC 5545) counted from `start`."""
    found = rrulestr(rule, dtstart=datetime.combine(start, time()))
    days = found.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return (day.date() for day in days)


_KINDS: dict[str, type[Once | Daily | Weekly | Monthly | Every]] = {
    kind.__name__.lower(): kind for kind in (Once, Daily, Weekly, Monthly, Every)
}


def schedule_to_json(schedule: Schedule) -> dict[str, Any]:
    """Return a schedule as plain data; raise ValueError for one that is no such type."""
    if not isinstance(schedule, Once | Daily | Weekly | Monthly | Every):
        raise ValueError(f"{type(schedule).__name__} can't be written down")
    return {"kind": type(schedule).__name__.lower(), **asdict(schedule)}


def schedule_from_json(data: Mapping[str, Any]) -> Schedule:
    """Return the schedule that `schedule_to_json` wrote down."""
    given = dict(data)
    return _KINDS[given.pop("kind")](**given)
