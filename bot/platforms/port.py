"""What Kith asks of a platform, and what a platform says it can't do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.domain.events import Event, Finding, Role
from core.domain.outgoing import Outgoing
from core.domain.people import Rights
from core.domain.pulse import Pulse


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; what is False degrades in a declared way.

    `ephemeral`: a private reply is shown in the room to one person; else it goes to their direct chat.
    `deletions`: deleted messages are told. `history`: messages missed while down can be fetched.
    `idempotent_send`: a message sent twice under one nonce appears once; else, after an ambiguous crash, a reply is
    sent again and a push is not. `voice`: who was in a voice room is told, and how long. `roles`, `titles`: what may
    follow a tier. `text_limit`, `caption_limit` in the platform's units.
    """

    ephemeral: bool
    deletions: bool
    history: bool
    idempotent_send: bool
    voice: bool
    roles: bool
    titles: bool
    text_limit: int
    caption_limit: int


class RetryLater(Exception):
    """Say that the platform takes this chat's messages again only after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


class Unreachable(Exception):
    """Say that this chat can't be written to and that trying again is no use."""


class Unavailable(Exception):
    """Say that the platform can't be reached now: nothing is known of what was sent."""


class Intake(Protocol):
    """Where an adapter hands its events in."""

    async def submit(self, events: Sequence[Event]) -> None:
        """Return when `events` are committed: only then may the platform be told that they arrived."""

    async def park(self, platform: str, key: str, space: str | None, raw: Any, reason: str) -> None:
        """Put aside what can't be translated; `bot.platforms.again` is given `raw` to try it again."""


class Platform(Protocol):
    """A place where communities live."""

    name: str
    capabilities: Capabilities

    @property
    def pulse(self) -> Pulse:
        """Return when the platform last answered, and since when and why it doesn't."""

    async def run(self, intake: Intake) -> None:
        """Hand events in until cancelled; raise KithError where the owner must mend something (a wrong token)."""

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Send a message and return the platform's id of it; `letter_id` makes a nonce where there are such.

        Raise RetryLater, Unreachable or Unavailable; where a private reply finds the direct chat shut, put
        `outgoing.fallback` into the room and return normally.
        """

    async def unsend(self, space: str | None, room: str | None, message: str) -> None:
        """Take away a message that `send` named `message` in a room; one that is gone already is no failure.

        Raise RetryLater, Unavailable or Unreachable.
        """

    async def rights(self, space: str, person: str) -> Rights:
        """Return what a person may do in a space now: ABSENT for who isn't there, UNKNOWN where it can't be asked."""

    async def follow_tier(self, space: str, person: str, give: Sequence[str], take: Sequence[str]) -> None:
        """Give and take the roles or titles (by the platform's id or word) that tiers are tied to.

        The same when done twice. Raise RetryLater, Unavailable or Unreachable, or KithError with what the owner must
        mend.
        """

    async def roles_to_give(self, space: str) -> list[Role]:
        """Return the roles that Kith may give to anybody in a space, none where the platform has no such."""

    async def look_at(self, space: str) -> list[Finding]:
        """Look at what Kith may do in one space: what is lacking, and how to give it."""

    async def doctor(self) -> list[Finding]:
        """Look at token, intents and admin rights: (all is well, key of the catalogues, its arguments) for each."""
