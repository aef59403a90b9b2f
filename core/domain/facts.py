"""What Kith itself sees, in the past tense: what its commands, its books and its looks at members led to.

Features raise facts and react to them as to events. A fact with a kind is kept as an interaction of that kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.kinds import Kind
from core.domain.people import Account, Member
from core.domain.tiers import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that is so of a member, on one of their accounts where it is of one; since now unless `at` says else.

    `target` is the account that it addresses, `subject` the name of the item or run that it is about.
    """

    kind: ClassVar[Kind | None] = None  # as what it is kept, None for what isn't

    member: Member
    account: Account | None = None
    target: Account | None = None
    target_member: Member | None = None
    subject: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn(Fact):
    """A member came by, on day `streak` of a streak, from 1."""

    kind: ClassVar[Kind | None] = Kind.CHECKIN

    account: Account
    streak: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanked(Fact):
    """A member thanked another."""

    kind: ClassVar[Kind | None] = Kind.THANKS

    account: Account
    target: Account
    target_member: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class TookPart(Fact):
    """A member took part in the run of an activity that `subject` names."""

    kind: ClassVar[Kind | None] = Kind.TOOK_PART

    account: Account
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Fact):
    """A member met whom the run that `subject` names introduced them to."""

    kind: ClassVar[Kind | None] = Kind.MET

    account: Account
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(Fact):
    """A member chose these options of the poll that `subject` names, from 0: all that they chose now."""

    kind: ClassVar[Kind | None] = Kind.VOTED

    account: Account
    subject: str
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteTakenBack(Fact):
    """A member chooses nothing any more of the poll that `subject` names."""

    account: Account
    subject: str
    options: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOpened(Fact):
    """A member opened the item that `subject` names, for the first time."""

    kind: ClassVar[Kind | None] = Kind.OPENED

    account: Account
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFinished(Fact):
    """A member said that they are through with the item that `subject` names."""

    kind: ClassVar[Kind | None] = Kind.FINISHED

    account: Account
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRated(Fact):
    """A member gave the item that `subject` names so many of five stars, for the first time."""

    kind: ClassVar[Kind | None] = Kind.RATED

    account: Account
    subject: str
    stars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBought(Fact):
    """A member paid for the item that `subject` names."""

    kind: ClassVar[Kind | None] = Kind.BOUGHT

    account: Account
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentChosen(Fact):
    """A member chose anew what Kith may know of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelReached(Fact):
    """A member came from level `old` to level `new` when points were booked."""

    account: Account
    old: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryUndone(Fact):
    """A moderator took back the entry of the ledger that was booked for a member under `key`."""

    account: Account
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMoved(Fact):
    """A look at a member's tier led from the one at the place `old` to that at `new`, or to a warning."""

    move: Move
    old: int
    new: int
