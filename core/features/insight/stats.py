"""/stats: what goes on in the community, a room or with a member who agreed, against the time before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, cast, get_args

from core.analysis.breaks import Break
from core.domain.alternative import figure
from core.domain.clock import day_start
from core.domain.community import Room
from core.domain.errors import BadInput, NotFound
from core.domain.message import Button, Reply
from core.domain.network_result import ENOUGH
from core.domain.people import Member, folded
from core.domain.pictures import Figures
from core.features.insight.daily_charts import by_hour, daily, joins_and_leaves, read_hours, said_hour
from core.features.insight.days import SHOWN, Days, mean, read_days, read_room, said_break, said_day
from core.features.insight.member_weeks import told
from core.kit import Context, Markup, Rights, action, command
from core.kit.suggesting import Suggest, Suggestion
from core.kit.texts import LANGUAGES, Texts
from core.kit.words import percent
from core.store.counts import ROOM_MESSAGES, VOICE_MINUTES

Period = Literal["7", "30", "90"]
View = Literal["messages", "people", "joined", "left", "hours", "moves"]
OFFERED: tuple[View, ...] = ("messages", "people", "moves", "hours")
ROOMS_SHOWN = 5
SOURCES_SHOWN = 5
_TELLING = 20  # of which a change in per cent says something
_DOUBLE = 100  # per cent, from which on a change is told as so many times
_MONTH = 30
_WEEK = 7


async def _rooms(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    rooms = await _all_rooms(context)
    whole = [Suggestion(context.t.plain(f"stats-word-{word}"), word) for word in ("community", "room")]
    return whole + [Suggestion(f"#{each.name}", f"#{each.name}") for each in rooms if each.name]


@command(rights=Rights.MODERATOR)
async def stats(
    context: Context,
    member: Member | None = None,
    room: Annotated[str, Suggest(_rooms)] | None = None,
    days: Period = "30",
) -> Reply:
    """Show messages, active people, peak hours, voice, joins and leaves, against the time before."""
    if room in get_args(Period):  # typed: /stats 7
        room, days = None, cast("Period", room)
    if room is not None and (rooms := await _named(context, room)):
        return await _of_room(context, rooms, days, "messages")
    if member is not None and room is None:
        return await told(context, member)
    return await _of_community(context, days, None)


@action(rights=Rights.MODERATOR)
async def stats_page(context: Context, days: Period, view: View | None = None, room: int | None = None) -> Reply:
    """Show another period, or another picture."""
    if room is None:
        return await _of_community(context, days, view)
    rooms = await _all_rooms(context)
    chosen = next((each for each in rooms if each.id == room), None)
    if chosen is None:
        raise NotFound("error-no-room")
    same = [each for each in rooms if each.name and folded(each.name) == folded(chosen.name)] or [chosen]
    return await _of_room(context, same, days, view or "messages")


async def _all_rooms(context: Context) -> list[Room]:
    spaces = [space.id for space in await context.unit.communities.spaces_of(context.community.id)]
    rooms = (await context.unit.communities.rooms(spaces)).values()
    return sorted(rooms, key=lambda each: (each.thread, each.deleted, folded(each.name), each.id))


async def _named(context: Context, raw: str) -> list[Room]:
    """Return the room that is meant, all of that name; none where the whole community is. Raise where none is so."""
    wanted = folded(raw.strip("<>").lstrip("#＃"))
    words = {word: _words(word) for word in ("community", "room")}
    if wanted in words["community"]:
        return []
    if wanted in words["room"]:
        if context.room is None:
            raise BadInput("stats-no-room-here")
        return [context.room]
    rooms = await _all_rooms(context)
    if found := [each for each in rooms if wanted in (folded(each.name), each.external_id)]:
        return found[:1] if found[0].external_id == wanted else found
    error = NotFound("stats-room-unknown", name=raw[:64])
    near = [each for each in rooms if each.name and wanted and wanted[:3] in folded(each.name)]
    error.buttons = tuple((context.button(f"#{each.name}", stats_page, days="30", room=each.id),) for each in near[:3])
    raise error


def _words(word: str) -> set[str]:
    return {word, *(folded(Texts(language).plain(f"stats-word-{word}")) for language in LANGUAGES)}


# --- a community ----------------------------------------------------------------------


async def _of_community(context: Context, period: Period, view: View | None) -> Reply:
    t, days = context.t, await read_days(context, int(period))
    if days is None:
        return Reply(t("stats-nothing", community=context.community.name))
    if not days.count:
        today = days.today
        return Reply(t("stats-too-young", messages=today.messages))
    length = int(period)
    if not any(sum(days.of(name, length)) for name in SHOWN):
        lines = [_title(context, days, length, context.community.name), _silent(context, days)]
        return Reply(Markup("\n".join(lines)), (_periods(context, period, view, None),))
    broken: dict[View, Break] = {name: found for name in SHOWN if (found := days.broken(name))}
    lines = [
        _title(context, days, length, context.community.name),
        *(_note(context, name, found) for name, found in broken.items()),
        t("stats-messages", now=sum(days.of("messages", length)), than=_than(context, days, "messages", length)),
        *await _people(context, days, length),
        *_moves(context, days, length),
        *await _sources(context, days, length),
        *await _voice(context, days, length),
        *await _peak(context, length, None),
        *await _by_room(context, days, length),
        t("stats-sees"),
    ]
    shown: View = next(iter(broken), "messages") if view is None else view
    picture = await _picture(context, days, length, shown)
    buttons = (_views(context, OFFERED, period, shown, None), _periods(context, period, view, None))
    return Reply(Markup("\n".join(lines)), buttons, picture=picture)


def _note(context: Context, name: str, found: Break) -> Markup:
    """Return since when a figure has left its usual range, marked where that is bad news."""
    more = found.ratio > 1
    mark = "bad" if more == (name == "left") else "more" if more else "less"
    return context.t("stats-note", mark=mark, note=said_break(context, name, found))


def _title(context: Context, days: Days, length: int, name: str) -> Markup:
    shown = min(length, days.count)
    return context.t("stats-title", name=name, days=shown, day=said_day(context, days.end - 1))


def _silent(context: Context, days: Days) -> Markup:
    return context.t("stats-silent", day=said_day(context, days.last_seen))


def _than(context: Context, days: Days, name: str, length: int) -> Markup:
    """Return what a figure was in as many days before, nothing where that isn't known whole."""
    if not days.has_before(length):
        return Markup("")
    return _compared(context, sum(days.of(name, length)), sum(days.of(name, length, length)))


def _compared(context: Context, now: float, before: float) -> Markup:
    if before < _TELLING:
        return context.t("stats-before", before=figure(before))
    change = round(100 * (now / before - 1))
    if change >= _DOUBLE:
        return context.t("stats-before-times", before=figure(before), times=figure(round(now / before, 1)))
    sign = "±0" if not change else f"{change:+,}".replace("-", "−")
    return context.t("stats-before-change", before=figure(before), change=sign)


async def _people(context: Context, days: Days, length: int) -> list[Markup]:
    """Return how many people were active a day, a week, a month, how the one goes into the other, and who wrote."""
    t, unit, here, end = context.t, context.unit, context.community.id, days.end
    shown = min(length, days.count)
    found = {n: await unit.rollups.active_in(here, (end - n, end)) for n in {_WEEK, _MONTH, shown}}
    week, month, whole = (found[n] for n in (_WEEK, _MONTH, shown))
    old = await unit.rollups.active_in(here, (end - 2 * _MONTH, end - _MONTH)) if days.has_before(_MONTH) else None
    lines = [
        t(
            "stats-people",
            day=figure(round(mean(days.of("people", length)), 1)),
            week=week.people,
            month=month.people,
            than="" if old is None else _compared(context, month.people, old.people),
        ),
        t("stats-writers", people=whole.people, writers=whole.writers, who=_who(whole.writers, whole.people)),
    ]
    sticky = _stickiness(days, month.people, 0)
    before = _stickiness(days, old.people, _MONTH) if old else None
    if sticky is not None:
        than = "" if before is None else t("stats-before", before=f"{before}{t.plain('percent-sign')}")
        lines.append(t("stats-stickiness", share=sticky, than=than))
    return lines


def _who(some: int, every: int) -> str:
    return "all" if some == every else "some" if some else "none"


def _stickiness(days: Days, month: int, back: int) -> int | None:
    """Return DAU/MAU in per cent: the mean of a month's days over who was active in it.

    None below four weeks, and of fewer than five people.
    """
    values = days.of("people", _MONTH, back)
    return percent(mean(values) / month) if month >= ENOUGH and len(values) >= _MONTH - 2 else None


async def _peak(context: Context, length: int, rooms: Sequence[int] | None) -> list[Markup]:
    hours = await read_hours(context, length, rooms)
    if hours is None or hours.busiest is None:
        return []
    zone = context.community.settings.timezone
    return [context.t("stats-peak", zone=zone, **said_hour(context, hours.busiest))]


async def _voice(context: Context, days: Days, length: int, rooms: Sequence[int] | None = None) -> list[Markup]:
    """Return how many minutes people spent in voice rooms; nothing where they never did."""
    span = (days.end - 2 * length, days.end)
    found = await context.unit.counts.by_day(context.community.id, VOICE_MINUTES, span, rooms)
    now = sum(value for (day, _), value in found.items() if day >= days.end - length)
    before = sum(found.values()) - now
    if not now + before:
        return []
    than = _compared(context, now, before) if days.has_before(length) else ""
    return [context.t("stats-voice", minutes=now, than=than)]


def _moves(context: Context, days: Days, length: int) -> list[Markup]:
    """Return how many came and went; nothing where nobody did, as where a platform doesn't tell."""
    sums = {name: sum(days.of(name, length)) for name in ("joined", "left")}
    if not any(sums.values()) and not any(sum(days.of(name, length, length)) for name in sums):
        return []
    than = {f"{name}_than": _than(context, days, name, length) for name in sums}
    return [context.t("stats-moves", **sums, **than)]


async def _sources(context: Context, days: Days, length: int) -> list[Markup]:
    """Return through which invite links most came, of those through which five did."""
    since, until = day_start(days.end - length), day_start(days.end)
    found = await context.unit.stays.joins_by_source(context.community.id, since, until)
    most = [each for each in found.items() if each[1] >= ENOUGH][:SOURCES_SHOWN]
    rows = [context.t("stats-source", name=name, people=people) for name, people in most]
    return [context.t("stats-sources", sources=context.t.listed(rows))] if rows else []


async def _by_room(context: Context, days: Days, length: int) -> list[Markup]:
    """Return the rooms in which most was written, where there is more than one."""
    found = await context.unit.counts.by_room(context.community.id, ROOM_MESSAGES, (days.end - length, days.end))
    names = {each.id: each.name for each in await _all_rooms(context)}
    most = sorted(((room, value) for room, value in found.items() if names.get(room)), key=lambda each: -each[1])
    if len(found) < 2 or not most:
        return []
    rows = [context.t("stats-room", name=names[room], messages=value) for room, value in most[:ROOMS_SHOWN]]
    return [context.t("stats-rooms", rooms=context.t.listed(rows), more=len(found) - len(rows))]


async def _picture(context: Context, days: Days, length: int, view: View) -> Figures | None:
    if view == "hours":
        hours = await read_hours(context, length)
        return by_hour(context, hours) if hours else None
    return joins_and_leaves(context, days) if view == "moves" else daily(context, days, view, length)


def _views(
    context: Context, offered: Sequence[View], period: Period, shown: View, room: int | None
) -> tuple[Button, ...]:
    t = context.t
    return tuple(
        context.button(t.plain(f"stats-view-{view}"), stats_page, days=period, view=view, room=room)
        for view in offered
        if view != shown
    )


def _periods(context: Context, period: Period, view: View | None, room: int | None) -> tuple[Button, ...]:
    return tuple(
        context.button(context.t.plain("stats-days", days=int(each)), stats_page, days=each, view=view, room=room)
        for each in get_args(Period)
        if each != period
    )


# --- a room ---------------------------------------------------------------------------


async def _of_room(context: Context, rooms: list[Room], period: Period, view: View) -> Reply:
    """Return what is known of a room with its threads, or of all rooms of one name."""
    t, known, name = context.t, await read_days(context, int(period)), _called(context, rooms[0])
    if known is None or not known.count:
        return Reply(t("stats-too-young", messages=0) if known else t("stats-nothing", community=name))
    own = {(each.space_id, each.external_id) for each in rooms}
    threads = [each.id for each in await _all_rooms(context) if each.thread and (each.space_id, each.parent) in own]
    ids = [*(each.id for each in rooms), *threads]
    days, length = await read_room(context, ids, known), int(period)
    wrote, every = sum(days.of("messages", length)), sum(known.of("messages", length))
    broken = days.broken("messages")
    lines = [
        _title(context, days, length, name),
        *([_note(context, "messages", broken)] if broken else []),
        t("stats-messages", now=wrote, than=_than(context, days, "messages", length)),
        *([t("stats-room-share", share=percent(wrote / every))] if every else []),
        *([t("stats-room-threads", count=len(threads))] if threads else []),
        *await _voice(context, days, length, ids),
        *await _peak(context, length, ids),
        t("stats-room-sees"),
    ]
    hours = await read_hours(context, length, ids) if view == "hours" else None
    picture = daily(context, days, "messages", length, name) if hours is None else by_hour(context, hours, name)
    offered: tuple[View, ...] = ("messages", "hours")
    buttons = (
        _views(context, offered, period, view, rooms[0].id),
        _periods(context, period, view, rooms[0].id),
    )
    return Reply(Markup("\n".join(lines)), buttons, picture=picture)


def _called(context: Context, room: Room) -> str:
    return f"#{room.name}" if room.name else context.t.plain("stats-room-unnamed")
