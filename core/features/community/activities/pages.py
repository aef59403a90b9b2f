"""What /activities shows: the gallery, a kind, an activity, and what may be changed about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from core.domain.activities import EVERYBODY, POINTS, Activity, Choice, Field, Lines, Number, Phase, Run, State, Text
from core.domain.effects import HOLDOUT
from core.domain.errors import BadInput, NotFound
from core.domain.message import Button, Reply
from core.features.community.activities.forecast import forecast, is_tried
from core.features.community.activities.plan import clash, said_schedule, too_many
from core.features.community.activities.progress import progress_of
from core.features.community.activities.whom import WHOM, circles_by_name, said_tier, said_whom
from core.kit import Context, Markup
from core.kit.activities import ActivityKind, NothingToDo, in_public, in_rows, place_of
from core.kit.audience import is_empty
from core.kit.declare import CommandHandler
from core.kit.drafts import set_up
from core.kit.occurrences import next_of, said_time
from core.kit.texts import Texts
from core.kit.words import Rows, one_of, turn_pages
from core.studies.segments_view import segment_name, segments_there

PAGE = 8  # activities or kinds shown at once: platforms take five rows of buttons
OFFERS = 25  # values of a setting: as many as a menu of Discord's holds
WHENS = {
    "daily": "daily 09:00",
    "weekdays": "weekdays 09:00",
    "monday": "mon 09:00",
    "friday": "fri 18:00",
    "sunday": "sun 20:00",
    "monthly": "monthly 1 10:00",
}
KINDS = 6  # shown at once with what each is for: Discord takes 2,000 characters in one piece
_IN_A_ROW = 3


def today(context: Context) -> date:
    """Return the community's calendar day."""
    return date.fromisoformat(context.today)


def kind_of(context: Context, activity: Activity) -> ActivityKind:
    """Return the kind of an activity; raise NotFound where this version has none of the name."""
    kind: ActivityKind | None = context.kinds.get(activity.kind)
    if kind is None:
        raise NotFound("error-no-activity")
    return kind


async def found(context: Context, activity_id: int) -> Activity:
    """Return an activity that a button names; raise NotFound where the community has none."""
    return _known(context, await context.unit.activities.get(context.community.id, activity_id))


async def numbered(context: Context, number: int) -> Activity:
    """Return an activity by the number that people call it by; raise NotFound where the community has none."""
    return _known(context, await context.unit.activities.numbered(context.community.id, number))


def _known(context: Context, activity: Activity | None) -> Activity:
    if activity is None or activity.kind not in context.kinds:
        raise NotFound("error-no-activity")
    return activity


def kind_name(context: Context, activity: Activity) -> Markup:
    """Return what people call an activity."""
    return context.t(f"activity-{activity.kind}")


async def where(context: Context, activity: Activity) -> str:
    """Return the room of an activity, in words."""
    space = await context.unit.communities.space(activity.space_id)
    if activity.room_id is None:
        return space.title
    room = await context.unit.communities.room_with(activity.room_id)
    return f"#{room.name or room.external_id}"


async def gallery(context: Context, turn: CommandHandler, page: int = 1) -> Reply:
    """Return what is set up; where nothing is, every kind there is."""
    there = [each for each in await set_up(context) if each.kind in context.kinds]
    if not there:
        return kinds(context)
    pages = -(-len(there) // PAGE)
    page = min(max(page, 1), pages)
    shown = there[(page - 1) * PAGE : page * PAGE]
    lines = [context.t("activities-title", community=context.community.name)]
    lines += [await _line(context, each) for each in shown]
    lines.append(context.t("activities-choose"))
    mine = [
        context.button(f"{each.number}. {context.t.plain(f'activity-{each.kind}')}", "activities", which=each.number)
        for each in shown
    ]
    turned = turn_pages(context, turn, page, pages)
    last = (context.button(context.t.plain("activities-new"), "show_kinds"), *(turned[0] if turned else ()))
    return Reply(Markup("\n".join(lines)), (*in_rows(mine, 2), last))


def kinds(context: Context, page: int = 1) -> Reply:
    """Return a page of the kinds of activity that there are."""
    every = list(context.kinds)
    count = -(-len(every) // KINDS)
    page = min(max(page, 1), count)
    shown = every[(page - 1) * KINDS : page * KINDS]
    lines = [context.t("activities-none")]
    lines += [Markup(f"**{context.t(f'activity-{each}')}** · {context.t(f'activity-{each}-about')}") for each in shown]
    made = [context.button(context.t.plain(f"activity-{each}"), "show_kind", kind=each) for each in shown]
    turned = turn_pages(context, "show_kinds", page, count)
    back = context.button(context.t.plain("button-back"), "activities")
    return Reply(Markup("\n".join(lines)), (*in_rows(made, 2), (back, *(turned[0] if turned else ()))))


async def _line(context: Context, activity: Activity) -> Markup:
    coming = await next_of(context, activity) if activity.state is State.ACTIVE else None
    return context.t(
        "activities-line",
        number=activity.number,
        name=kind_name(context, activity),
        room=await where(context, activity),
        when=said_schedule(context, activity),
        state=activity.state.value,
        next=said_time(context, coming.at) if coming else "",
    )


def about(context: Context, kind: ActivityKind) -> Reply:
    """Return what a kind is for, what it costs and what it needs."""
    t = context.t
    fields = {each.name: each for each in kind.fields}
    lines = [Markup(f"**{t(f'activity-{kind.name}')}**"), t(f"activity-{kind.name}-about")]
    if POINTS.name in fields:
        cost = {"points": fields[POINTS.name].default, "most": context.rules.activities_a_day}
        lines.append(t("activity-cost", **cost))
    else:
        lines.append(t("activity-free"))
    lines += [t(f"activity-need-{need}") for need in dict.fromkeys(kind.needs.values())]
    how = " ".join(f"{typed_name(t, each.name)}=…" for each in kind.fields)
    lines.append(t("activity-how-kind", kind=kind.name, fields=how))
    back = context.button(t.plain("button-back"), "activities")
    return Reply(
        Markup("\n".join(lines)), ((context.button(t.plain("activity-set-up"), "new_activity", kind=kind.name), back),)
    )


async def page(context: Context, activity: Activity, said: Markup | None = None) -> Reply:
    """Return all there is to know of an activity, and what can be done with it; `said` is what was done."""
    t, kind = context.t, kind_of(context, activity)
    head = t("activity-head", name=kind_name(context, activity), number=activity.number)
    lines = [*([said] if said else []), head, await _state(context, activity)]
    last = await context.unit.activities.runs_of(activity, (Phase.OPEN, Phase.OVER, Phase.SKIPPED), 1)
    lines += [t("activity-left-out", why=t(why)) for each in last if (why := each.detail.get("why"))]
    progress = [found for run in last if (found := await progress_of(context, run)) is not None]
    lines += [each.said for each in progress]
    lines.append(t("activity-where", room=await where(context, activity)))
    lines.append(t("activity-when", when=said_schedule(context, activity)))
    if activity.audience != EVERYBODY:
        lines.append(t("activity-for", whom=await said_whom(context, activity.audience)))
    values = kind.values(activity.settings)
    lines += [
        t("activity-setting", name=t(f"activity-field-{each.name}"), value=_said(context, each, values[each.name]))
        for each in kind.fields
        if each != HOLDOUT or values.get("tell", "direct") == "direct"
    ]
    lines += await _warnings(context, activity)
    if activity.state is not State.STOPPED and not await is_tried(context, kind, activity):
        coming = Run(id=0, activity=activity, slot="", due_at=context.now, values=values)
        lines += [said for said in (await forecast(context, kind, coming))[:1] if said]
    lines.append(t("activity-how", number=activity.number, more=_for_example(t, kind)))
    return Reply(Markup("\n".join(lines)), await _buttons(context, activity, any(each.under_way for each in progress)))


async def _state(context: Context, activity: Activity) -> Markup:
    t = context.t
    if activity.state is State.ACTIVE and (coming := await next_of(context, activity)):
        return t("activity-next", at=said_time(context, coming.at), moved="yes" if coming.moved else "no")
    if activity.trouble:
        return t("activity-state-trouble", why=t(activity.trouble))
    return t(f"activity-state-{activity.state.value}")


async def _warnings(context: Context, activity: Activity) -> list[Markup]:
    """Return what is to be said before an activity starts: what it lacks, and what runs in its room at its time."""
    t, kind = context.t, kind_of(context, activity)
    lines = [t("activity-lacks", name=t(f"activity-field-{each.name}")) for each in kind.lacking(activity.settings)]
    try:
        await place_of(context, activity)
    except NothingToDo as why:
        lines.append(t(why.key))
    values = kind.values(activity.settings)
    needs = [
        need for on, need in kind.needs.items() if not on or on in {f"{name}={value}" for name, value in values.items()}
    ]
    lines += [t(f"activity-need-{need}") for need in needs]
    lines += [t(key, **given) for well, key, given in context.lacks if not well] if needs else []
    if activity.state is not State.STOPPED and await is_empty(context, activity):
        lines.append(t("activity-empty", why=t("activity-nobody")))
    others = await context.unit.activities.of(context.community.id, (State.ACTIVE,))
    if activity.state is not State.STOPPED and (near := await clash(context, activity, others)):
        lines.append(t("activity-clash", name=kind_name(context, near.activity), at=said_time(context, near.at)))
    if activity.state is not State.STOPPED and (much := await too_many(context, activity, others)):
        lines.append(t("activity-too-many", times=much[0], count=much[1]))
    return lines


def _said(context: Context, field: Field, value: Any) -> Markup | str:
    if isinstance(field, Choice):
        return context.t(f"activity-choice-{value}")
    if isinstance(field, Number):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return context.t("activity-lines", count=len(value))
    return str(value or "–")


async def _buttons(context: Context, activity: Activity, under_way: bool) -> Rows:
    t, state = context.t, activity.state
    coming = await next_of(context, activity) if state is State.ACTIVE else None

    def do(deed: str, **more: Any) -> Button:
        return context.button(t.plain(f"activity-do-{deed}"), deed_of(deed), activity=activity.id, **more)

    def apart(button: Button) -> Button:
        return Button(button.label, button.command, button.options, replace_message=False)

    begun = await context.unit.activities.runs_of(activity, (Phase.OPEN, Phase.OVER), 1)
    undo = (do("undo"),) if begun else ()
    # A push to many takes minutes: what came of it since is looked up where one stands.
    look = (context.button(t.plain("activity-do-look"), "activities", which=activity.number),) if under_way else ()
    if state is State.STOPPED:
        return ((do("copy"), *undo, *look, context.button(t.plain("button-back"), "activities")),)
    rows: list[tuple[Button, ...]] = [(apart(do("preview")), apart(do("rehearse")))]
    if state is State.ACTIVE:
        now = context.now.strftime("now:%Y-%m-%dT%H:%M:%S")
        rows.append((do("pause"), do("begin", slot=now)))
        if coming is not None:
            rows.append((do("skip", slot=coming.slot), do("hour", slot=coming.slot), do("day", slot=coming.slot)))
    else:
        rows.append((do("start"),))
    change = context.button(t.plain("activity-do-change"), "change_activity", activity=activity.id)
    stop = do("discard" if state is State.DRAFT else "stop")
    rows += [(change, do("copy"), *undo), (stop, *look, context.button(t.plain("button-back"), "activities"))]
    return tuple(rows)


def settings(context: Context, activity: Activity) -> Reply:
    """Return what can be changed about an activity, as buttons."""
    t = context.t
    ask = [
        context.button(t.plain(f"activity-field-{name}"), "ask_setting", activity=activity.id, name=name)
        for name in ("when", "room", "whom", "tier", *(each.name for each in kind_of(context, activity).fields))
    ]
    back = context.button(t.plain("button-back"), "activities", which=activity.number)
    said = t("activity-change", name=kind_name(context, activity), number=activity.number)
    return Reply(said, (*in_rows(ask, _IN_A_ROW), (back,)))


def deed_of(deed: str) -> str:
    """Return the name of the action that does something with an activity."""
    return f"activity_{deed}"


async def ask(context: Context, activity: Activity, name: str, fill: CommandHandler) -> Reply:
    """Return the question for a setting: what is on offer as buttons, and how to give another value.

    `fill` is the form for what is written.
    """
    t, kind = context.t, kind_of(context, activity)
    field = next((each for each in kind.fields if each.name == name), None)
    offers: list[tuple[str, str]] = []
    if name == "when":
        offers = [(t.plain(f"activity-offer-{word}"), value) for word, value in WHENS.items()]
    elif name == "room":
        offers = await _rooms(context)
    elif name == "whom":
        offers = [(t.plain(f"activity-whom-{word}"), word) for word in WHOM]
        offers += [(segment_name(t, each), f"segment:{each.value}") for each in await segments_there(context)]
        offers += [(label[:40], f"circle:{circle}") for label, circle in (await circles_by_name(context)).items()]
    elif name == "tier":
        offers = [(said_tier(context, number), str(number)) for number in range(len(context.community.settings.tiers))]
    elif isinstance(field, Choice):
        offers = [(t.plain(f"activity-choice-{word}"), word) for word in field.options]
    elif isinstance(field, Number):
        offers = [(f"{number:,}", str(number)) for number in field.offers]
    elif field is None:
        raise NotFound("error-no-activity")
    made = [
        context.button(label, "set_setting", activity=activity.id, name=name, value=value)
        for label, value in offers[:OFFERS]
    ]
    last = [context.button(t.plain("button-back"), "activities", which=activity.number)]
    if name == "when" or isinstance(field, Text | Lines | Number):
        write = context.button(t.plain("activity-write"), fill, activity=activity.id, name=name)
        last.insert(0, replace(write, replace_message=False))
    asked = t("activity-ask", name=t(f"activity-field-{name}"), number=activity.number, word=typed_name(t, name))
    if isinstance(field, Lines) and field.bank:
        table = Button(t.plain("bank-open"), "fill_bank", {"activity": str(activity.id)}, asks=True)
        last.insert(0, replace(table, replace_message=False))
    lines = [asked]
    if name == "when":
        lines.append(t("activity-ask-when"))
    if isinstance(field, Lines):
        lines.append(t("activity-ask-lines", word=typed_name(t, name)))
    rows = one_of(t.plain(f"activity-field-{name}"), made, _IN_A_ROW)
    return Reply(Markup("\n".join(lines)), (*rows, tuple(last)))


async def _rooms(context: Context) -> list[tuple[str, str]]:
    spaces = [each for each in await context.unit.communities.spaces_of(context.community.id) if not each.closed]
    rooms = await context.unit.communities.rooms([space.id for space in spaces])
    listed = sorted((each for each in rooms.values() if not each.deleted and each.name), key=lambda each: each.name)
    return [
        *((space.title[:40], f"space:{space.id}") for space in spaces),
        *((f"#{room.name}"[:40], f"room:{room.id}") for room in listed),
    ]


async def tell_room(context: Context, activity: Activity, key: str, **given: Any) -> None:
    """Say in an activity's room what becomes of a run, to whoever takes part."""
    try:
        space, room = await place_of(context, activity)
    except NothingToDo:
        return
    public = in_public(context)
    said = {
        name: said_time(public, value, public.t) if isinstance(value, datetime) else value
        for name, value in given.items()
    }
    context.say(space, room, Reply(public.t(key, name=kind_name(public, activity), **said)))


def _for_example(t: Texts, kind: ActivityKind) -> str:
    """Return one of a kind's settings as it is typed, after a blank; nothing where it asks for no number."""
    field = next((each for each in kind.fields if isinstance(each, Number)), None)
    return "" if field is None else f" {typed_name(t, field.name)}={field.default}"


def typed_word(t: Texts, word: str) -> str:
    """Return how one of a field's words is typed: in Chinese as it is shown."""
    label = t.plain(f"activity-choice-{word}")
    return word if label.isascii() else label


def typed_name(t: Texts, name: str) -> str:
    """Return what a field is called where it is typed: in Chinese its label, without what stands in brackets."""
    label = t.plain(f"activity-field-{name}").partition("（")[0]
    return name if label.isascii() or " " in label else label


def must_start(context: Context, activity: Activity) -> None:
    """Raise BadInput where something must still be filled in."""
    if lacking := kind_of(context, activity).lacking(activity.settings):
        raise BadInput(
            "error-activity-lacks",
            name=context.t.plain(f"activity-field-{lacking[0].name}"),
            number=activity.number,
            word=typed_name(context.t, lacking[0].name),
        )
