"""Charts of days: messages and active people with their usual range, joins and leaves, and the hours of a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from core.analysis.breaks import LATELY
from core.domain.alternative import figure
from core.domain.clock import day_number
from core.domain.pictures import Cells, Chart, Series
from core.domain.schedule import DAYS
from core.features.insight.days import Days, mean, read_days, said_break, said_day
from core.kit import Context
from core.kit.charts import chart
from core.store.counts import ACTIVE, ROOM_MESSAGES

PERIOD = 90  # days of a chart that nobody asked a period for
WEEKS = 12
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """How much was done by weekday (0 is Monday) and hour of the community's zone, on the last `days` whole days."""

    done: Mapping[tuple[int, int], int]
    days: int

    @property
    def busiest(self) -> tuple[int, int] | None:
        """Return the weekday and hour with the most, the first of several; None where nothing was done."""
        return max(sorted(self.done), key=lambda place: self.done[place], default=None)


@chart(reads=read_days)
def messages_by_day(context: Context, days: Days) -> Chart | None:
    """Show how many messages were written on each day, and how many are usual."""
    return daily(context, days, "messages", PERIOD)


@chart(reads=read_days)
def active_people(context: Context, days: Days) -> Chart | None:
    """Show how many people were active on each day, and how many are usual."""
    return daily(context, days, "people", PERIOD)


@chart(reads=read_days)
def joins_and_leaves(context: Context, days: Days) -> Chart | None:
    """Show how many people came and went in each of twelve weeks."""
    weeks = min(WEEKS, days.count // _WEEK)
    came, went = (_by_week(days.of(name, weeks * _WEEK)) for name in ("joined", "left"))
    if not weeks or not sum(came) + sum(went):
        return None
    t = context.t
    return Chart(
        title=t.plain("stats-moves-title", joined=sum(came), left=sum(went), weeks=weeks),
        foot=t.plain("stats-moves-foot", day=said_day(context, days.end - 1)),
        kind="column",
        x=tuple(said_day(context, days.end - _WEEK * ago, short=True) for ago in range(weeks, 0, -1)),
        series=tuple(
            Series(label=t.plain(f"stats-figure-{name}"), values=values)
            for name, values in (("joined", came), ("left", went))
            if sum(values)
        ),
    )


async def read_hours(context: Context, days: int = PERIOD, rooms: Sequence[int] | None = None) -> Hours | None:
    """Return what was done by hour of the week; messages alone where `rooms` are given. None before a whole day."""
    count, today = ACTIVE if rooms is None else ROOM_MESSAGES, day_number(context.now)
    span = await context.unit.counts.span(context.community.id, ACTIVE)
    if span is None or span[0] >= today:
        return None
    first = max(span[0], today - days)
    since, until = (datetime.fromtimestamp(day * 86_400, UTC) for day in (first, today))
    zone = context.community.settings.timezone
    done = await context.unit.counts.week(context.community.id, count, since, until, zone, rooms)
    return Hours(done, today - first)


@chart(reads=read_hours)
def peak_hours(context: Context, hours: Hours) -> Cells | None:
    """Show on which days of the week and at which hours most is done."""
    return by_hour(context, hours)


def by_hour(context: Context, hours: Hours, room: str = "") -> Cells | None:
    """Return the hours of a week, coloured; None where nothing was done."""
    t, busiest = context.t, hours.busiest
    if busiest is None or hours.days < _WEEK:
        return None
    return Cells(
        title=t.plain("stats-hours-title", room=room, what="room" if room else "all", **said_hour(context, busiest)),
        foot=t.plain(
            "stats-hours-foot",
            done=sum(hours.done.values()),
            days=hours.days,
            what="messages" if room else "all",
            zone=context.community.settings.timezone,
            day=said_day(context, day_number(context.now) - 1),
        ),
        x=tuple(str(hour) for hour in range(24)),
        y=tuple(t.weekday(day, short=True) for day in DAYS),
        values=tuple(tuple(hours.done.get((weekday, hour), 0) for hour in range(24)) for weekday in range(_WEEK)),
    )


def said_hour(context: Context, place: tuple[int, int]) -> dict[str, str]:
    """Return an hour of the week in words: its weekday, and from when to when."""
    weekday, hour = place
    return {
        "weekday": context.t.weekday(DAYS[weekday]),
        "from": f"{hour}:00",
        "to": f"{hour + 1}:00",
    }


def daily(context: Context, days: Days, name: str, period: int, room: str = "") -> Chart | None:
    """Return a figure by day with its usual range, four weeks at least; None where there is nothing to draw."""
    t, found = context.t, days.broken(name)
    # As many days before a change as since, so that it can be seen.
    values = days.of(name, max(period, LATELY, 2 * found.days if found else 0))
    if len(values) < 2 or not sum(values):
        return None
    usual = days.usual(name, len(values))
    about = f"{room} · " if room else ""
    return Chart(
        title=about + (said_break(context, name, found) if found else _usually(context, name, values)),
        foot=_foot(context, days, name, values, ranged=usual is not None),
        kind="line",
        x=tuple(said_day(context, day, short=True) for day in range(days.end - len(values), days.end)),
        series=(
            Series(
                label=t.plain(f"stats-figure-{name}"),
                values=values,
                low=usual[0] if usual else (),
                high=usual[1] if usual else (),
            ),
        ),
    )


def _usually(context: Context, name: str, values: Sequence[int]) -> str:
    t = context.t
    return t.plain(
        "stats-daily-title",
        figure=t.plain(f"stats-figure-{name}"),
        mean=figure(round(mean(values), 1)),
        least=figure(min(values)),
        most=figure(max(values)),
    )


def _foot(context: Context, days: Days, name: str, values: Sequence[int], *, ranged: bool) -> str:
    return context.t.plain(
        "stats-daily-foot",
        name=name,
        sum=sum(values),
        days=len(values),
        ranged="yes" if ranged else "no",
        day=said_day(context, days.end - 1),
    )


def _by_week(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(sum(values[start : start + _WEEK]) for start in range(0, len(values), _WEEK))
