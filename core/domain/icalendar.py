"""Calendars as calendar applications subscribe to them: iCalendar (RFC 5545), all times in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_OCTETS = 75  # of a line (RFC 5545, 3.1)
_SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something in a calendar: `uid` is the same for ever, `sequence` grows with every change of it."""

    uid: str
    at: datetime
    title: str
    place: str
    lasts: timedelta
    sequence: int = 0
    cancelled: bool = False


def icalendar(name: str, entries: Iterable[Entry], *, now: datetime) -> str:
    """Return a calendar as text; no entry keeps anybody's time from other things."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kith//Activities//EN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for each in entries:
        lines += _entry(each, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _entry(entry: Entry, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"DTSTAMP:{_time(now)}",
        f"DTSTART:{_time(entry.at)}",
        f"DTEND:{_time(entry.at + entry.lasts)}",
        f"SEQUENCE:{entry.sequence}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        f"SUMMARY:{_text(entry.title)}",
        f"LOCATION:{_text(entry.place)}",
        "END:VEVENT",
    ]


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    kept = "".join(char for char in words if char >= " " or char == "\n")
    return kept.translate(_SPECIAL)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of 75 octets at most, no character torn apart; all but the first begin with a blank."""
    part, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + char, size + octets
    yield part
