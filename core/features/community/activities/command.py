"""/activities: what the community does on a schedule; moderators set it up here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any

from core.domain.activities import CHANGES, Activity, Choice, Field, State
from core.domain.community import Room
from core.domain.errors import BadInput, NotAllowed, NotFound
from core.domain.message import Reply
from core.domain.people import folded
from core.domain.schedule import Schedule
from core.domain.when import schedule_said
from core.features.community.activities import pages
from core.features.community.activities.joining import joinable
from core.features.community.activities.mirror import mirror
from core.features.community.activities.runs import move, start
from core.features.community.activities.whom import read_whom
from core.kit import Context, Length, Needs, Range, Rights, action, command, form
from core.kit.activities import ActivityKind
from core.kit.drafts import add_draft, set_up
from core.kit.naming import unquoted
from core.kit.occurrences import said_time, upcoming
from core.kit.suggesting import Suggest, Suggestion, worded
from core.kit.texts import LANGUAGES, Texts

LONGEST = 4000
DRAFT_LIFE = timedelta(days=7)
WHEN, ROOM, WHOM, TIER, MOVE = "when", "room", "whom", "tier", "move"
COMMON = (WHEN, ROOM, WHOM, TIER)


async def suggested(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    """Return what is set up, and the kinds there are: for moderators, who alone may say it."""
    if not context.rights.covers(Rights.MODERATOR):
        return []
    there = await set_up(context)
    found = [
        Suggestion(f"{each.number}. {context.t.plain(f'activity-{each.kind}')}", str(each.number)) for each in there
    ]
    return [*found, *(worded(context.t, f"activity-{each}", each) for each in context.kinds)]


@command(private=True, needs={Needs.RIGHTS, Needs.LACKS})
async def activities(
    context: Context,
    which: Annotated[str, Suggest(suggested)] | None = None,
    settings: Annotated[str, Range(0, LONGEST)] | None = None,
) -> Reply:
    """See what the community does on a schedule; moderators set it up."""
    if not context.rights.covers(Rights.MODERATOR):
        if which is not None:
            raise NotAllowed("error-moderators-only")
        return await joinable(context)
    if which is None:
        await context.unit.activities.drop_drafts(context.community.id, context.now - DRAFT_LIFE)
        return await pages.gallery(context, turn_activities)
    number = which.strip().lstrip("#")
    if number.isdecimal():
        activity = await pages.numbered(context, int(number[:9]))
    else:
        kind = _kind_named(context, which)
        if settings is None:
            return pages.about(context, kind)
        activity = await _draft(context, kind)
    if settings is None:
        return await pages.page(context, activity)
    return await pages.page(context, await _typed(context, activity, settings))


@action(rights=Rights.MODERATOR, private=True)
async def show_kind(context: Context, kind: str) -> Reply:
    """Say what a kind of activity is for, what it costs and what it needs."""
    return pages.about(context, _kind_named(context, kind))


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def new_activity(context: Context, kind: str) -> Reply:
    """Begin to set an activity up, here."""
    return await pages.page(context, await _draft(context, _kind_named(context, kind)))


@action(rights=Rights.MODERATOR, private=True)
async def turn_activities(context: Context, page: int = 1) -> Reply:
    """Show another page of what is set up."""
    return await pages.gallery(context, turn_activities, page)


@action(rights=Rights.MODERATOR, private=True)
async def activity_discard(context: Context, activity: int) -> Reply:
    """Forget what was never started."""
    await context.unit.activities.drop_draft(await pages.found(context, activity))
    return await pages.gallery(context, turn_activities)


@action(rights=Rights.MODERATOR, private=True)
async def show_kinds(context: Context, page: int = 1) -> Reply:
    """Show a page of the kinds of activity there are."""
    return pages.kinds(context, page)


@action(rights=Rights.MODERATOR, private=True)
async def change_activity(context: Context, activity: int) -> Reply:
    """Show what can be changed about an activity."""
    return pages.settings(context, await pages.found(context, activity))


@action(rights=Rights.MODERATOR, private=True)
async def ask_setting(context: Context, activity: int, name: str) -> Reply:
    """Ask what a setting of an activity is to be."""
    return await pages.ask(context, await pages.found(context, activity), name, fill_setting)


@action(rights=Rights.MODERATOR, private=True, needs={Needs.LACKS})
async def set_setting(context: Context, activity: int, name: str, value: str) -> Reply:
    """Change a setting of an activity."""
    changed = await _change(context, await pages.found(context, activity), {name: value})
    return await pages.page(context, changed)


@form(rights=Rights.MODERATOR, private=True, hidden=("activity", "name"))
async def fill_setting(
    context: Context, activity: int, name: str, *, value: Annotated[str, Length(LONGEST, long=True)]
) -> Reply:
    """Change a setting of an activity to what was written."""
    changed = await _change(context, await pages.found(context, activity), {name: value})
    return await pages.page(context, changed)


def _kind_named(context: Context, given: str) -> ActivityKind:
    """Return the kind that is called so, by its word or its name in either language; raise BadInput."""
    wanted = folded(given)
    for kind in context.kinds.values():
        names = {kind.name, *(folded(Texts(each).plain(f"activity-{kind.name}")) for each in LANGUAGES)}
        if wanted in names:
            found: ActivityKind = kind
            return found
    raise BadInput("error-activity-kind", given=given[:40], kinds=tuple(context.kinds))


async def _draft(context: Context, kind: ActivityKind) -> Activity:
    """Return a draft of a kind in this room: the one there is, or a new one."""
    if context.space is None:
        raise LookupError("nobody asks here")
    room = None if context.room is None else context.room.id
    for each in await set_up(context):
        mine = (each.kind, each.space_id, each.room_id) == (kind.name, context.space.id, room)
        if mine and each.state is State.DRAFT:
            return each
    return await add_draft(context, kind.name, kind.schedule)


async def _typed(context: Context, activity: Activity, text: str) -> Activity:
    """Change what is typed as `when name=value name=value`; `name+=value` adds lines.

    Raise BadInput with what was expected, changing nothing.
    """
    kind = pages.kind_of(context, activity)
    names = {name: name for name in (*COMMON, MOVE, *(each.name for each in kind.fields))}
    for name in list(names.values()):
        words = (Texts(each) for each in LANGUAGES)
        names |= {
            folded(said): name for t in words for said in (t.plain(f"activity-field-{name}"), pages.typed_name(t, name))
        }
    any_name = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    begins = [*re.finditer(rf"(?:(?<=\s)|^)({any_name})\s*([+＋]?)[=＝]\s*", text, re.IGNORECASE)]
    ends = [*(found.start() for found in begins[1:]), len(text)]
    given: dict[str, str] = {}
    for found, end in zip(begins, ends, strict=False):
        name, value = names[folded(found[1])], unquoted(text[found.end() : end].strip())
        there = activity.settings.get(name)
        given[name] = "\n".join([*there, value]) if found[2] and isinstance(there, list) else value
    if lead := text[: begins[0].start() if begins else len(text)].strip():
        given = {WHEN: lead, **given}
    if to := given.pop(MOVE, None):
        await _move(context, activity, to)
    return await _change(context, activity, given)


async def _change(context: Context, activity: Activity, given: Mapping[str, str]) -> Activity:
    kind = pages.kind_of(context, activity)
    fields = {each.name: each for each in kind.fields}
    changed = activity
    for name, raw in given.items():
        if name == WHEN:
            changed = _at_times(changed, schedule_said(raw, pages.today(context)))
            if changed.schedule.after(context.now, context.community.settings.timezone) is None:
                raise BadInput("error-activity-past")
        elif name == ROOM:
            changed = await _moved_to(context, changed, raw)
        elif name == WHOM:
            changed = replace(changed, audience=await read_whom(context, changed, raw))
        elif name == TIER:
            changed = replace(changed, audience=replace(changed.audience, tier=_tier(context, raw)))
        elif name in fields:
            changed = replace(changed, settings={**changed.settings, name: _read(context, fields[name], raw)})
        else:
            raise NotFound("error-no-activity")
    if changed != activity:
        await context.unit.activities.save(changed)
        await context.record("activity", name=activity.kind, number=activity.number, changed=sorted(given))
        if changed.schedule != activity.schedule and changed.state is State.ACTIVE:
            changed = await start(context, changed)
        await mirror(context, changed)
    return changed


def _read(context: Context, field: Field, raw: str) -> Any:
    """Return what a field makes of what is typed: words, as they are called in either language; raise BadInput."""
    if not isinstance(field, Choice):
        return field.read(raw)
    called = {folded(pages.typed_word(Texts(each), word)): word for each in LANGUAGES for word in field.options}
    try:
        return field.read(called.get(folded(raw), raw))
    except BadInput as why:
        raise BadInput(why.key, options=tuple(pages.typed_word(context.t, each) for each in field.options)) from None


def _at_times(activity: Activity, schedule: Schedule) -> Activity:
    """Return an activity on another schedule, which calendars hear of once it runs."""
    if activity.state is State.DRAFT or schedule == activity.schedule:
        return replace(activity, schedule=schedule)
    settings = {**activity.settings, CHANGES: activity.settings.get(CHANGES, 0) + 1}
    return replace(activity, schedule=schedule, settings=settings)


def _tier(context: Context, raw: str) -> int:
    text = raw.strip()
    tiers = len(context.community.settings.tiers)
    if not text.isdecimal() or int(text[:3]) >= tiers:
        raise BadInput("error-activity-number", low=0, high=tiers - 1)
    return int(text)


async def _moved_to(context: Context, activity: Activity, raw: str) -> Activity:
    """Return an activity in the room that is called so; raise BadInput where none or several are."""
    wanted = folded(raw.strip("<>").removeprefix("#").removeprefix("＃"))
    spaces = await context.unit.communities.spaces_of(context.community.id)
    rooms = await context.unit.communities.rooms([space.id for space in spaces])
    if raw.startswith("space:"):
        space = next((each for each in spaces if f"space:{each.id}" == raw and not each.closed), None)
        if space is not None:
            return replace(activity, space_id=space.id, room_id=None)
    same: list[Room] = [
        each
        for each in rooms.values()
        if not each.deleted and wanted in (folded(each.name), each.external_id, f"room:{each.id}")
    ]
    if len(same) != 1:
        raise BadInput("error-activity-room", given=raw[:40], count=len(same))
    return replace(activity, space_id=same[0].space_id, room_id=same[0].id)


async def _move(context: Context, activity: Activity, raw: str) -> None:
    """Let the next run of an activity begin at a time that is typed, and say so in its room."""
    once = schedule_said(raw, pages.today(context))
    slot = once.after(context.now, context.community.settings.timezone)
    coming = await upcoming(context, [activity], context.now + timedelta(days=366))
    if slot is None or activity.state is not State.ACTIVE or not coming:
        raise BadInput("error-activity-past")
    await move(context, activity, coming[0].slot, slot.at)
    await pages.tell_room(context, activity, "activity-moved", at=said_time(context, coming[0].at), to=slot.at)
