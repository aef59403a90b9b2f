"""What a platform told us, in the past tense, the same for every platform.

Keys: a message's key is `m:<id>`, where the id is unique within its platform (Telegram: `<chat>:<message>`), live and
imported alike, so that history brought in later meets what was seen live. Message text is in no event but a command's,
and what somebody writes to Kith alone, which may answer a question of Kith's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.domain.message import Attachment
from core.domain.people import Person, Rights, writable
from core.domain.plans import PaymentKind
from core.domain.polarity import Polarity
from core.domain.polls import Change

ELSEWHERE = ""  # the space of what a platform tells without saying where it was
# What a look at an installation found: whether all is well, a key of the catalogues, its arguments.
Finding = tuple[bool, str, dict[str, Any]]
EMOJI_LIMIT = 48
Role = tuple[str, str]  # what a platform knows a role by, and its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in a space; `key` is unique within the platform."""

    platform: str
    key: str
    space: str
    at: datetime
    actor: Person | None = None
    room: str | None = None


def burst(emoji: str) -> str:
    """Return what tells a burst reaction from a normal one with the same emoji."""
    return f"{emoji}:burst"


def message_key(message: str) -> str:
    """Return the event key of the message with the platform-wide id `message`."""
    return f"m:{message}"


def message_of(key: str) -> str:
    """Return the platform-wide id of the message that has an event key."""
    return key.removeprefix("m:")


@dataclass(frozen=True, slots=True)
class Spoken:
    """For whom a bridge speaks: the name, and the place that it names (`[discord] <name>`) or nothing.

    `webhook` says that the account bears the name itself for this message: only other names make it a bridge.
    """

    name: str
    source: str = ""
    webhook: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """A person wrote; `reply_to` is the platform-wide id of the parent, `reply_author` its writer where known.

    `reply` is true for a reply whose parent is gone. `spoken` says for whom the message claims to speak, as a bridge's
    do. `polarity` is that of its words, None where they aren't known.
    """

    reply_to: str | None = None
    reply_author: Person | None = None
    reply: bool = False
    mentions: tuple[Person, ...] = ()
    length: int = 0
    spoken: Spoken | None = None
    polarity: Polarity | None = None

    @property
    def is_reply(self) -> bool:
        """Say whether this answers another message, be it gone or not."""
        return self.reply or self.reply_to is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Event):
    """A message was changed."""

    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(Event):
    """A message went away; nobody says who removed it."""

    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionAdded(Event):
    """The actor reacted to a message; `author` is its writer where the platform says so.

    `emoji` tells a reaction from the actor's others to that message, so a burst has another than a normal one. `whole`
    is every reaction that the actor has to it then, where the platform says so.
    """

    message: str
    emoji: str
    author: Person | None = None
    whole: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionRemoved(Event):
    """The actor took a reaction back, or somebody else did; `whole` is what is left, where the platform says so.

    `last` says that the actor has no other to the message any more: that isn't told, it follows from what was.
    """

    message: str
    emoji: str
    whole: tuple[str, ...] | None = None
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionsCleared(Event):
    """Reactions to a message went at once: the actor's or, without one, everybody's; of one emoji or of all (None)."""

    message: str
    emoji: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionsCounted(Event):
    """A message has `count` reactions of people whom the platform doesn't name."""

    message: str
    count: int
    author: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(Event):
    """The actor came in, through the invite link named `source` where it is known."""

    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(Event):
    """The actor went, or was `removed`."""

    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLeft(Event):
    """The actor was with others in a voice room from `since` until now: away, deafened or a bot, one isn't."""

    since: datetime

    @property
    def count(self) -> int:
        """Return how many whole minutes that was."""
        return int((self.at - self.since).total_seconds()) // 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PollVoted(Event):
    """The actor chose `options` of the poll that the platform calls `poll`, from 0, or took some back; see Change.

    The poll tells where it is, whatever `space` says, and under which name it was put up: the `subject`.
    """

    poll: str
    options: tuple[int, ...]
    change: Change = Change.ALL
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollCounted(Event):
    """So often each option of a poll was chosen until now; `poll`, `space` and `subject` as in PollVoted."""

    poll: str
    counts: tuple[int, ...]
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesTold(Event):
    """The actor has these `roles` of a server now, by the platform's ids, and no others."""

    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTold(Event):
    """A platform told of the actor's Stars: paid, renewed, paid back, or that a subscription was cancelled or resumed.

    `payload` is that of the offer, and tells where it is, whatever `space` says. `charge` is what the platform calls
    the payment, `until` how far it is paid. One that was `listed` stood in a platform's list, told or not.
    """

    kind: PaymentKind
    payload: str
    charge: str = ""
    stars: int = 0
    until: datetime | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interested(Event):
    """The actor said that they are interested in what the platform's calendar calls `reference`."""

    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestLost(Event):
    """The actor isn't interested any more in what the platform's calendar calls `reference`."""

    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceOpened(Event):
    """Kith was let into a space, or learnt its name and what it may do there."""

    title: str
    kind: str = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceClosed(Event):
    """Kith was put out of a space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceMigrated(Event):
    """The platform gave a space another id; everything goes with it."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNamed(Event):
    """A room has a name, and is in the room `parent` where it is in one: a thread of it, or a channel of a category.

    `first` says that this is the name it was opened with, which counts for nothing where another is known.
    """

    name: str
    parent: str | None = None
    thread: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDeleted(Event):
    """A room is gone, with all that is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsListed(Event):
    """These are all `rooms` that a space has, its threads aside."""

    rooms: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """Somebody wants an answer from Kith: what a command and a pressed button share.

    `rights` is what the platform said with the event; None means ask it. `direct` is true in a one-to-one chat.
    `anonymous` is true where the platform vouches for an administrator and hides who it is.
    `reply_handle` is what the adapter needs to answer (an interaction token, a message id), opaque to the core.
    `mentions` holds whom the words of it name, keyed by the words that name them (`@ana`, `<@123>`).
    `locale` is the language tag of the person's client. `lacks` is what Kith may not do in the space, `roles` which
    roles it may give there; both are asked for the commands that want to know.
    """

    rights: Rights | None = None
    lacks: tuple[Finding, ...] = ()
    roles: tuple[Role, ...] = ()
    direct: bool = False
    anonymous: bool = False
    reply_handle: str | None = None
    locale: str | None = None
    mentions: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandCalled(Asked):
    """A person called a command: named options where the platform has them, else `text`, what stood after the name.

    `reply_author` is the writer of the message that the command answers, taken for a missing member option.
    """

    name: str
    text: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    reply_author: Person | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", writable(self.name))
        object.__setattr__(self, "text", writable(self.text))
        object.__setattr__(self, "options", {name: writable(value) for name, value in self.options.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class WroteDirectly(Asked):
    """A person wrote something of their own to Kith alone that calls nothing.

    `draft` is the form under way that `text` answers a question of, once that is known; without one the text is for
    nobody.
    """

    text: str = ""
    draft: int | None = None
    attachment: Attachment | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", writable(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Asked):
    """A person pressed a button of ours, which carries `token`, under the message `message`."""

    token: str
    message: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "token", writable(self.token))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSent(ButtonPressed):
    """A person sent what they filled in of a form that the button of `token` opened: each field as it was given."""

    values: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, Attachment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ButtonPressed.__post_init__(self)
        object.__setattr__(self, "values", {name: writable(value) for name, value in self.values.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFound(Event):
    """From `since` until `at` the platform kept what happened to itself; `what` names the kinds that are lost."""

    since: datetime
    what: str


def addressed(event: Event) -> str | None:
    """Return the key of the message that an event answers or reacts to."""
    if isinstance(event, MessageSent):
        return None if event.reply_to is None else message_key(event.reply_to)
    if isinstance(event, ReactionAdded | ReactionRemoved | ReactionsCleared | ReactionsCounted | MessageDeleted):
        return message_key(event.message)
    return None


def people_of(event: Event) -> list[Person]:
    """Return everyone whom an event names, the actor first."""
    people = [] if event.actor is None else [event.actor]
    if isinstance(event, MessageSent):
        people += event.mentions
        if event.reply_author is not None:
            people.append(event.reply_author)
    elif isinstance(event, ReactionAdded | ReactionsCounted) and event.author is not None:
        people.append(event.author)
    elif isinstance(event, Asked):
        people += event.mentions.values()
        if isinstance(event, CommandCalled) and event.reply_author is not None:
            people.append(event.reply_author)
    return people


def without_people(event: Event, ids: set[str]) -> Event:
    """Return `event` without the people of these ids whom it names, its actor aside."""
    if not ids or not any(person.id in ids for person in people_of(event)):
        return event
    others = {name: getattr(event, name, None) for name in ("author", "reply_author")}
    changes: dict[str, Any] = {name: None for name, person in others.items() if person and person.id in ids}
    if isinstance(event, MessageSent):
        changes["mentions"] = tuple(person for person in event.mentions if person.id not in ids)
    elif isinstance(event, Asked):
        changes["mentions"] = {word: person for word, person in event.mentions.items() if person.id not in ids}
    return replace(event, **changes)
