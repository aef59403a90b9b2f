"""/circles: the groups that talk with each other, and an offer of a room of their own."""

from __future__ import annotations

from typing import Any, Literal

from core.domain.errors import NotFound
from core.domain.message import Reply
from core.kit import Audience, Context, Markup, Work, command
from core.kit.network import Seen, read, seen, too_few
from core.kit.words import percent

MOST = 8


@command(audience=Audience.MODERATOR, hidden=("propose", "sure"))
async def circles(context: Context, propose: int | None = None, sure: Literal["yes"] | None = None) -> Reply | Work:
    """Show the circles: size, where they meet, how close they are, how they grow, and since when."""
    if propose is None:
        return await read(context, "circles", answer)
    found = await seen(context)
    circle = found.circle(propose) if found else None
    if found is None or circle is None:
        raise NotFound("circles-gone")
    return await (_send if sure else _dry_run)(context, found, circle)


async def answer(context: Context, found: Seen) -> Reply:
    """Return the circles in words, with the buttons."""
    t = context.t
    if few := too_few(context, found):
        return Reply(few)
    shown = [each for each in found.result["circles"] if each["size"] > 2]
    if not shown:
        return Reply(t("network-no-circles"))
    shown.sort(key=lambda each: -each["size"])
    lines = [t("circles-title", circles=len(shown), day=found.said_until)]
    lines += [_line(context, found, each) for each in shown[:MOST]]
    if len(shown) > MOST:
        lines.append(t("circles-more", count=len(shown) - MOST))
    lines += _changes(context, found)
    buttons = [
        context.button(t.plain("circles-propose", id=each["id"]), "circles", propose=each["id"]) for each in shown[:3]
    ]
    return Reply(Markup("\n".join(lines)), (tuple(buttons),))


def _line(context: Context, found: Seen, circle: dict[str, Any]) -> Markup:
    t = context.t
    before = circle["before"]
    days = found.result["until"] - circle["born"]
    rooms = found.rooms_of(circle)
    return t(
        "circles-line",
        id=circle["id"],
        size=circle["size"],
        growth="new"
        if before is None
        else "more"
        if circle["size"] > before
        else "less"
        if circle["size"] < before
        else "same",
        by=0 if before is None else abs(circle["size"] - before),
        rooms=t.plain("list-comma").join(f"#{room}" for room in rooms),
        placed="yes" if rooms else "no",
        cohesion=percent(circle["cohesion"]),
        weeks=days // 7,
    )


def _changes(context: Context, found: Seen) -> list[Markup]:
    """Return what became of last week's circles, where there is something to say."""
    t, changes = context.t, found.result["changes"]
    there = {each["id"] for each in found.result["circles"] if each["size"] > 2}
    comma = t.plain("list-comma")
    lines = [
        t("circles-merged", into=into, of=comma.join(map(str, others)), count=len(others))
        for into, of in changes["merged"]
        if into in there and (others := [each for each in of if each != into])
    ]
    lines += [
        t("circles-split", of=of, into=comma.join(map(str, parts)), count=len(parts))
        for of, into in changes["split"]
        if (parts := [each for each in into if each != of and each in there])
    ]
    if born := [each for each in changes["born"] if each in there]:
        lines.append(t("circles-born", ids=comma.join(map(str, born)), count=len(born)))
    return lines[:3]


async def _dry_run(context: Context, found: Seen, circle: dict[str, Any]) -> Reply:
    t = context.t
    words = _invitation(context, found, circle)
    said = t("circles-dry-run", where=_where(context, found, circle), words=words, size=circle["size"])
    send = context.button(t.plain("circles-send"), "circles", propose=circle["id"], sure="yes")
    return Reply(said, ((send,),), private=True)


async def _send(context: Context, found: Seen, circle: dict[str, Any]) -> Reply:
    words = _invitation(context, found, circle)
    placed = next((room for room in circle["rooms"] if room in found.rooms), None)
    place = None if placed is None else await context.unit.communities.room_with(placed)
    spaces = {space.id: space for space in await context.unit.communities.spaces_of(context.community.id)}
    space = context.space if place is None else spaces[place.space_id]
    if space is None:
        raise NotFound("circles-gone")
    context.say(space, place.external_id if place else None, Reply(words))
    await context.record("circle_proposed", circle=circle["id"])
    return Reply(context.t("circles-sent", where=_where(context, found, circle)), private=True)


def _where(context: Context, found: Seen, circle: dict[str, Any]) -> Markup:
    rooms = found.rooms_of(circle)
    if rooms:
        return Markup(f"#{rooms[0]}")
    return Markup(context.space.title if context.space else context.community.name)


def _invitation(context: Context, found: Seen, circle: dict[str, Any]) -> Markup:
    """Return the invitation, in the community's language; whoever wants to come reacts to it."""
    return type(context.t)(context.community.settings.language)("circles-invitation", size=circle["size"])
