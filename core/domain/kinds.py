"""The kinds of interaction, and as what each counts: presence, ties, points.

A kind counts as nothing but what it says here, so that a new one moves no tier and ties nobody by being new.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Self

from core.domain.events import (
    ButtonPressed,
    CommandCalled,
    Event,
    FormSent,
    GapFound,
    Interested,
    InterestLost,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    PaymentTold,
    PollCounted,
    PollVoted,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCleared,
    ReactionsCounted,
    RolesTold,
    RoomDeleted,
    RoomNamed,
    RoomsListed,
    SpaceClosed,
    SpaceMigrated,
    SpaceOpened,
    VoiceLeft,
    WroteDirectly,
)
from core.domain.memberships import MembershipPaid

ACTIVITY = ("messages", "replies", "reactions", "other")  # what a day's activity is counted in


@dataclass(frozen=True, slots=True)
class Tie:
    """How something ties whoever did it to whom it addresses: by `weight`, counted as `counted` of a day.

    Time together ties by `weight` for every whole `minutes` of a pair's day, at most `most` times, so that who never
    leaves a room ties nobody closer.
    """

    counted: str
    weight: int = 1
    minutes: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """As what a kind counts.

    `presence` names in what of a day's activity: whoever has any was present that day, which tiers ask for. `tie` says
    how it ties people. What `earns` gives points by the community's rules, now and whenever they are applied anew.
    Nobody does what is done `there` in a space without being in it. What `ends` takes away what others were. What has
    a `subject` names the item or run that it is about.
    """

    presence: tuple[str, ...] = ()
    tie: Tie | None = None
    earns: bool = False
    there: bool = False
    ends: bool = False
    subject: bool = False


@unique
class Kind(StrEnum):
    """What somebody did, or what became of it."""

    counts: Counts

    MESSAGE = "message", Counts(presence=("messages",), earns=True, there=True)
    REPLY = "reply", Counts(presence=("messages", "replies"), tie=Tie("replies"), earns=True, there=True)
    MENTION = "mention", Counts(tie=Tie("mentions"))
    REACTION = "reaction", Counts(presence=("reactions",), tie=Tie("reactions"), earns=True, there=True)
    VOICE = "voice", Counts(presence=("other",), tie=Tie("voice", minutes=10, most=6), there=True)
    THANKS = "thanks", Counts(presence=("other",), tie=Tie("thanks"))
    TOOK_PART = "took_part", Counts(presence=("other",), subject=True)  # in a run
    MET = "met", Counts(subject=True)  # whom a run introduced them to
    VOTED = "voted", Counts(presence=("other",), subject=True)  # in a poll
    OPENED = "opened", Counts(subject=True)  # an item, as the three that follow
    FINISHED = "finished", Counts(subject=True)
    RATED = "rated", Counts(subject=True)
    BOUGHT = "bought", Counts(subject=True)
    CHECKIN = "checkin"  # costs a word a day: no presence
    JOINED = "joined", Counts(there=True)
    LEFT = "left"
    DELETED = "deleted", Counts(ends=True)
    UNREACTION = "unreaction", Counts(ends=True)
    REACTIONS = "reactions"  # of people whom the platform doesn't name
    COMMAND = "command"
    SYSTEM = "system"  # what a space or a platform does

    def __new__(cls, word: str, counts: Counts = Counts()) -> Self:
        """Make a kind of its word and of what it counts as, which is nothing unless said."""
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.counts = counts
        return kind


PRESENCE = {kind: kind.counts.presence for kind in Kind if kind.counts.presence}
TIES = {kind: kind.counts.tie for kind in Kind if kind.counts.tie is not None}
ADDRESSING = {kind: tie for kind, tie in TIES.items() if not tie.minutes}  # those that one does towards another
EARNING = tuple(kind for kind in Kind if kind.counts.earns)
THERE = tuple(kind for kind in Kind if kind.counts.there)
ENDING = tuple(kind for kind in Kind if kind.counts.ends)
WRITTEN = (Kind.MESSAGE, Kind.REPLY)
IN_WORDS = (Kind.REPLY, Kind.MENTION)  # addresses somebody, as whoever came newly hopes for

KINDS: dict[type[Event], Kind] = {
    Event: Kind.SYSTEM,  # one that changed nothing, which is known when it comes again
    MessageSent: Kind.MESSAGE,
    MessageEdited: Kind.SYSTEM,
    MessageDeleted: Kind.DELETED,
    ReactionAdded: Kind.REACTION,
    ReactionRemoved: Kind.UNREACTION,
    ReactionsCleared: Kind.SYSTEM,
    ReactionsCounted: Kind.REACTIONS,
    MemberJoined: Kind.JOINED,
    MemberLeft: Kind.LEFT,
    VoiceLeft: Kind.VOICE,
    PollVoted: Kind.SYSTEM,  # what comes of it is a fact
    PollCounted: Kind.SYSTEM,
    RolesTold: Kind.SYSTEM,
    MembershipPaid: Kind.SYSTEM,
    PaymentTold: Kind.SYSTEM,  # it stands in the books of plans
    Interested: Kind.SYSTEM,
    InterestLost: Kind.SYSTEM,
    CommandCalled: Kind.COMMAND,
    WroteDirectly: Kind.COMMAND,
    ButtonPressed: Kind.COMMAND,
    FormSent: Kind.COMMAND,
    SpaceOpened: Kind.SYSTEM,
    SpaceClosed: Kind.SYSTEM,
    SpaceMigrated: Kind.SYSTEM,
    RoomNamed: Kind.SYSTEM,
    RoomDeleted: Kind.SYSTEM,
    RoomsListed: Kind.SYSTEM,
    GapFound: Kind.SYSTEM,
}


# Looking a member of an enum up takes longer than all else that is asked of each event.
_SYSTEM, _MESSAGE, _REPLY = Kind.SYSTEM, Kind.MESSAGE, Kind.REPLY


def kind_of(event: Event) -> Kind:
    """Return as what an event is kept; one of which nothing is said as the system's, which counts as nothing."""
    kind = KINDS.get(type(event), _SYSTEM)
    return _REPLY if kind is _MESSAGE and isinstance(event, MessageSent) and event.is_reply else kind
