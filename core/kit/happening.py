"""What a reaction is given: where something happened, to whom, and the books of everything that happens with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from core.domain.booking import TakeBack
from core.domain.clock import local_day
from core.domain.community import Community, Room, Space
from core.domain.facts import Fact
from core.domain.people import Account, Consent, Member
from core.domain.points import Entry, Rules
from core.kit.settings import Setting
from core.kit.settings import T as S
from core.store.outbox import OutboxRow

T = TypeVar("T")
What = TypeVar("What")


@dataclass(slots=True)
class Happening:
    """What a reaction to an event or a fact works with: all is in memory, and what it does is written with the rest.

    `target` is whom it addresses: the writer of the message replied or reacted to. `direct` says that it happened in a
    one-to-one chat, to which `space` and `room` are only the community's nearest. `key` is that of the event with
    which it began, empty where that was the clock.
    """

    now: datetime
    community: Community
    space: Space
    room: Room | None
    account: Account | None
    member: Member | None
    target: Account | None
    target_member: Member | None
    books: Books
    key: str = ""
    direct: bool = False

    @property
    def left_out(self) -> bool:
        """Say whether who did it asked to be left out: nothing may react to it."""
        return self.member is not None and self.member.consent is Consent.OUT

    @property
    def rules(self) -> Rules:
        """Return the community's points rules."""
        return self.community.settings.rules

    def setting(self, declared: Setting[S]) -> S:
        """Return what was decided for the community."""
        return declared.of(self.community.settings)

    @property
    def earns(self) -> bool:
        """Say whether points are to be had here: not in rooms that are set so."""
        return self.room is None or self.room.gives_points

    def day(self, at: datetime) -> str:
        """Return the community's calendar day of a time."""
        return local_day(at, self.community.settings.timezone).isoformat()

    def loaded(self, loader: Callable[..., Awaitable[T]]) -> T:
        """Return what a function under `@load` looked up; raise LookupError where it isn't declared for this."""
        try:
            result: T = self.books.loaded[loader]
        except KeyError:
            raise LookupError(f"{loader.__qualname__} isn't declared for what happened here") from None
        return result

    def raise_(self, fact: Fact) -> None:
        """Say that something is so, for whoever reacts to it; one with a kind is kept."""
        self.books.facts.append((self, fact))


class Books:
    """The working set of a batch, or of a context that ends: members, what is to be booked and said, and facts."""

    def __init__(self) -> None:
        self.members: dict[int, Member] = {}
        self.accounts: dict[int, Account] = {}
        self.moves: list[tuple[int, Entry | TakeBack]] = []  # by community, in order
        self.fresh: set[str] = set()  # keys that stem from new events: nobody need look whether they are booked
        self.outbox: list[OutboxRow] = []
        self.facts: list[tuple[Happening, Fact]] = []
        self.loaded: dict[Callable[..., Any], Any] = {}
        self.offered: set[tuple[int, str]] = set()
        self.keys: set[str] = set()  # of facts that are kept
        self.places: dict[tuple[int, str], Happening] = {}  # where what was offered comes from

    def key(self, wanted: str) -> str:
        """Return a key that nothing else in these books has: `wanted`, or with a number behind it."""
        key, number = wanted, 1
        while key in self.keys:
            number += 1
            key = f"{wanted}:{number}"
        self.keys.add(key)
        return key

    def give(self, happening: Happening, entry: Entry, *, fresh: bool = False) -> bool:
        """Offer an entry to the ledger; say whether these books offer its key for the first time.

        `fresh` says that the key stems from a new event, so that nobody need look whether it is booked.
        """
        place = (happening.community.id, entry.key)
        if place in self.offered:
            return False
        self.offered.add(place)
        self.places[place] = happening
        self.moves.append((happening.community.id, entry))
        if fresh:
            self.fresh.add(entry.key)
        return True

    def take_back(self, happening: Happening, key: str, at: datetime) -> None:
        """Take back the entry with this key, if there is one that wasn't taken back."""
        self.offered.discard((happening.community.id, key))
        self.moves.append((happening.community.id, TakeBack(key, at)))


Happened = Sequence[tuple[Happening, What]]  # what came of a type, in order, each with where it happened
