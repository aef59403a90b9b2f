"""/calendar: what comes in the next four weeks."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from core.domain.activities import State
from core.domain.clock import local_day
from core.domain.message import Reply
from core.domain.pictures import Calendar, Day
from core.domain.schedule import DAYS
from core.features.community.activities.feed import drop_own, own_token, renew, renew_own, token
from core.features.community.activities.pages import kind_name, where
from core.features.community.activities.plan import AHEAD
from core.kit import Context, Markup, Rights, action, command
from core.kit.activities import in_rooms
from core.kit.consent import must_serve
from core.kit.occurrences import ahead

DAYS_SAID = 10


@command()
async def calendar(context: Context, feed: Literal["feed"] | None = None) -> Reply:
    """See what comes in the next four weeks, or have it in your own calendar."""
    return await _shown(context) if feed is None else await _address(context)


@action(rights=Rights.MODERATOR, private=True)
async def renew_calendar(context: Context) -> Reply:
    """Give the calendar's feed a new address, and let the old one lead nowhere."""
    await renew(context)
    return await _address(context)


async def _address(context: Context) -> Reply:
    """Return where the calendar can be subscribed to, to whoever asks alone."""
    if not context.public_address:
        return Reply(context.t("calendar-feed-nowhere"), private=True)
    if token(context) is None:
        await renew(context)
    address = f"{context.public_address}/calendar/{token(context)}.ics"
    row = (
        context.button(context.t.plain("calendar-feed-own"), own_calendar),
        context.button(context.t.plain("calendar-feed-renew"), renew_calendar),
    )
    return Reply(context.t("calendar-feed", address=address), (row,), private=True)


@action(private=True)
async def own_calendar(context: Context) -> Reply:
    """Say where a member's own calendar can be subscribed to: what is for them alone."""
    must_serve(context, context.me)
    return _own(context, await own_token(context))


@action(private=True)
async def renew_own_calendar(context: Context) -> Reply:
    """Give a member's own calendar a new address."""
    must_serve(context, context.me)
    return _own(context, await renew_own(context))


@action(private=True)
async def drop_own_calendar(context: Context) -> Reply:
    """Let a member's own calendar lead nowhere."""
    await drop_own(context)
    return Reply(context.t("calendar-own-dropped"))


def _own(context: Context, token: str) -> Reply:
    if not context.public_address:
        return Reply(context.t("calendar-feed-nowhere"))
    t = context.t
    row = (
        context.button(t.plain("calendar-feed-renew"), renew_own_calendar),
        context.button(t.plain("calendar-own-drop"), drop_own_calendar),
    )
    return Reply(t("calendar-own", address=f"{context.public_address}/calendar/{token}.ics"), (row,))


async def _shown(context: Context) -> Reply:
    t = context.t
    there = in_rooms(context, await context.unit.activities.of(context.community.id, (State.ACTIVE,)))
    coming = await ahead(context, there, context.now + AHEAD)
    if not coming:
        return Reply(t("calendar-nothing"))
    rooms = {each.id: await where(context, each) for each in there}
    zone = context.community.settings.timezone
    by_day: dict[date, list[Markup]] = {}
    for each in coming:
        at = each.at.astimezone(ZoneInfo(zone))
        name, room = kind_name(context, each.activity), rooms[each.activity.id]
        by_day.setdefault(at.date(), []).append(t("calendar-run", time=f"{at:%H:%M}", name=name, room=room))
    first = date.fromisoformat(context.today)
    lines = [Markup(f"**{t('calendar-title', count=len(coming))}**")]
    lines += [
        t("calendar-line", day=t.day(day, today=first), runs=t.listed(runs))
        for day, runs in islice(by_day.items(), DAYS_SAID)
    ]
    said = sum(len(runs) for runs in islice(by_day.values(), DAYS_SAID))
    if len(coming) > said:
        lines.append(t("calendar-more", count=len(coming) - said))
    lines.append(t("calendar-zone", zone=zone))
    on: dict[date, list[str]] = {}
    for each in coming:
        on.setdefault(local_day(each.at, zone), []).append(str(kind_name(context, each.activity)))
    days = [first + timedelta(days=number) for number in range(AHEAD.days + 1)]
    picture = Calendar(
        title=t.plain("calendar-title", count=len(coming)),
        foot=t.plain("calendar-foot", community=context.community.name, until=t.day(days[-1], today=first)),
        first=context.today,
        values=tuple(float(len(on.get(day, ()))) for day in days),
        weekdays=tuple(t.weekday(day, short=True) for day in DAYS),
        months=t.months(),
        unit=t.plain("calendar-unit"),
        days=tuple(Day(_called(context, day, first), tuple(on.get(day, ()))) for day in days),
    )
    return Reply(Markup("\n".join(lines)), picture=picture)


def _called(context: Context, day: date, first: date) -> str:
    """Return what a day is called in the picture: the first, and the first of a month, with the month."""
    return context.t.day(day, today=first, short=True) if day == first or day.day == 1 else str(day.day)
