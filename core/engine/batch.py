"""Loads what a batch of events needs in a few queries, and writes what it did in a few more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.domain.bridges import called, is_bridge, unbridged
from core.domain.events import EMOJI_LIMIT, Event, MessageSent, addressed
from core.domain.kinds import Kind, kind_of
from core.domain.people import Account, Consent, Member
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

    def happening(self, event: Event) -> Happening:
        """Return where an event happened and to whom; nothing may react where who did it asked to be left out."""
        account, target = self.people.account(event, event.actor), self.people.target(event)
        return Happening(
            self.now,
            self.places.community(event),
            self.places.space(event),
            self.places.room(event),
            account,
            None if account is None else self.people.member(account),
            target,
            None if target is None else self.people.member(target),
            self.books,
            event.key,
        )

    async def close(self) -> None:
        """Write members, and who came and went."""
        await self.unit.members.save(self.people.changed.values())
        await self.whereabouts.write()


def interactions_of(
    people: People, here: Happening, event: Event, import_id: int | None = None
) -> Iterator[Interaction]:
    """Yield what is kept of an event that happened `here`: the rows to be written."""
    left_out = here.left_out
    actor = None if here.account is None or left_out else here.account.id
    row = Interaction(
        event.platform,
        event.key,
        here.community.id,
        here.space.id,
        kind_of(event),
        event.at,
        None if here.room is None else here.room.id,
        actor,
        None if left_out else _named(here.target, here.target_member),
        addressed(event),
        getattr(event, "count", 1),
        getattr(event, "source", None),
        import_id,
        emoji[:EMOJI_LIMIT] if (emoji := getattr(event, "emoji", None)) else None,
    )
    yield row
    if left_out or not isinstance(event, MessageSent):
        return
    for place, person in enumerate(event.mentions):
        mentioned = people.account(event, person)
        member = None if mentioned is None else people.member(mentioned)
        if member is not None and member.consent is Consent.OUT:
            continue
        yield replace(
            row,
            event_key=f"{event.key}#{place}",
            kind=Kind.MENTION,
            target_account_id=_named(mentioned, member),
            message_key=None,
            amount=1,
            source=None,
            emoji=None,
        )


def _named(account: Account | None, member: Member | None) -> int | None:
    return None if account is None or member is None or member.consent is Consent.OUT else account.id
