"""/circles: the groups that talk with each other, and an offer of a room of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from core.domain.community import Room, Space
from core.domain.errors import BadInput, NotAllowed, NotFound
from core.domain.message import Button, Reply, escape
from core.domain.network_result import ENOUGH, CircleFigures
from core.domain.people import Rights
from core.kit import Context, Markup, Needs, Texts, Work, action, command
from core.kit.words import one_of, percent
from core.studies.network_view import NetworkView, members_of, network_view, people_in, read, too_few

MOST = 8
OPEN = 14  # days that an invitation may be answered
ROLES = 10  # on offer as buttons
_LINK = re.compile(r"https://t\.me/(?:\+|joinchat/)?[A-Za-z0-9_-]{4,64}")
Way = Literal["room", "role", "group"]


@command(rights=Rights.MODERATOR, needs={Needs.ROLES})
async def circles(context: Context, circle: int | None = None, link: str | None = None) -> Reply | Work:
    """Show the circles: size, where they meet, how close they are, how they grow, and since when."""
    if circle is None:
        return await read(context, "circles", answer)
    view, chosen = await _chosen(context, circle)
    if not link:
        return await _ways(context, view, chosen)
    return await _dry_run(context, await _plan(context, view, chosen, "group", None, link))


@action(rights=Rights.MODERATOR, needs={Needs.ROLES}, formerly=("circles", "sure"))
async def send_invitation(
    context: Context, circle: int, way: Way, role: str | None = None, link: str | None = None
) -> Reply:
    """Post what was shown before."""
    return await _send(context, await _plan(context, *await _chosen(context, circle), way, role, link))


@action(rights=Rights.MODERATOR, needs={Needs.ROLES}, formerly=("circles", "way"))
async def draft_invitation(
    context: Context, circle: int, way: Way, role: str | None = None, link: str | None = None
) -> Reply:
    """Show what one way of giving a circle a place would post."""
    return await _dry_run(context, await _plan(context, *await _chosen(context, circle), way, role, link))


async def _chosen(context: Context, circle: int) -> tuple[NetworkView, CircleFigures]:
    view = await network_view(context)
    chosen = view.circle(circle) if view else None
    if view is None or chosen is None:
        raise NotFound("circles-gone")
    return view, chosen


async def answer(context: Context, view: NetworkView) -> Reply:
    """Return the circles in words, with the buttons."""
    t = context.t
    if few := too_few(context, view):
        return Reply(few)
    every = sorted((each for each in view.result.circles if each.size > 2), key=lambda each: -each.size)
    if not every:
        return Reply(t("network-no-circles"))
    shown, small = ([each for each in every if each.few is few] for few in (False, True))
    lines = [t("circles-title", circles=len(every), day=view.said_until)]
    lines += [_line(context, view, each) for each in shown[:MOST]]
    if len(shown) > MOST:
        lines.append(t("circles-more", count=len(shown) - MOST))
    if small:
        names = t.plain("list-comma").join(view.circle_name(each) for each in small[:MOST])
        lines.append(t("circles-small", circles=names))
    lines += _changes(context, view)
    # What is proposed is nobody else's to see yet: it must not take the place of this answer.
    buttons = [
        replace(
            context.button(t.plain("circles-propose", circle=view.circle_name(each))[:80], "circles", circle=each.id),
            replace_message=False,
        )
        for each in every[:3]
    ]
    return Reply(Markup("\n".join(lines)), tuple((button,) for button in buttons))


def _line(context: Context, view: NetworkView, circle: CircleFigures) -> Markup:
    t = context.t
    before = circle.before
    days = view.result.until - circle.born
    rooms = view.rooms_of(circle)[1:]  # the first is in the name
    return t(
        "circles-line",
        circle=view.circle_name(circle),
        size=circle.size,
        growth="new"
        if before is None
        else "more"
        if circle.size > before
        else "less"
        if circle.size < before
        else "same",
        by=0 if before is None else abs(circle.size - before),
        rooms=t.plain("list-comma").join(f"#{room}" for room in rooms),
        placed="yes" if rooms else "no",
        cohesion=percent(circle.cohesion),
        weeks=days // 7,
    )


def _changes(context: Context, view: NetworkView) -> list[Markup]:
    """Return what became of last week's circles, where there is something to say."""
    t, changes = context.t, view.result.changes
    there = {each.id: view.circle_name(each) for each in view.result.circles if each.size > 2}
    comma = t.plain("list-comma")
    lines = [
        t("circles-merged", into=there[into], count=count)
        for into, of in changes.merged
        if into in there and (count := len([each for each in of if each != into]))
    ]
    lines += [
        t("circles-split", of=there.get(of, ""), there="yes" if of in there else "no", into=comma.join(parts))
        for of, into in changes.split
        if (parts := [there[each] for each in into if each != of and each in there])
    ]
    if born := [there[each] for each in changes.born if each in there]:
        lines.append(t("circles-born", circles=comma.join(born)))
    return lines[:3]


# --- proposals -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be posted for a circle: the way, where, the words, its button and what that calls.

    `reach` counts the circle's people who are on the platform where it is posted.
    """

    circle: CircleFigures
    way: Way
    space: Space
    room: Room | None
    words: Markup
    reach: int
    join: Button | None = None
    role: str | None = None
    link: str | None = None

    @property
    def where(self) -> Markup:
        """Return the room's or space's name."""
        return Markup(escape(f"#{self.room.name}" if self.room else self.space.title))

    @property
    def again(self) -> dict[str, Any]:
        """Return the options that lead to the same plan."""
        return {"circle": self.circle.id, "way": self.way, "role": self.role, "link": self.link}


async def _plan(
    context: Context, view: NetworkView, circle: CircleFigures, way: Way, role: str | None, link: str | None
) -> Plan:
    """Return what one way would do; raise KithError where it can't be done."""
    name = _role(context, role or "") if way == "role" else ""
    if way == "group" and not _LINK.fullmatch(link or ""):
        raise BadInput("circles-group-how", circle=circle.id)
    space, room = await _place(context, view, circle, way)
    words = {
        "size": circle.size,
        "few": "yes" if circle.few else "no",
        "room": f"#{room.name}" if room else "",
        "role": name,
    }
    t = Texts(context.community.settings.language)
    join = None
    if way != "room":
        options = {"join": circle.id, "role": role, "link": link}
        join = context.button(t.plain("circles-join"), "join_circle", anyone=True, **options)
    reach = await _reach(context, circle, space)
    said = t(f"circles-invitation-{way}", placed="yes" if room else "no", **words)
    return Plan(circle, way, space, room, said, reach, join, role, link)


def _role(context: Context, word: str) -> str:
    """Return the name of a role that Kith may give here; raise KithError where it may not, or the caller."""
    if not context.rights.covers(Rights.OWNER):
        raise NotAllowed("error-owners-only")
    name = dict(context.roles).get(word)
    if name is None:
        raise NotFound("circles-role-gone")
    return name


async def _place(context: Context, view: NetworkView, circle: CircleFigures, way: Way) -> tuple[Space, Room | None]:
    """Return where a circle meets most, of the spaces where this way is open; else a whole space."""
    spaces = {
        space.id: space
        for space in await context.unit.communities.spaces_of(context.community.id)
        if not space.closed and (way != "group" or space.platform == "telegram")
    }
    if way == "role":
        spaces = {space.id: space for space in spaces.values() if context.space and space.id == context.space.id}
    for number in circle.rooms:
        if number in view.rooms and (room := await context.unit.communities.room_with(number)).space_id in spaces:
            return spaces[room.space_id], room
    here = context.space if context.space and context.space.id in spaces else next(iter(spaces.values()), None)
    if here is None:
        raise NotFound("circles-no-group" if way == "group" else "circles-gone")
    return here, None


async def _reach(context: Context, circle: CircleFigures, space: Space) -> int:
    """Return how many of a circle are on the platform of a space."""
    accounts = await context.unit.members.accounts_of(await members_of(context, circle.id))
    return len({each.member_id for each in accounts if each.platform == space.platform and not each.behind_bridge})


async def _ways(context: Context, view: NetworkView, circle: CircleFigures) -> Reply:
    """Return what each way of giving a circle a place would take."""
    t, number = context.t, circle.id
    platforms = {space.platform for space in await context.unit.communities.spaces_of(context.community.id)}
    space, room = await _place(context, view, circle, "room")
    where = f"#{room.name}" if room else space.title
    lines = [
        t("circles-ways", circle=view.circle_name(circle), people=people_in(t, circle.size)),
        t("circles-way-room", where=where),
    ]
    rows: list[tuple[Button, ...]] = [
        (context.button(t.plain("circles-do-room"), draft_invitation, circle=number, way="room"),)
    ]
    if context.roles and context.rights.covers(Rights.OWNER):
        lines.append(t("circles-way-role"))
        named = [
            context.button(
                t.plain("circles-do-role", role=name)[:80], draft_invitation, circle=number, way="role", role=word
            )
            for word, name in context.roles[:ROLES]
        ]
        rows += one_of(t.plain("circles-choose-role"), named, 2)
    elif "discord" in platforms:
        lines.append(t("circles-way-role-lacks", why=_lacking(context)))
    if "telegram" in platforms:
        lines.append(t("circles-way-group", circle=number))
    return Reply(Markup("\n".join(lines)), tuple(rows), private=True)


def _lacking(context: Context) -> str:
    """Return why no role is on offer: a key's variant."""
    if context.space is None or context.space.platform != "discord" or (context.call and context.call.direct):
        return "elsewhere"
    return "none" if context.rights.covers(Rights.OWNER) else "owner"


async def _dry_run(context: Context, plan: Plan) -> Reply:
    t = context.t
    said = t(
        "circles-dry-run",
        where=plan.where,
        words=plan.words,
        button=plan.join.label if plan.join else "none",
        few="yes" if plan.reach < ENOUGH else "no",
        reach=plan.reach,
        size=plan.circle.size,
    )
    then = t(f"circles-then-{plan.way}", role=dict(context.roles).get(plan.role or "", ""))
    send = context.button(t.plain("circles-send"), send_invitation, **plan.again)
    back = context.button(t.plain("button-back"), "circles", circle=plan.circle.id)
    return Reply(Markup(f"{said}\n{then}"), ((send, back),), private=True)


async def _send(context: Context, plan: Plan) -> Reply:
    room = plan.room.external_id if plan.room else None
    if plan.join is None:
        context.say(plan.space, room, Reply(plan.words))
    else:
        await context.invite(plan.space, room, plan.words, plan.join, OPEN)
    where = f"#{plan.room.name}" if plan.room else plan.space.title
    await context.record("circle", circle=plan.circle.id, way=plan.way, where=where)
    return Reply(context.t("circles-sent", where=plan.where), private=True)
