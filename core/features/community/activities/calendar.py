"""/calendar: what comes in the next four weeks."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from core.domain.activities import State
from core.domain.clock import local_day
from core.domain.message import Reply
from core.domain.pictures import Calendar
from core.domain.schedule import DAYS
from core.features.community.activities.pages import kind_name, where
from core.features.community.activities.plan import AHEAD, said_time, upcoming
from core.kit import Context, Markup, command

LINES = 15


@command()
async def calendar(context: Context) -> Reply:
    """See what comes in the next four weeks."""
    t = context.t
    there = await context.unit.activities.of(context.community.id, (State.ACTIVE,))
    there = [each for each in there if each.kind in context.kinds]
    coming = await upcoming(context, there, context.now + AHEAD)
    if not coming:
        return Reply(t("calendar-nothing"))
    rooms = {each.id: await where(context, each) for each in there}
    lines = [Markup(f"**{t('calendar-title', count=len(coming))}**")]
    lines += [
        t(
            "calendar-line",
            at=said_time(context, each.at),
            name=kind_name(context, each.activity),
            room=rooms[each.activity.id],
        )
        for each in coming[:LINES]
    ]
    if more := len(coming) - LINES if len(coming) > LINES else 0:
        lines.append(t("calendar-more", count=more))
    zone = context.community.settings.timezone
    first = date.fromisoformat(context.today)
    on = Counter(local_day(each.at, zone) for each in coming)
    days = [first + timedelta(days=number) for number in range(AHEAD.days + 1)]
    picture = Calendar(
        title=t.plain("calendar-title", count=len(coming)),
        foot=t.plain("calendar-foot", community=context.community.name, until=t.day(days[-1], today=first), zone=zone),
        first=context.today,
        values=tuple(float(on[day]) for day in days),
        weekdays=tuple(t.weekday(day, short=True) for day in DAYS),
        months=t.months(),
        unit=t.plain("calendar-unit"),
    )
    return Reply(Markup("\n".join(lines)), picture=picture)
