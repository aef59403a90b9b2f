"""What Kith asks of a platform, and what a platform says it can't do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.domain.errors import BadInput
from core.domain.events import ButtonPressed, CommandCalled, Event, Finding, PaymentTold, Role
from core.domain.forms import MEGABYTE, Form
from core.domain.message import Attachment
from core.domain.outgoing import Action, Receipt
from core.domain.people import Rights
from core.domain.polls import PollLimits
from core.domain.pulse import Pulse
from core.kit.suggesting import Suggestion


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; what is False degrades in a declared way.

    `ephemeral`: a private reply is shown in the room to one person; `ephemeral_where_admin`: it is where Kith is an
    administrator and the platform manages to; else it goes to their direct chat.
    `deletions`: deleted messages are told. `history`: messages missed while down can be fetched.
    `idempotent_send`: a message sent twice under one nonce appears once; else, after an ambiguous crash, a reply is
    sent again and a push is not. `forms`: the whole of a form is shown; else its fields are asked for one by one in the
    direct chat. `voice`: who was in a voice room is told, and how long. `roles`, `titles`: what may follow a tier.
    `text_limit`, `caption_limit` in the platform's units. `polls`: what its own can do; others, and those of a
    platform without any, are drawn with buttons.
    `completion`: what may be meant is offered while somebody types an option; else what is near is named afterwards.
    `selects`: a choice among many is a menu; else rows of buttons. `menus`: people and messages have menus of commands;
    else a command answers a message. `moments`: they show in the reader's zone; else in words, in the community's.
    `forums`: a room may hold posts with a title and tags, which follow what is said there; else a message says it all.
    `answers_apart`: an answer belongs to what was asked, and shares no limit with others in its room; else they go one
    after another. `again`: a file that somebody handed over there is shown again by its reference; else its content is
    sent anew.
    `file_limit`: how many bytes a file may have that Kith sends.
    """

    ephemeral: bool
    ephemeral_where_admin: bool
    deletions: bool
    history: bool
    idempotent_send: bool
    forms: bool
    voice: bool
    roles: bool
    titles: bool
    text_limit: int
    caption_limit: int
    polls: PollLimits | None
    completion: bool
    selects: bool
    menus: bool
    moments: bool
    forums: bool
    answers_apart: bool
    again: bool
    file_limit: int


class RetryLater(Exception):
    """Say that the platform takes this chat's messages again only after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


class Unreachable(Exception):
    """Say that this chat can't be written to and that trying again is no use."""


class Unavailable(Exception):
    """Say that the platform can't be reached now: nothing is known of what was sent."""


def must_fit(attachment: Attachment, size: int, most: int) -> None:
    """Raise BadInput where a file of `size` bytes is larger than `most`."""
    if size > most:
        raise BadInput("error-file-large", name=attachment.name, limit=most // MEGABYTE)


class Intake(Protocol):
    """Where an adapter hands its events in."""

    async def submit(self, events: Sequence[Event]) -> None:
        """Return when `events` are committed: only then may the platform be told that they arrived."""

    async def form(self, asked: ButtonPressed | CommandCalled, most: int) -> Form | None:
        """Return the form that a button or menu opens, at most so many fields of it; None for what is to be submitted.

        Only for a platform that shows forms whole, and a button whose token begins with ASKS, or the menu of a command
        that opens one. A button's waits for no writer; None also where there is no database.
        """

    async def park(self, platform: str, key: str, space: str | None, raw: Any, reason: str) -> None:
        """Put aside what can't be translated; `bot.platforms.again` is given `raw` to try it again."""

    async def suggest(self, call: CommandCalled, option: str) -> Sequence[Suggestion]:
        """Return what may be meant by an option of a command that somebody is typing, best first, at most 25.

        `call` is the command as it stands so far, unfinished options and all. Nothing is kept of it.
        """

    def refusal(self, platform: str, person: str, payload: str, stars: int, locale: str | None) -> str | None:
        """Return in words why somebody can't pay so many Stars for an offer; None where they can.

        Waits for nothing: all that is to be looked at stands in the payload.
        """


async def none_listed() -> AsyncIterator[Sequence[PaymentTold]]:
    """Yield nothing: what a platform without Stars lists."""
    for _ in range(0):
        yield ()


class Platform(Protocol):
    """A place where communities live."""

    name: str
    capabilities: Capabilities

    @property
    def pulse(self) -> Pulse:
        """Return when the platform last answered, and since when and why it doesn't."""

    async def run(self, intake: Intake) -> None:
        """Hand events in until cancelled; raise KithError where the owner must mend something (a wrong token)."""

    async def perform(self, letter_id: int, action: Action, image: bytes | None) -> Receipt:
        """Do what is asked and say what the platform calls the message; `letter_id` makes a nonce where there are such.

        Where a private reply finds the direct chat shut, `fallback` goes into the room. All but a message is the same
        when done twice, and a deletion of what is gone already no failure. A platform without a calendar
        does nothing about a scheduled event. Raise RetryLater, Unreachable or Unavailable, or KithError with what the
        owner must mend.
        """

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """Return the content of a file that somebody handed over here, of at most so many bytes.

        Raise NotFound where it is gone, BadInput where it is larger, or as `perform` does.
        """

    async def rights(self, space: str, person: str) -> Rights:
        """Return what a person may do in a space now: ABSENT for who isn't there, UNKNOWN where it can't be asked."""

    async def roles_to_give(self, space: str, *, every: bool = False) -> list[Role]:
        """Return the roles that Kith may give to anybody in a space, or `every` one; none where there are no such."""

    def transactions(self) -> AsyncIterator[Sequence[PaymentTold]]:
        """Yield what the platform lists of payments in Stars, page by page, and next time what came since."""

    async def look_at(self, space: str) -> list[Finding]:
        """Look at what Kith may do in one space: what is lacking, and how to give it."""

    async def doctor(self) -> list[Finding]:
        """Look at token, intents and admin rights: (all is well, key of the catalogues, its arguments) for each."""
