"""/calendar: what comes in the next four weeks."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from core.domain.activities import State
from core.domain.clock import local_day
from core.domain.message import Reply
from core.domain.pictures import Calendar
from core.domain.schedule import DAYS
from core.features.community.activities.pages import kind_name, where
from core.features.community.activities.plan import AHEAD
from core.kit import Context, Markup, command
from core.kit.occurrences import upcoming

DAYS_SAID = 10


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
