"""What is known of a community day by day, and the words that /stats and its charts share.

Days are UTC's, as in every roll-up; the last is the one before today, which is still going on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from core.analysis.breaks import Break, latest_break, usual_range
from core.domain.alternative import figure
from core.domain.clock import day_number
from core.domain.kinds import Kind
from core.domain.pictures import Value
from core.domain.schedule import DAYS
from core.kit import Context
from core.kit.words import percent
from core.store.activity_days import Active
from core.store.counts import ACTIVE, MOVES, ROOM_MESSAGES

Values = tuple[Value, ...]
Figure = Literal["messages", "people", "joined", "left"]
LEARNED = 112  # days of which the usual range is
SILENCE = 28  # days
SHOWN: tuple[Figure, ...] = ("messages", "people", "joined", "left")
_EPOCH = date(1970, 1, 1)
_HALF, _DOUBLE = (0.45, 0.55), (1.9, 2.1)


@dataclass(frozen=True, slots=True)
class Days:
    """Figures of whole days, one each from `first` on (a day number), by name; `today` is so far."""

    first: int
    figures: Mapping[str, tuple[int, ...]]
    today: Active
    last_seen: int  # the last day on which somebody was active, came or left

    @property
    def end(self) -> int:
        """Return the day that is still going on."""
        return self.first + self.count

    @property
    def count(self) -> int:
        """Return of how many whole days something could be known."""
        return len(next(iter(self.figures.values())))

    def of(self, name: str, days: int, back: int = 0) -> tuple[int, ...]:
        """Return a figure of the last `days` days, or of those that lie `back` days before them, as far as known."""
        end = max(self.count - back, 0)
        return self.figures[name][max(end - days, 0) : end]

    def has_before(self, days: int) -> bool:
        """Say whether as many days before the last `days` are known whole."""
        return self.count >= 2 * days

    def broken(self, name: str) -> Break | None:
        """Return the change of a figure's level within the last four weeks, None where there is none."""
        return latest_break(self.of(name, min(LEARNED, self.awake)))

    @property
    def awake(self) -> int:
        """Return for how many days something has been going on: since the last four weeks without anybody."""
        silent, there = 0, self.figures.get("people", self.figures["messages"])
        for ago, value in enumerate(reversed(there)):
            silent = 0 if value else silent + 1
            if silent == SILENCE:
                return ago + 1 - SILENCE
        return len(there)

    def usual(self, name: str, days: int) -> tuple[Values, Values] | None:
        """Return the ends of the usual range of a figure on each of the last `days` days, as before its level changed.

        They are None where nothing went on yet, and there is no range where less than four weeks are known.
        """
        found = self.broken(name)
        kept = usual_range(self.of(name, min(max(LEARNED, days), self.awake)), found.days if found else 0)
        if kept is None:
            return None
        none = (None,) * (days - len(kept.expected))
        low, high = (tuple(round(each, 1) for each in side[-days:]) for side in (kept.low, kept.high))
        return (*none, *low), (*none, *high)


async def read_days(context: Context, period: int = 0) -> Days | None:
    """Return what is known of the last days of the community, None where nothing ever happened.

    They are those of which the usual range is, at least, and of a `period` and as many before it.
    """
    here, unit, today = context.community.id, context.unit, day_number(context.now)
    # Of the time before anybody was active Kith knows at most when some came: it wasn't there.
    span = await unit.counts.span(here, ACTIVE) or await unit.counts.span(here, MOVES)
    if span is None:
        return None
    days = (min(max(span[0], today - max(LEARNED, 2 * period)), today), today)
    active = await unit.rollups.by_day(here, (days[0], today + 1))
    moves = await unit.counts.by_day(here, MOVES, days)
    each, none = range(*days), Active()
    figures = {
        "messages": tuple(active.get(day, none).messages for day in each),
        "people": tuple(active.get(day, none).people for day in each),
        "joined": tuple(moves.get((day, Kind.JOINED), 0) for day in each),
        "left": tuple(moves.get((day, Kind.LEFT), 0) for day in each),
    }
    return Days(days[0], figures, active.get(today, none), span[1])


async def read_room(context: Context, rooms: Sequence[int], known: Days) -> Days:
    """Return the messages of rooms on the days that are `known`."""
    found = await context.unit.counts.by_day(context.community.id, ROOM_MESSAGES, (known.first, known.end), rooms)
    messages = tuple(found.get((day, ""), 0) for day in range(known.first, known.end))
    return Days(known.first, {"messages": messages}, known.today, known.last_seen)


def mean(values: Sequence[int]) -> float:
    """Return the mean of values, 0 of none."""
    return sum(values) / len(values) if values else 0.0


def said_day(context: Context, day: int, *, short: bool = False) -> str:
    """Return a day number as people write it."""
    today = _EPOCH + timedelta(days=day_number(context.now))
    return context.t.day(_EPOCH + timedelta(days=day), today=today, short=short)


def said_break(context: Context, name: str, found: Break) -> str:
    """Return in words, for pictures too, since when a figure has left its usual range, and by how much."""
    t, day = context.t, day_number(context.now) - found.days
    weekday = DAYS[(_EPOCH + timedelta(days=day)).weekday()]
    return t.plain(
        "stats-break",
        figure=t.plain(f"stats-figure-{name}"),
        way=_way(found.ratio),
        by=percent(abs(found.ratio - 1)),
        times=figure(round(found.ratio, 1)),
        since=said_day(context, day),
        weekday=t.weekday(weekday),
        before=figure(round(found.before, 1)),
        after=figure(round(found.after, 1)),
    )


def _way(ratio: float) -> str:
    if ratio == 0:
        return "stopped"
    if _HALF[0] <= ratio <= _HALF[1]:
        return "halved"
    if ratio < 1:
        return "fell"
    if _DOUBLE[0] <= ratio <= _DOUBLE[1]:
        return "doubled"
    return "rose" if ratio < _DOUBLE[0] else "times"
