"""Who is where while a batch goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.domain.events import Asked, Event, MemberJoined
from core.domain.people import Consent, Rights
from core.domain.presence import Presence, presence_after
from core.engine.people import People
from core.engine.places import Places
from core.store.presences import Place
from core.store.unit import UnitOfWork


@dataclass(slots=True)
class Whereabouts:
    """In which spaces the people of a batch are, and what of that it changes."""

    unit: UnitOfWork
    places: Places
    people: People
    _presences: dict[Place, Presence] = field(default_factory=dict)
    _moved: set[Place] = field(default_factory=set)  # whose presence this batch changes
    _came: set[Place] = field(default_factory=set)  # who came in, or came back, with this batch

    async def load(self, events: Sequence[Event]) -> None:
        """Look up where those are who do something."""
        acting = {account.id for event in events if (account := self.people.account(event, event.actor)) is not None}
        if acting:
            self._presences = await self.unit.presences.of(acting)

    def note(self, event: Event) -> None:
        """Keep who is where: coming, leaving, and what only those do who are there."""
        account = self.people.account(event, event.actor)
        if account is None or account.bot or account.behind_bridge:
            return
        member = self.people.member(account)
        if member.consent is Consent.OUT:
            return
        place = (account.id, self.places.space(event).id)
        if isinstance(event, MemberJoined):
            self._came.add(place)
            if member.joined_at is None:
                member.joined_at = event.at
                self.people.changed[member.id] = member
        # Asked in a direct chat, a platform speaks of every space of the community.
        gone = isinstance(event, Asked) and event.direct and event.rights is Rights.ABSENT
        everywhere = {other for other in self._presences if other[0] == account.id} if gone else ()
        for each in {place, *everywhere}:
            known = self._presences.get(each)
            now = presence_after(known, event)
            if known is not None and known.left_at is not None and now is not None and now.left_at is None:
                self._came.add(each)
            if now is not None and now != known:
                self._presences[each] = now
                self._moved.add(each)

    async def write(self) -> None:
        """Write who came and went, and who is gone with it; whoever comes wears nothing of Kith's any more."""
        if self._moved:
            owners = {each: self.people.member(self.people.books.accounts[each]) for each, _ in self._moved}
            homes = {each: member.community_id for each, member in owners.items()}
            await self.unit.presences.save({place: self._presences[place] for place in self._moved}, homes)
            await self.unit.presences.settle({member.id for member in owners.values()})
        if self._came:
            await self.unit.role_grants.void(self._came)
