"""Loads what a batch of events needs in a few queries, and writes what it did in a few more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.domain.bridges import called, is_bridge, unbridged
from core.domain.events import EMOJI_LIMIT, Event, MessageSent, addressed
from core.domain.kinds import Kind, kind_of
from core.domain.people import Consent
from core.engine.erased import without_erased
from core.engine.people import People
from core.engine.places import Places
from core.engine.remains import Remains
from core.engine.whereabouts import Whereabouts
from core.kit.happening import Books, Happening
from core.store.interactions import Interaction
from core.store.unit import UnitOfWork


@dataclass(slots=True)
class Batch:
    """The working set of one platform's events: where, who, and what remains of what they are about."""

    unit: UnitOfWork
    platform: str
    now: datetime
    erasure_hash: Callable[[str, str], str]
    history: bool = False  # brought in afterwards: points are given later
    books: Books = field(default_factory=Books)
    places: Places = field(init=False)
    people: People = field(init=False)
    whereabouts: Whereabouts = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.unit, self.platform, self.now)
        self.people = People(self.unit, self.platform, self.places, self.books, self.history)
        self.whereabouts = Whereabouts(self.unit, self.places, self.people)

    async def load(self, events: Sequence[Event]) -> list[Event]:
        """Load what `events` need, and return those that are new and change something, in their order."""
        await self.places.load(events)
        if not self.history:
            spoken = ((event, getattr(event, "spoken", None)) for event in events)
            events = [await self._unbridged(event) if said else event for event, said in spoken]
        known = await self.people.known(events)
        fresh = list({event.key: event for event in reversed(events) if event.key not in known}.values())[::-1]
        if fresh and self.places.rarities.erased:
            fresh = await without_erased(self.unit, self.places, self.people, self.erasure_hash, fresh)
        fresh = await Remains(self.history).follow(self.unit.interactions, self.platform, fresh)
        await self.places.load_rooms(fresh)
        await self.people.load(fresh)
        if not self.history:
            await self.whereabouts.load(fresh)
        return fresh

    async def _unbridged(self, event: Event) -> Event:
        """Let people behind a bridge bot speak for themselves where the owner wants it; else note that there is one."""
        if event.actor is None or not event.actor.bot:
            return event
        community = self.places.community(event)
        settings = called(community.settings, event)
        bridge = is_bridge(settings, event)
        if bridge and settings.bridges == "open" and not settings.bridge:
            settings = replace(settings, bridge=event.actor.name or event.actor.id)
        if settings != community.settings:
            community.settings = settings
            await self.unit.communities.save(community)
        return unbridged(event) if bridge and settings.bridges == "each" else event

    def happening(self, event: Event) -> Happening | None:
        """Return where an event happened and to whom, None where nobody may react: the actor asked to be left out."""
        space = self.places.space(event)
        account = self.people.account(event, event.actor)
        member = self.people.member(account) if account else None
        if member is not None and member.consent is Consent.OUT:
            return None
        target = self.people.target(event)
        return Happening(
            self.now,
            self.places.community(event),
            space,
            self.places.room(event),
            account,
            member,
            target,
            self.people.member(target) if target else None,
            self.books,
            event.key,
        )

    async def close(self) -> None:
        """Write members, and who came and went."""
        await self.unit.members.save(self.people.changed.values())
        await self.whereabouts.write()


def interactions_of(batch: Batch, event: Event, import_id: int | None = None) -> list[Interaction]:
    """Return what is kept of an event: the rows to be written."""
    space = batch.places.space(event)
    actor = batch.people.account(event, event.actor)
    silent = actor is not None and batch.people.member(actor).consent is Consent.OUT
    target = batch.people.target(event)
    if target is not None and batch.people.member(target).consent is Consent.OUT:
        target = None
    room = batch.places.room(event)
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
            mentioned = batch.people.account(event, person)
            if mentioned is not None and batch.people.member(mentioned).consent is Consent.OUT:
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
