"""Who is where while a batch goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.domain.events import Asked, Event, MemberJoined, MemberLeft
from core.domain.people import Account, Member, Rights
from core.domain.presence import Presence, presence_after
from core.engine.people import People
from core.engine.places import Places
from core.kit.happening import Happening
from core.store.presences import Place
from core.store.unit import UnitOfWork

_TELLING = (MemberJoined, MemberLeft, Asked)  # of presence itself; by anything else somebody may just be there


@dataclass(slots=True)
class Whereabouts:
    """In which spaces the people of a batch are, and what of that it changes."""

    unit: UnitOfWork
    places: Places
    people: People
    _presences: dict[Place, Presence] = field(default_factory=dict)
    _moved: set[Place] = field(default_factory=set)  # whose presence this batch changes
    _came: set[Place] = field(default_factory=set)  # who came in, or came back, with this batch
    _unsettled: set[int] = field(default_factory=set)  # members who may be gone by it, or back
    _steady: set[Place] = field(default_factory=set)  # who is there, as whatever they do says too
    _places: dict[int, set[Place]] = field(default_factory=dict)  # where those are who leave a place, by member

    async def load(self, events: Sequence[Event]) -> None:
        """Look up where those are who do something."""
        acting = self._acting(events)
        if not acting:
            return
        telling = self._acting([event for event in events if isinstance(event, _TELLING)])
        leaving = self._acting([event for event in events if _leaves(event)])
        if leaving:
            self._places = await self.unit.presences.places({account.member_id for account in leaving.values()})
        for account_id, space_id, joined, left in self.people.there:
            if account_id not in acting:
                continue
            if left is None and account_id not in telling and self._stays(acting[account_id]):
                self._steady.add((account_id, space_id))
            else:
                self._presences[account_id, space_id] = Presence(joined, left)

    def note(self, here: Happening, event: Event) -> None:
        """Keep who is where: coming, leaving, and what only those do who are there."""
        account, member, space = here.account, here.member, here.space
        if account is None or member is None:
            return
        place = (account.id, space.id)
        if place in self._steady or account.bot or account.behind_bridge:
            return
        if here.left_out:
            return
        if isinstance(event, MemberJoined):
            self._came.add(place)
            if member.joined_at is None:
                member.joined_at = event.at
                self.people.changed[member.id] = member
        if space.closed:
            self._unsettled.add(member.id)
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
            if now is not None:
                self._follow(member, each, now)

    def _acting(self, events: Sequence[Event]) -> dict[int, Account]:
        found = (self.people.account(event, event.actor) for event in events)
        return {account.id: account for account in found if account is not None}

    def _stays(self, account: Account) -> bool:
        """Say whether somebody is here and doesn't leave with this batch."""
        member = self.people.member(account)
        return member.left_at is None and member.id not in self._places

    def _follow(self, member: Member, place: Place, now: Presence) -> None:
        """Let the rest of the batch know whether somebody is there: who left earns no more by what others do."""
        places = self._places.get(member.id)
        if now.left_at is not None or member.left_at is not None:
            self._unsettled.add(member.id)
        if now.left_at is None:
            member.left_at = None
        if places is None:
            return
        (places.add if now.left_at is None else places.discard)(place)
        if not places:
            member.left_at = now.left_at

    async def write(self) -> None:
        """Write who came and went, and who is gone with it; whoever comes wears nothing of Kith's any more."""
        if self._moved:
            owners = {each: self.people.member(self.people.books.accounts[each]) for each, _ in self._moved}
            homes = {each: member.community_id for each, member in owners.items()}
            await self.unit.presences.save({place: self._presences[place] for place in self._moved}, homes)
            if unsettled := self._unsettled & {member.id for member in owners.values()}:
                await self.unit.presences.settle(unsettled)
        if self._came:
            await self.unit.role_grants.void(self._came)


def _leaves(event: Event) -> bool:
    return isinstance(event, MemberLeft) or (isinstance(event, Asked) and event.rights is Rights.ABSENT)
