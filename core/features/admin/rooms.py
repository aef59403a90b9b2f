"""/rooms: where nothing gives points."""

from __future__ import annotations

from typing import Literal

from core.domain.community import Room, Space
from core.domain.errors import NotFound
from core.domain.message import Button, Reply
from core.kit import Audience, Context, command
from core.kit.words import turn_pages

PAGE = 8


@command(audience=Audience.OWNER, private=True, hidden=("room", "earns", "page"))
async def rooms(context: Context, room: int | None = None, earns: Literal["yes", "no"] = "yes", page: int = 1) -> Reply:
    """Choose the rooms that give no points."""
    spaces = {space.id: space for space in await context.unit.communities.spaces_of(context.community.id)}
    found = sorted(
        filter(_listed, (await context.unit.communities.rooms(spaces)).values()),
        key=lambda each: (spaces[each.space_id].title, each.name, each.id),
    )
    if room is not None:
        await _set(context, {each.id: each for each in found}, room, earns == "yes")
    if not found:
        return Reply(context.t("rooms-none"))
    pages = -(-len(found) // PAGE)
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    silent = sum(1 for each in found if not each.gives_points)
    rows = tuple((_button(context, spaces, each, page),) for each in shown)
    return Reply(
        context.t("rooms-title", silent=silent, count=len(found)),
        (*rows, *turn_pages(context, "rooms", page, pages)),
    )


def _listed(room: Room) -> bool:
    """Say whether there is something to decide: what is in a room without points follows that, a thread its room."""
    if room.deleted or room.inside is None:
        return not room.deleted
    return room.inside.gives_points and not (room.thread and room.earns)


async def _set(context: Context, known: dict[int, Room], room: int, earns: bool) -> None:
    if room not in known:
        raise NotFound("error-no-room")
    chosen = known[room]
    if chosen.earns != earns:
        chosen.earns = earns
        await context.unit.communities.save_room(chosen)
        await context.record("room", name=chosen.name, earns="yes" if earns else "no")


def _button(context: Context, spaces: dict[int, Space], room: Room, page: int) -> Button:
    # The button says what it leads to, not "the other": pressed twice it does no more than once.
    return context.button(
        _label(context, spaces, room), "rooms", room=room.id, earns="no" if room.earns else "yes", page=page
    )


def _label(context: Context, spaces: dict[int, Space], room: Room) -> str:
    name = f"#{room.name}" if room.name else context.t.plain("rooms-unnamed", id=room.external_id[-4:])
    if len(spaces) > 1:
        name = f"{name} · {spaces[room.space_id].title}"
    return f"{'✓' if room.gives_points else '✗'} {name}"[:64]
