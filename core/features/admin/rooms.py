"""/rooms: where nothing gives points."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Literal

from core.domain.community import Room, Space
from core.domain.errors import NotFound
from core.domain.message import Button, Reply
from core.domain.people import folded
from core.kit import Context, Rights, action, command
from core.kit.choices import back_to_setup
from core.kit.suggesting import Suggest, Suggestion
from core.kit.words import one_of, turn_pages

PAGE = 8


async def _rooms(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    spaces, found = await _found(context)
    names = [folded(each.name) for each in found]
    return [
        Suggestion(
            _label(context, spaces, each),
            # One of several with the same name is meant by what its platform calls it.
            each.name if each.name and names.count(folded(each.name)) == 1 else each.external_id,
            (each.name,),
        )
        for each in found
    ]


@command(rights=Rights.OWNER, private=True)
async def rooms(
    context: Context, name: Annotated[str, Suggest(_rooms)] | None = None, points: Literal["on", "off"] | None = None
) -> Reply:
    """Choose the rooms that give no points."""
    spaces, found = await _found(context)
    if name is not None:
        return await _named(context, spaces, found, name, points)
    return _page(context, spaces, found, 1, None)


@action(rights=Rights.OWNER, private=True, formerly=("rooms", "room"))
async def set_room(
    context: Context,
    room: int,
    earns: Literal["yes", "no"] = "yes",
    page: int = 1,
    origin: Literal["setup"] | None = None,
) -> Reply:
    """Let a room give points, or none."""
    spaces, found = await _found(context)
    await _set(context, {each.id: each for each in found}, room, earns == "yes")
    return _page(context, spaces, found, page, origin)


@action(rights=Rights.OWNER, private=True, formerly=("rooms", "page", "origin"))
async def rooms_page(context: Context, page: int = 1, origin: Literal["setup"] | None = None) -> Reply:
    """Show a page, with a way back where it was asked for from /setup."""
    return _page(context, *await _found(context), page, origin)


async def _found(context: Context) -> tuple[dict[int, Space], list[Room]]:
    """Return the community's spaces, and the rooms of which there is something to decide, in order."""
    spaces = {space.id: space for space in await context.unit.communities.spaces_of(context.community.id)}
    found = sorted(
        filter(_listed, (await context.unit.communities.rooms(spaces)).values()),
        key=lambda each: (spaces[each.space_id].title, each.name, each.id),
    )
    return spaces, found


def _page(context: Context, spaces: dict[int, Space], found: list[Room], page: int, origin: str | None) -> Reply:
    back = back_to_setup(context, origin)
    if not found:
        return Reply(context.t("rooms-none"), back)
    pages = -(-len(found) // PAGE)
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    silent = sum(1 for each in found if not each.gives_points)
    rows = one_of(context.t.plain("rooms-choose"), [_button(context, spaces, each, page, origin) for each in shown])
    return Reply(
        context.t("rooms-title", silent=silent, count=len(found)),
        (*rows, *turn_pages(context, rooms_page, page, pages, origin=origin), *back),
    )


def _listed(room: Room) -> bool:
    """Say whether there is something to decide: what is in a room without points follows that, a thread its room."""
    if room.deleted or room.inside is None:
        return not room.deleted
    return room.inside.gives_points and not (room.thread and room.earns)


async def _named(
    context: Context, spaces: dict[int, Space], found: list[Room], name: str, points: Literal["on", "off"] | None
) -> Reply:
    """Set the room that is called so; where several are, or nothing is to be set, show buttons for them."""
    wanted = folded(name.strip("<>").removeprefix("#"))
    known = {each.id: each for each in found}
    same = [each for each in found if wanted in (folded(each.name), each.external_id)]
    if not same:
        alike = get_close_matches(wanted, {folded(each.name) for each in found}, n=PAGE, cutoff=0.5)
        near = [_button(context, spaces, each, 1) for each in found if folded(each.name) in alike][:PAGE]
        return Reply(context.t("rooms-unknown", name=name[:64]), one_of(context.t.plain("rooms-choose"), near))
    if points is not None and len(same) == 1:
        await _set(context, known, same[0].id, points == "on")
    rows = one_of(context.t.plain("rooms-choose"), [_button(context, spaces, each, 1) for each in same[:PAGE]])
    key = "rooms-one" if len(same) == 1 else "rooms-which"
    return Reply(context.t(key, name=same[0].name, earns="yes" if same[0].earns else "no"), rows)


async def _set(context: Context, known: dict[int, Room], room: int, earns: bool) -> None:
    if room not in known:
        raise NotFound("error-no-room")
    chosen = known[room]
    if chosen.earns != earns:
        chosen.earns = earns
        await context.unit.communities.save_room(chosen)
        await context.record("room", name=chosen.name, earns="yes" if earns else "no")


def _button(context: Context, spaces: dict[int, Space], room: Room, page: int, origin: str | None = None) -> Button:
    # The button says what it leads to, not "the other": pressed twice it does no more than once.
    earns = "no" if room.earns else "yes"
    label = _label(context, spaces, room)
    return context.button(label, set_room, room=room.id, earns=earns, page=page, origin=origin)


def _label(context: Context, spaces: dict[int, Space], room: Room) -> str:
    name = f"#{room.name}" if room.name else context.t.plain("rooms-unnamed", id=room.external_id[-4:])
    if len(spaces) > 1:
        name = f"{name} · {spaces[room.space_id].title}"
    return f"{'✓' if room.gives_points else '✗'} {name}"[:64]
