"""Who takes part in a batch: accounts and members, found or added, and who wrote what it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.events import Event, MemberJoined, MessageSent, addressed, people_of
from core.domain.people import Account, Consent, Member, Person
from core.engine.places import Places
from core.kit.happening import Books
from core.store.members import Newcomer
from core.store.unit import UnitOfWork


@dataclass(slots=True)
class People:
    """The people of one platform's events by what it calls them; `books` hold their accounts and members by id."""

    unit: UnitOfWork
    platform: str
    places: Places
    books: Books
    history: bool  # brought in afterwards: names are older than ours, targets are resolved later
    accounts: dict[tuple[int, str], Account] = field(default_factory=dict)
    changed: dict[int, Member] = field(default_factory=dict)
    gone: set[tuple[int, str]] = field(default_factory=set)  # whom nobody but they themselves may bring back
    _writers: dict[str, int] = field(default_factory=dict)
    _said: dict[str, Person] = field(default_factory=dict)
    _handles: dict[str, str] = field(default_factory=dict)  # whose each is, as last seen
    _targets: dict[str, Account | None] = field(default_factory=dict)

    async def known(self, events: Sequence[Event]) -> Collection[str]:
        """Look up who wrote what is answered or reacted to, and return the keys of events that came before."""
        parents = set() if self.history else {key for event in events if (key := addressed(event)) is not None}
        found = await self.unit.interactions.authors(self.platform, {event.key for event in events} | parents)
        if not self.history:
            self._writers = {key: writer for key in parents if (writer := found.get(key)) is not None}
            # A message may be answered in the batch that brings it.
            self._said = {e.key: e.actor for e in events if isinstance(e, MessageSent) and e.actor is not None}
        return found

    async def load(self, events: Sequence[Event]) -> None:
        """Find or add everybody whom `events` name, and let them be called as they are now."""
        people: dict[int, dict[str, Person]] = defaultdict(dict)
        joined: dict[tuple[int, str], datetime] = {}
        for event in events:
            community_id = self.places.space(event).community_id
            for person in people_of(event):
                self._meet(people[community_id], person)
            if isinstance(event, MemberJoined) and event.actor:
                joined[community_id, event.actor.id] = event.at
        writers = set(self._writers.values())
        if people or writers:
            self.accounts, self.books.members = await self.unit.members.find_owned(self.platform, people, writers)
            self._leave_gone(events, people)
            await self._enrol(people, joined)
        self.books.accounts = {account.id: account for account in self.accounts.values()}
        if not self.history:
            await self._rename(people)

    def account(self, event: Event, person: Person | None) -> Account | None:
        """Return the account of a person in the community where `event` happened."""
        if person is None:
            return None
        return self.accounts.get((self.places.spaces[event.space].community_id, person.id))

    def member(self, account: Account) -> Member:
        """Return the member whose account this is."""
        return self.books.members[account.member_id]

    def target(self, event: Event) -> Account | None:
        """Return whom `event` addresses: the writer of the message it answers or reacts to."""
        if event.key not in self._targets:
            self._targets[event.key] = self._writer(event)
        return self._targets[event.key]

    def _writer(self, event: Event) -> Account | None:
        key = addressed(event)
        if key is None:
            return None
        writer = self.books.accounts.get(self._writers.get(key, 0))
        if writer is not None:
            here = self.places.space(event).community_id
            return writer if self.books.members[writer.member_id].community_id == here else None
        named = getattr(event, "reply_author", None) or getattr(event, "author", None) or self._said.get(key)
        return self.account(event, named)

    def _meet(self, some: dict[str, Person], person: Person) -> None:
        """Keep who somebody is: as last seen, where that isn't from memory."""
        newer = bool(person.name) and not person.remembered and not self.history
        if newer or person.id not in some:
            some[person.id] = person
        if person.username and not person.remembered:
            self._handles[person.username] = person.id

    def _leave_gone(self, events: Sequence[Event], people: dict[int, dict[str, Person]]) -> None:
        """Leave out erased people whom others name, unless they came back by something of their own."""
        if not self.gone:
            return
        back = {(self.places.space(e).community_id, e.actor.id) for e in events if e.actor is not None}
        for community_id, each in self.gone - back - self.accounts.keys():
            people.get(community_id, {}).pop(each, None)

    async def _enrol(self, people: dict[int, dict[str, Person]], joined: dict[tuple[int, str], datetime]) -> None:
        newcomers = [
            Newcomer(
                community_id,
                self.platform,
                person,
                self.places.communities[community_id].settings.starts_with(self.platform, person),
                joined.get((community_id, person.id)),
            )
            for community_id, some in people.items()
            for person in some.values()
            if (community_id, person.id) not in self.accounts
        ]
        made = await self.unit.members.enrol(newcomers, staging=self.places.rarities.staging)
        for new, (account, member) in zip(newcomers, made, strict=True):
            self.accounts[new.community_id, new.person.id] = account
            self.books.members[member.id] = member
        await self._free_handles([new.person for new in newcomers])

    async def _rename(self, people: dict[int, dict[str, Person]]) -> None:
        changed = []
        for community_id, some in people.items():
            for person in some.values():
                account = self.accounts[community_id, person.id]
                tidy = person.name and (person.name != account.name or person.username != account.username)
                known = self.member(account).consent is not Consent.OUT
                if tidy and known and not person.remembered:
                    changed.append((account.id, person))
        await self.unit.members.rename(changed)
        await self._free_handles([person for _, person in changed])

    async def _free_handles(self, people: Iterable[Person]) -> None:
        """Let nobody else have the handles with which these people were seen."""
        owners = {each: self._handles[each] for person in people if (each := person.username or "") in self._handles}
        if owners and not self.history:
            await self.unit.members.free_handles(self.platform, owners)
