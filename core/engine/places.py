"""Where a batch happens: its spaces, rooms and communities, found or added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.community import Community, Room, Settings, Space
from core.domain.events import (
    Event,
    GapFound,
    RoomDeleted,
    RoomNamed,
    RoomsListed,
    SpaceClosed,
    SpaceMigrated,
    SpaceOpened,
)
from core.kit.joining import take_in
from core.store.communities import Rarities
from core.store.unit import UnitOfWork


@dataclass(slots=True)
class Places:
    """The spaces of one platform's events by what it calls them, their rooms, and communities by id."""

    unit: UnitOfWork
    platform: str
    now: datetime
    communities: dict[int, Community] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    rooms: dict[tuple[int, str], Room] = field(default_factory=dict)
    rarities: Rarities = field(default_factory=Rarities)

    async def load(self, events: Sequence[Event]) -> None:
        """Find or add the spaces of `events`, and hold their communities."""
        await self._load_spaces(events)
        ids = {space.community_id for space in self.spaces.values()}
        await self.unit.lock(*ids)
        self.communities, self.rarities = await self.unit.communities.held(ids)

    def space(self, event: Event) -> Space:
        """Return the space where `event` happened."""
        return self.spaces[event.space]

    def community(self, event: Event) -> Community:
        """Return the community where `event` happened."""
        return self.communities[self.spaces[event.space].community_id]

    def room(self, event: Event) -> Room | None:
        """Return the room where `event` happened, if in one."""
        return self.rooms.get((self.spaces[event.space].id, event.room)) if event.room else None

    async def load_rooms(self, events: Sequence[Event]) -> None:
        """Find or add the rooms of `events`, and let them be as these tell."""
        for event in events:
            if isinstance(event, RoomsListed):
                await self._miss_rooms(event)
        await self._load_rooms(events)

    async def follow(self, events: Sequence[Event]) -> None:
        """Keep what `events` tell of spaces: opened, closed, or silent for a while."""
        for event in events:
            if isinstance(event, GapFound):
                await self.unit.communities.add_gap(self.space(event).id, event.since, event.at, event.what)
            elif isinstance(event, SpaceOpened | SpaceClosed):
                await self._follow(event)

    async def _follow(self, event: SpaceOpened | SpaceClosed) -> None:
        space, community = self.space(event), self.community(event)
        reopened = space.closed and isinstance(event, SpaceOpened)
        space.closed = isinstance(event, SpaceClosed)
        if isinstance(event, SpaceOpened):
            if community.name == space.external_id:
                community.name = event.title
                await self.unit.communities.save(community)
            space.title, space.kind = event.title, event.kind
        await self.unit.communities.save_space(space)
        if reopened:
            await self.unit.presences.settle_space(space.id)

    async def _load_spaces(self, events: Sequence[Event]) -> None:
        wanted = {event.space for event in events}
        self.spaces = await self.unit.communities.spaces(self.platform, wanted)
        titles = {event.space: event for event in events if isinstance(event, SpaceOpened)}
        for event in events:
            if isinstance(event, SpaceMigrated):
                await self._migrate(event, titles.get(event.to) or titles.get(event.space))
        for external_id in sorted(wanted - set(self.spaces)):
            self.spaces[external_id] = await self._found(external_id, titles.get(external_id))

    async def _found(self, external_id: str, opened: SpaceOpened | None) -> Space:
        """Open a space in a community of its own."""
        title = opened.title if opened else external_id
        community = await self.unit.communities.add(title, Settings(), self.now)
        return await self.unit.communities.open_space(
            community.id, self.platform, external_id, title, opened.kind if opened else "group", self.now
        )

    async def _migrate(self, event: SpaceMigrated, opened: SpaceOpened | None) -> None:
        """Let both ids lead to one space, whichever of the two was seen first."""
        known = self.spaces | await self.unit.communities.spaces(self.platform, [event.space, event.to])
        moved, other = known.get(event.space), known.get(event.to)
        if moved is None:
            moved = other or await self._found(event.to, opened)
            await self.unit.communities.alias(moved, event.space)
        elif other is None:
            moved.external_id = event.to
            await self.unit.communities.alias(moved, event.to)
            await self.unit.communities.save_space(moved)
        elif moved.id != other.id:
            await self._take_in(other, moved)
            moved.external_id = event.to
            await self.unit.communities.save_space(moved)
        for external_id, space in {**self.spaces, event.space: moved, event.to: moved}.items():
            if space.id in {moved.id, other.id if other else None}:
                self.spaces[external_id] = moved

    async def _take_in(self, other: Space, moved: Space) -> None:
        """Give the space that stays what came in under its new id before the move was told."""
        theirs, ours = other.community_id, moved.community_id
        if theirs != ours and len(await self.unit.communities.spaces_of(theirs)) == 1:
            await take_in(self.unit, theirs, ours, self.now)
        elif theirs != ours and len(await self.unit.communities.spaces_of(ours)) == 1:
            await take_in(
                self.unit, ours, theirs, self.now
            )  # its owner let the new id join another community meanwhile
            moved.community_id = theirs
        await self.unit.joining.fold(other.id, moved.id)

    async def _load_rooms(self, events: Sequence[Event]) -> None:
        wanted = {(self.spaces[e.space].id, e.room) for e in events if e.room is not None}
        if not wanted:
            return
        space_ids, names = {space_id for space_id, _ in wanted}, {room for _, room in wanted}
        self.rooms = await self.unit.communities.rooms(space_ids, names)
        missing = dict.fromkeys(sorted(wanted - self.rooms.keys()), "")
        if missing:
            self.rooms |= await self.unit.communities.add_rooms(missing)
        changed: dict[int, Room] = {}
        for event in events:
            if isinstance(event, RoomNamed | RoomDeleted) and event.room is not None:
                room = self.rooms[self.spaces[event.space].id, event.room]
                if _told(room, event):
                    changed[room.id] = room
        for room in changed.values():
            await self.unit.communities.save_room(room)
        if changed or missing:
            await self.unit.communities.place_rooms(self.rooms)

    async def _miss_rooms(self, event: RoomsListed) -> None:
        """Note the rooms that went while nobody listened."""
        known = await self.unit.communities.rooms([self.spaces[event.space].id])
        for room in known.values():
            if not room.thread and not room.gone and room.external_id not in event.rooms:
                room.gone = True
                await self.unit.communities.save_room(room)


def _told(room: Room, event: RoomNamed | RoomDeleted) -> bool:
    """Let a room be as an event tells, and say whether that is another way than before."""
    before = (room.name, room.parent, room.thread, room.gone)
    room.gone = isinstance(event, RoomDeleted)
    if isinstance(event, RoomNamed):
        room.name = room.name if event.first and room.name else event.name
        room.parent, room.thread = event.parent, event.thread
    return before != (room.name, room.parent, room.thread, room.gone)
