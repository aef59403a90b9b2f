"""A platform that lives in memory: a real adapter, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.platforms.port import Capabilities, Intake, must_fit, none_listed
from core.domain.errors import NotFound
from core.domain.events import Finding, Role
from core.domain.message import Attachment
from core.domain.outgoing import (
    Action,
    Deletion,
    Edit,
    Outgoing,
    Pin,
    Poll,
    PollClose,
    Receipt,
    RoleChange,
    RoleQuestion,
    ScheduledEvent,
)
from core.domain.people import Rights
from core.domain.polls import PollLimits
from core.domain.pulse import Pulse

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that got through."""

    id: str
    outgoing: Outgoing
    image: bytes | None


@dataclass(slots=True)
class FakePlatform:
    """Keep what is sent; answer who is a moderator from a table, by `person` or by `space/person`."""

    name: str = "fake"
    capabilities: Capabilities = Capabilities(
        completion=False,
        selects=False,
        menus=False,
        moments=False,
        forums=False,
        answers_apart=False,
        again=True,
        file_limit=10 * 2**20,
        ephemeral=True,
        ephemeral_where_admin=False,
        deletions=True,
        history=True,
        idempotent_send=True,
        forms=False,
        voice=True,
        roles=True,
        titles=True,
        text_limit=4096,
        caption_limit=1024,
        polls=PollLimits(options=4, text=300, option=20, explanation=200),
    )
    sent: list[Sent] = field(default_factory=list)
    polls: list[Poll] = field(default_factory=list)
    changed: list[Edit | Pin | PollClose] = field(default_factory=list)
    calendar: dict[str, ScheduledEvent] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    moderators: dict[str, Rights] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)
    fail_next: list[Exception] = field(default_factory=list)
    refuse_roles: list[Exception] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)  # `space/person` for who isn't there
    unsure: int = 0  # how often the next questions for rights find no answer
    roles_on_offer: list[str] = field(default_factory=list)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)  # that people handed over, by reference
    pulse: Pulse = field(default_factory=Pulse)

    async def run(self, intake: Intake) -> None:
        await asyncio.Event().wait()

    async def perform(self, letter_id: int, action: Action, image: bytes | None) -> Receipt:
        match action:
            case Outgoing():
                return Receipt(await self.send(letter_id, action, image))
            case Poll():
                limits = self.capabilities.polls
                if limits is None or not limits.take(action.question, None, START):
                    return Receipt(await self.send(letter_id, action.drawn, None))
                if self.fail_next:
                    raise self.fail_next.pop(0)
                self.polls.append(action)
                return Receipt(f"poll-{letter_id}", f"poll-{letter_id}")
            case ScheduledEvent():
                self.calendar[action.event or f"event-{action.mirror}"] = action
                return Receipt(action.event or f"event-{action.mirror}")
            case RoleChange():
                await self.follow_tier(action.space, action.to, action.give, action.take)
            case RoleQuestion():
                if self.fail_next:
                    raise self.fail_next.pop(0)
                return Receipt(people=frozenset(who for who, held in self.roles.items() if action.role in held))
            case Deletion():
                await self.unsend(action.space, action.room, action.message)
            case Edit() | Pin() | PollClose():
                if self.fail_next:
                    raise self.fail_next.pop(0)
                self.changed.append(action)
        return Receipt()

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        if self.fail_next:
            raise self.fail_next.pop(0)
        self.sent.append(Sent(f"sent-{letter_id}", outgoing, image))
        return self.sent[-1].id

    async def unsend(self, space: str | None, room: str | None, message: str) -> None:
        if self.fail_next:
            raise self.fail_next.pop(0)
        self.gone.append(message)

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        if self.fail_next:
            raise self.fail_next.pop(0)
        must_fit(attachment, attachment.size, most)
        if attachment.reference not in self.files:
            raise NotFound("error-file-gone", name=attachment.name)
        return self.files[attachment.reference]

    async def rights(self, space: str, person: str) -> Rights:
        if f"{space}/{person}" in self.absent:
            return Rights.ABSENT
        if self.unsure:
            self.unsure -= 1
            return Rights.UNKNOWN
        return self.moderators.get(f"{space}/{person}", self.moderators.get(person, Rights.MEMBER))

    async def follow_tier(self, space: str, person: str, give: Sequence[str], take: Sequence[str]) -> None:
        if self.refuse_roles:
            raise self.refuse_roles.pop(0)
        self.roles.setdefault(person, set()).difference_update(take)
        self.roles[person].update(give)

    async def roles_to_give(self, space: str, *, every: bool = False) -> list[Role]:
        return [(name, name) for name in self.roles_on_offer]

    transactions = staticmethod(none_listed)

    async def look_at(self, space: str) -> list[Finding]:
        return self.findings.get(space, [])

    async def doctor(self) -> list[tuple[bool, str, dict[str, Any]]]:
        return []
