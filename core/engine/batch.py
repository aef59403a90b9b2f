"""Loads what a batch of events needs in a few queries, and writes what it did in a few more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from core.domain.bridges import called, is_bridge, unbridged
from core.domain.clock import local_day
from core.domain.community import Community, Room, Settings, Space
from core.domain.events import (
    ButtonPressed,
    CommandCalled,
    Event,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCounted,
    RoomNamed,
    SpaceMigrated,
    SpaceOpened,
    VoiceLeft,
    message_key,
)
from core.domain.people import Account, Consent, Member, Person
from core.domain.points import Entry, LevelReached, Reason, level_of
from core.kit.context import Books
from core.kit.joining import take_in
from core.store.interactions import Interaction
from core.store.ledger import Booked
from core.store.members import Newcomer, Reward
from core.store.unit import UnitOfWork

CAPPED = (Reason.REPLY, Reason.REACTION)
KINDS: dict[type[Event], str] = {
    MessageSent: "message",
    MessageDeleted: "deleted",
    ReactionAdded: "reaction",
    ReactionRemoved: "unreaction",
    ReactionsCounted: "reactions",
    MemberJoined: "joined",
    MemberLeft: "left",
    VoiceLeft: "voice",
    CommandCalled: "command",
    ButtonPressed: "command",
}


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
    gone: set[str] = field(default_factory=set)  # whom nobody but they themselves may bring back
    _targets: dict[str, Account | None] = field(default_factory=dict)

    async def load(self, events: Sequence[Event]) -> list[Event]:
        """Load what `events` need, and return those that are new, in their order."""
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
        await self._load_rooms(fresh)
        await self._load_people(fresh)
        if not self.history:
            await self._load_tally(fresh)
            await self._load_deleted(fresh)
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
            await take_in(self.unit, theirs, ours)
        elif theirs != ours and len(await self.unit.communities.spaces_of(ours)) == 1:
            await take_in(self.unit, ours, theirs)  # its owner let the new id join another community meanwhile
            moved.community_id = theirs
        await self.unit.joining.fold(other.id, moved.id)

    async def _without_erased(self, events: list[Event]) -> list[Event]:
        """Leave out what erased people did before they asked for it, and their names in what others did since."""
        everyone = {person.id for event in events for person in people_of(event)}
        hashes = {each: self.erasure_hash(self.platform, each) for each in everyone}
        erased = await self.unit.erasure.erased(hashes.values())
        gone = {each: erased[hashed] for each, hashed in hashes.items() if hashed in erased}
        self.gone = set(gone)
        kept = [e for e in events if e.actor is None or e.actor.id not in gone or e.at > gone[e.actor.id]]
        return [without_people(e, {each for each, at in gone.items() if e.at <= at}) for e in kept]

    async def _load_rooms(self, events: Sequence[Event]) -> None:
        named = {(e.space, e.room): e.name for e in events if isinstance(e, RoomNamed) and e.room}
        wanted = {
            (self.spaces[e.space].id, e.room): named.get((e.space, e.room), "") for e in events if e.room is not None
        }
        if not wanted:
            return
        space_ids, names = {space_id for space_id, _ in wanted}, {room for _, room in wanted}
        self.rooms = await self.unit.communities.rooms(space_ids, names)
        missing = {key: name for key, name in wanted.items() if key not in self.rooms}
        if missing:
            self.rooms |= await self.unit.communities.add_rooms(missing)
        for key, name in wanted.items():
            if name and self.rooms[key].name != name:
                self.rooms[key].name = name
                await self.unit.communities.save_room(self.rooms[key])

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
                people[community_id].setdefault(person.id, person)
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

    def _leave_gone(self, events: Sequence[Event], people: dict[int, dict[str, Person]]) -> None:
        """Leave out erased people whom others name, unless they came back by something of their own."""
        if not self.gone:
            return
        back = {event.actor.id for event in events if event.actor is not None}
        for community_id, some in people.items():
            for each in self.gone - back:
                if (community_id, each) not in self.accounts:
                    some.pop(each, None)

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

    async def _rename(self, people: dict[int, dict[str, Person]]) -> None:
        changed = []
        for community_id, some in people.items():
            for person in some.values():
                account = self.accounts[community_id, person.id]
                tidy = person.name and (person.name != account.name or person.username != account.username)
                if tidy and self.books.members[account.member_id].consent is not Consent.OUT:
                    changed.append((account.id, person))
        await self.unit.members.rename(changed)

    async def _load_deleted(self, events: Sequence[Event]) -> None:
        keys = {message_key(e.message) for e in events if isinstance(e, MessageDeleted)}
        for row in await self.unit.interactions.with_keys(self.platform, keys) if keys else ():
            if row.account_id is not None and row.target_account_id is not None:
                reply = (row.account_id, row.target_account_id, row.at)
                self.books.replies.setdefault(row.event_key, []).append(reply)

    async def _load_tally(self, events: Sequence[Event]) -> None:
        """Count what capped reasons gave the people addressed, by the community's day."""
        times = [e.at for e in events if isinstance(e, MessageSent | ReactionAdded)]
        targets = {t.id: e for e in events if (t := self.target(e)) is not None}
        if not times or not targets:
            return
        since = min(times) - timedelta(days=1)
        for account_id, reason, at in await self.unit.ledger.tally(targets, CAPPED, since):
            zone = self.communities[self.spaces[targets[account_id].space].community_id].settings.timezone
            place = (account_id, reason, local_day(at, zone).isoformat())
            self.books.tally[place] = self.books.tally.get(place, 0) + 1

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

    async def close(self) -> list[tuple[LevelReached, Entry]]:
        """Write members, entries and balances; return the levels that were reached on the way."""
        await self.unit.members.save(self.changed.values())
        entries = await self._bookable()
        entries += await self._taken_back(entries)
        await self.unit.ledger.add(entries)
        moved: dict[int, list[int]] = {}
        reached: list[tuple[LevelReached, Entry]] = []
        for _, entry in entries:
            self._apply(entry, moved, reached)
        await self.unit.members.save_rewards(
            [
                Reward(member_id, balance, earned, member.level, member.rewarded_at)
                for member_id, (balance, earned) in sorted(moved.items())
                for member in (self.books.members[member_id],)
            ]
        )
        return reached

    async def _bookable(self) -> list[tuple[int, Entry]]:
        """Return what was offered and isn't booked yet, as (community, entry)."""
        offered = self.books.entries
        doubtful = {place: [entry.key for entry, doubt in some if doubt] for place, some in offered.items()}
        booked = await self.unit.ledger.known(doubtful)
        return [
            (place, entry)
            for place, some in offered.items()
            for entry, doubt in some
            if not (doubt and (place, entry.key) in booked)
        ]

    async def _taken_back(self, new: Sequence[tuple[int, Entry]]) -> list[tuple[int, Entry]]:
        wanted = {(place, key): at for place, some in self.books.reversals.items() for key, at in some}
        if not wanted:
            return []
        gone = await self.unit.ledger.known(
            {place: [f"undo:{key}" for key, _ in some] for place, some in self.books.reversals.items()}
        )
        booked: dict[tuple[int, str], Booked] = {}
        for place, some in self.books.reversals.items():
            found = await self.unit.ledger.with_keys(place, [key for key, _ in some])
            booked |= {(place, key): entry for key, entry in found.items()}
        here = {(place, entry.key): entry for place, entry in new}
        back: list[tuple[int, Entry]] = []
        for (place, key), at in wanted.items():
            original = booked.get((place, key)) or here.get((place, key))
            if original is not None and (place, f"undo:{key}") not in gone:
                owner = await self._owner(original.account_id)
                reverses = booked[place, key].id if (place, key) in booked else None
                back.append((place, reversal(original, owner.balance, at, reverses)))
        return back

    async def _owner(self, account_id: int) -> Member:
        if account_id not in self.books.accounts:
            account = await self.unit.members.account(account_id)
            self.books.accounts[account_id] = account
            if account.member_id not in self.books.members:
                self.books.members[account.member_id] = await self.unit.members.get(account.member_id)
        return self.books.members[self.books.accounts[account_id].member_id]

    def _apply(self, entry: Entry, moved: dict[int, list[int]], reached: list[tuple[LevelReached, Entry]]) -> None:
        account = self.books.accounts[entry.account_id]
        member = self.books.members[account.member_id]
        sums = moved.setdefault(member.id, [0, 0])
        sums[0] += entry.amount
        sums[1] += entry.earned
        member.balance += entry.amount
        member.earned += entry.earned
        level = level_of(member.earned)
        if level > member.level:
            reached.append((LevelReached(account, member, member.level, level), entry))
        member.level = level


def reversal(original: Booked | Entry, balance: int, at: datetime, reverses_id: int | None) -> Entry:
    """Return the entry that takes `original` back, as far as the balance reaches."""
    return Entry(
        original.account_id,
        -min(original.amount, max(balance, 0)),
        Reason.REVERSAL,
        f"undo:{original.key}",
        at,
        earned=-original.earned,
        reverses_id=reverses_id,
    )


def addressed(event: Event) -> str | None:
    """Return the key of the message that an event answers or reacts to."""
    if isinstance(event, MessageSent):
        return None if event.reply_to is None else message_key(event.reply_to)
    if isinstance(event, ReactionAdded | ReactionRemoved | ReactionsCounted | MessageDeleted):
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
    kind = KINDS.get(type(event), "system")
    if isinstance(event, MessageSent) and event.is_reply:
        kind = "reply"
    room = batch.rooms.get((space.id, event.room)) if event.room else None
    row = Interaction(
        batch.platform,
        event.key,
        space.community_id,
        space.id,
        kind,
        event.at,
        None if room is None else room.id,
        None if actor is None or silent else actor.id,
        None if target is None or silent else target.id,
        addressed(event),
        getattr(event, "count", 1),
        getattr(event, "source", None),
        import_id,
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
                    "mention",
                    event.at,
                    row.room_id,
                    row.account_id,
                    None if mentioned is None else mentioned.id,
                    None,
                    import_id=import_id,
                )
            )
    return rows
