"""Loads what a batch of events needs in a few queries, and writes what it did in a few more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.domain.bridges import called, is_bridge, unbridged
from core.domain.community import Community, Room, Settings, Space
from core.domain.events import (
    EMOJI_LIMIT,
    Asked,
    CommandCalled,
    Event,
    MemberJoined,
    MessageDeleted,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCleared,
    ReactionsCounted,
    RoomDeleted,
    RoomNamed,
    RoomsListed,
    SpaceMigrated,
    SpaceOpened,
    message_key,
)
from core.domain.kinds import Kind, kind_of
from core.domain.people import Account, Consent, Member, Person, Rights
from core.domain.presence import Presence, presence_after
from core.engine.remains import Remains
from core.kit.happening import Books, Happening
from core.kit.joining import take_in
from core.store.interactions import Interaction
from core.store.members import Newcomer
from core.store.presences import Place
from core.store.unit import UnitOfWork


@dataclass(slots=True)
class Batch:
    """The working set of one platform's events: who and where, by what the platform calls them."""

    unit: UnitOfWork
    platform: str
    now: datetime
    erasure_hash: Callable[[str, str], str]
    history: bool = False  # brought in afterwards: names are older than ours, targets resolved and points given later
    books: Books = field(default_factory=Books)
    communities: dict[int, Community] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    rooms: dict[tuple[int, str], Room] = field(default_factory=dict)
    accounts: dict[tuple[int, str], Account] = field(default_factory=dict)
    writers: dict[str, int] = field(default_factory=dict)
    said: dict[str, Person] = field(default_factory=dict)
    changed: dict[int, Member] = field(default_factory=dict)
    remains: Remains = field(default_factory=Remains)
    handles: dict[str, str] = field(default_factory=dict)  # whose each is, as last seen
    presences: dict[Place, Presence] = field(default_factory=dict)
    moved: set[Place] = field(default_factory=set)  # whose presence this batch changes
    came: set[Place] = field(default_factory=set)  # who came in, or came back, with this batch
    gone: set[tuple[int, str]] = field(default_factory=set)  # whom nobody but they themselves may bring back
    _targets: dict[str, Account | None] = field(default_factory=dict)

    async def load(self, events: Sequence[Event]) -> list[Event]:
        """Load what `events` need, and return those that are new and change something, in their order."""
        self.remains.history = self.history
        await self._load_spaces(events)
        await self.unit.lock(*{space.community_id for space in self.spaces.values()})
        ids = {space.community_id for space in self.spaces.values()}
        self.communities = await self.unit.communities.many(ids)
        if not self.history:
            spoken = ((event, getattr(event, "spoken", None)) for event in events)
            events = [await self._unbridged(event) if said else event for event, said in spoken]
        known = await self._load_writers(events)
        fresh = list({event.key: event for event in reversed(events) if event.key not in known}.values())[::-1]
        if fresh and await self.unit.erasure.any():
            fresh = await self._without_erased(fresh)
        fresh = await self.remains.follow(self.unit.interactions, self.platform, fresh)
        for event in fresh:
            if isinstance(event, RoomsListed):
                await self._miss_rooms(event)
        await self._load_rooms(fresh)
        await self._load_people(fresh)
        if not self.history:
            await self._load_presences(fresh)
        return fresh

    async def _unbridged(self, event: Event) -> Event:
        """Let people behind a bridge bot speak for themselves where the owner wants it; else note that there is one."""
        if event.actor is None or not event.actor.bot:
            return event
        community = self.communities[self.spaces[event.space].community_id]
        settings = called(community.settings, event)
        bridge = is_bridge(settings, event)
        if bridge and settings.bridges == "open" and not settings.bridge:
            settings = replace(settings, bridge=event.actor.name or event.actor.id)
        if settings != community.settings:
            community.settings = settings
            await self.unit.communities.save(community)
        return unbridged(event) if bridge and settings.bridges == "each" else event

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

    async def _without_erased(self, events: list[Event]) -> list[Event]:
        """Leave out what erased people did before they asked for it, and their names in what others did since."""
        everyone = {person.id for event in events for person in people_of(event)}
        people = {self.erasure_hash(self.platform, each): each for each in everyone}
        erased = await self.unit.erasure.erased(people, self.communities)
        gone: dict[int, dict[str, datetime]] = defaultdict(dict)
        for (hashed, community_id), at in erased.items():
            gone[community_id][people[hashed]] = at
            self.gone.add((community_id, people[hashed]))
        left: list[Event] = []
        for event in events:
            here = gone.get(self.spaces[event.space].community_id, {})
            silent = {each for each, at in here.items() if event.at <= at}
            if event.actor is None or event.actor.id not in silent:
                left.append(without_people(event, silent))
        return left

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

    async def _load_writers(self, events: Sequence[Event]) -> Collection[str]:
        """Look up who wrote what is answered or reacted to, and return the keys of events that came before."""
        parents = set() if self.history else {key for event in events if (key := addressed(event)) is not None}
        found = await self.unit.interactions.authors(self.platform, {event.key for event in events} | parents)
        if not self.history:
            self.writers = {key: writer for key in parents if (writer := found.get(key)) is not None}
            # A message may be answered in the batch that brings it.
            self.said = {e.key: e.actor for e in events if isinstance(e, MessageSent) and e.actor is not None}
        return found

    async def _load_people(self, events: Sequence[Event]) -> None:
        people: dict[int, dict[str, Person]] = defaultdict(dict)
        joined: dict[tuple[int, str], datetime] = {}
        for event in events:
            community_id = self.spaces[event.space].community_id
            for person in people_of(event):
                self._meet(people[community_id], person)
            if isinstance(event, MemberJoined) and event.actor:
                joined[community_id, event.actor.id] = event.at
        if people:
            self.accounts, self.books.members = await self.unit.members.find_owned(self.platform, people)
            self._leave_gone(events, people)
            await self._enrol(people, joined)
        self.books.accounts = {account.id: account for account in self.accounts.values()}
        if missing := set(self.writers.values()) - self.books.accounts.keys():
            theirs, owners = await self.unit.members.accounts_owned(missing)
            self.books.accounts |= {account.id: account for account in theirs}
            self.books.members = owners | self.books.members
        if not self.history:
            await self._rename(people)

    def _meet(self, some: dict[str, Person], person: Person) -> None:
        """Keep who somebody is: as last seen, where that isn't from memory."""
        newer = bool(person.name) and not person.remembered and not self.history
        if newer or person.id not in some:
            some[person.id] = person
        if person.username and not person.remembered:
            self.handles[person.username] = person.id

    async def _load_presences(self, events: Sequence[Event]) -> None:
        acting = {account.id for event in events if (account := self.account(event, event.actor)) is not None}
        if acting:
            self.presences = await self.unit.presences.of(acting)

    def note(self, event: Event) -> None:
        """Keep who is where: coming, leaving, and what only those do who are there."""
        account = self.account(event, event.actor)
        if account is None or account.bot or account.behind_bridge:
            return
        member = self.books.members[account.member_id]
        if member.consent is Consent.OUT:
            return
        place = (account.id, self.spaces[event.space].id)
        if isinstance(event, MemberJoined):
            self.came.add(place)
            if member.joined_at is None:
                member.joined_at = event.at
                self.changed[member.id] = member
        # Asked in a direct chat, a platform speaks of every space of the community.
        gone = isinstance(event, Asked) and event.direct and event.rights is Rights.ABSENT
        for each in {place, *(other for other in self.presences if gone and other[0] == account.id)}:
            known = self.presences.get(each)
            now = presence_after(known, event)
            if known is not None and known.left_at is not None and now is not None and now.left_at is None:
                self.came.add(each)
            if now is not None and now != known:
                self.presences[each] = now
                self.moved.add(each)

    async def _move(self) -> None:
        """Write who came and went, and who is gone with it; whoever comes wears nothing of Kith's any more."""
        if self.moved:
            owners = {each: self.books.members[self.books.accounts[each].member_id] for each, _ in self.moved}
            homes = {each: member.community_id for each, member in owners.items()}
            await self.unit.presences.save({place: self.presences[place] for place in self.moved}, homes)
            await self.unit.presences.settle({member.id for member in owners.values()})
        if self.came:
            await self.unit.followings.void(self.came)

    def _leave_gone(self, events: Sequence[Event], people: dict[int, dict[str, Person]]) -> None:
        """Leave out erased people whom others name, unless they came back by something of their own."""
        if not self.gone:
            return
        back = {(self.spaces[e.space].community_id, e.actor.id) for e in events if e.actor is not None}
        for community_id, each in self.gone - back - self.accounts.keys():
            people.get(community_id, {}).pop(each, None)

    async def _enrol(self, people: dict[int, dict[str, Person]], joined: dict[tuple[int, str], datetime]) -> None:
        newcomers = [
            Newcomer(
                community_id,
                self.platform,
                person,
                self.communities[community_id].settings.starts_with(self.platform, person),
                joined.get((community_id, person.id)),
            )
            for community_id, some in people.items()
            for person in some.values()
            if (community_id, person.id) not in self.accounts
        ]
        for new, (account, member) in zip(newcomers, await self.unit.members.enrol(newcomers), strict=True):
            self.accounts[new.community_id, new.person.id] = account
            self.books.members[member.id] = member
        await self._free_handles([new.person for new in newcomers])

    async def _rename(self, people: dict[int, dict[str, Person]]) -> None:
        changed = []
        for community_id, some in people.items():
            for person in some.values():
                account = self.accounts[community_id, person.id]
                tidy = person.name and (person.name != account.name or person.username != account.username)
                known = self.books.members[account.member_id].consent is not Consent.OUT
                if tidy and known and not person.remembered:
                    changed.append((account.id, person))
        await self.unit.members.rename(changed)
        await self._free_handles([person for _, person in changed])

    async def _free_handles(self, people: Iterable[Person]) -> None:
        """Let nobody else have the handles with which these people were seen."""
        owners = {each: self.handles[each] for person in people if (each := person.username or "") in self.handles}
        if owners and not self.history:
            await self.unit.members.free_handles(self.platform, owners)

    def account(self, event: Event, person: Person | None) -> Account | None:
        """Return the account of a person in the community where `event` happened."""
        if person is None:
            return None
        return self.accounts.get((self.spaces[event.space].community_id, person.id))

    def target(self, event: Event) -> Account | None:
        """Return whom `event` addresses: the writer of the message it answers or reacts to."""
        if event.key not in self._targets:
            self._targets[event.key] = self._writer(event)
        return self._targets[event.key]

    def _writer(self, event: Event) -> Account | None:
        key = addressed(event)
        if key is None:
            return None
        writer = self.books.accounts.get(self.writers.get(key, 0))
        if writer is not None:
            here = self.spaces[event.space].community_id
            return writer if self.books.members[writer.member_id].community_id == here else None
        named = getattr(event, "reply_author", None) or getattr(event, "author", None) or self.said.get(key)
        return self.account(event, named)

    def happening(self, event: Event) -> Happening | None:
        """Return where an event happened and to whom, None where nobody may react: the actor asked to be left out."""
        space = self.spaces[event.space]
        account = self.account(event, event.actor)
        member = self.books.members[account.member_id] if account else None
        if member is not None and member.consent is Consent.OUT:
            return None
        target = self.target(event)
        return Happening(
            self.now,
            self.communities[space.community_id],
            space,
            self.rooms.get((space.id, event.room)) if event.room else None,
            account,
            member,
            target,
            self.books.members[target.member_id] if target else None,
            self.books,
            event.key,
        )

    async def close(self) -> None:
        """Write members, and who came and went."""
        await self.unit.members.save(self.changed.values())
        await self._move()


def _told(room: Room, event: RoomNamed | RoomDeleted) -> bool:
    """Let a room be as an event tells, and say whether that is another way than before."""
    before = (room.name, room.parent, room.thread, room.gone)
    room.gone = isinstance(event, RoomDeleted)
    if isinstance(event, RoomNamed):
        room.name = room.name if event.first and room.name else event.name
        room.parent, room.thread = event.parent, event.thread
    return before != (room.name, room.parent, room.thread, room.gone)


def addressed(event: Event) -> str | None:
    """Return the key of the message that an event answers or reacts to."""
    if isinstance(event, MessageSent):
        return None if event.reply_to is None else message_key(event.reply_to)
    if isinstance(event, ReactionAdded | ReactionRemoved | ReactionsCleared | ReactionsCounted | MessageDeleted):
        return message_key(event.message)
    return None


def without_people(event: Event, ids: set[str]) -> Event:
    """Return `event` without the people of these ids whom it names, its actor aside."""
    if not ids or not any(person.id in ids for person in people_of(event)):
        return event
    changes: dict[str, Any] = {}
    for name in ("author", "reply_author"):
        person = getattr(event, name, None)
        if person is not None and person.id in ids:
            changes[name] = None
    if isinstance(event, MessageSent):
        changes["mentions"] = tuple(person for person in event.mentions if person.id not in ids)
    elif isinstance(event, CommandCalled):
        changes["mentions"] = {word: person for word, person in event.mentions.items() if person.id not in ids}
    return replace(event, **changes)


def people_of(event: Event) -> list[Person]:
    """Return everyone whom an event names, the actor first."""
    people = [] if event.actor is None else [event.actor]
    if isinstance(event, MessageSent):
        people += event.mentions
        if event.reply_author is not None:
            people.append(event.reply_author)
    elif isinstance(event, ReactionAdded | ReactionsCounted) and event.author is not None:
        people.append(event.author)
    elif isinstance(event, CommandCalled):
        people += event.mentions.values()
        if event.reply_author is not None:
            people.append(event.reply_author)
    return people


def interactions_of(batch: Batch, event: Event, import_id: int | None = None) -> list[Interaction]:
    """Return what is kept of an event: the rows to be written."""
    space = batch.spaces[event.space]
    actor = batch.account(event, event.actor)
    silent = actor is not None and batch.books.members[actor.member_id].consent is Consent.OUT
    target = batch.target(event)
    if target is not None and batch.books.members[target.member_id].consent is Consent.OUT:
        target = None
    room = batch.rooms.get((space.id, event.room)) if event.room else None
    row = Interaction(
        batch.platform,
        event.key,
        space.community_id,
        space.id,
        kind_of(event),
        event.at,
        None if room is None else room.id,
        None if actor is None or silent else actor.id,
        None if target is None or silent else target.id,
        addressed(event),
        getattr(event, "count", 1),
        getattr(event, "source", None),
        import_id,
        emoji[:EMOJI_LIMIT] if (emoji := getattr(event, "emoji", None)) else None,
    )
    rows = [row]
    if isinstance(event, MessageSent) and not silent:
        for place, person in enumerate(event.mentions):
            mentioned = batch.account(event, person)
            if mentioned is not None and batch.books.members[mentioned.member_id].consent is Consent.OUT:
                continue
            rows.append(
                Interaction(
                    batch.platform,
                    f"{event.key}#{place}",
                    space.community_id,
                    space.id,
                    Kind.MENTION,
                    event.at,
                    row.room_id,
                    row.account_id,
                    None if mentioned is None else mentioned.id,
                    None,
                    import_id=import_id,
                )
            )
    return rows
