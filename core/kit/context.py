"""What a handler is given: the community, who asks, the books, and the words."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.domain.clock import local_day
from core.domain.community import Community, Room, Space
from core.domain.errors import BadInput
from core.domain.events import Asked, Finding, Role
from core.domain.facts import Fact, LevelReached
from core.domain.message import Button, Reply, moment
from core.domain.outgoing import Outgoing, RoleChange
from core.domain.people import Account, Member, Rights
from core.domain.points import Entry, Reason, Rules
from core.domain.pushes import Refusal, Topic
from core.domain.schedule import Schedule
from core.domain.tasks import ANSWER, Lane, Task
from core.domain.zones import offset
from core.kit.declare import Command, CommandHandler, TaskHandler, declared
from core.kit.planning import plan_next
from core.kit.pushing import keep, push
from core.kit.settings import Choice, Setting, T
from core.kit.texts import Markup, Texts
from core.store.audit import AuditEntry
from core.store.books import Booking
from core.store.outbox import ROLE, OutboxRow
from core.store.unit import UnitOfWork

Action = Callable[..., Awaitable[Any]]


class BookedAlready(BadInput):
    """Say that something is in the ledger already."""

    def __init__(self) -> None:
        super().__init__("error-booked-already")


@dataclass(slots=True)
class Context:
    """What a command or task works with: it reads, decides and returns; sending and committing are not its business."""

    unit: UnitOfWork
    now: datetime
    community: Community
    t: Texts
    space: Space | None = None
    room: Room | None = None
    account: Account | None = None
    member: Member | None = None
    rights: Rights = Rights.MEMBER
    call: Asked | None = None
    erasure_hash: Callable[[str, str], str] = lambda platform, external_id: f"{platform}:{external_id}"
    seal: Callable[[Any], bytes] = lambda content: repr(content).encode()
    outbox: list[OutboxRow] = field(default_factory=list)
    catalogue: tuple[Any, ...] = ()  # the commands there are, for /help
    kinds: Mapping[str, Any] = field(default_factory=dict)  # of activities, see core.kit.activities
    facts: list[Fact] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    choices: Mapping[str, Choice] = field(default_factory=dict)  # what an owner decides, for /settings
    charts: Mapping[str, Any] = field(default_factory=dict)  # the charts there are, for /chart
    public_address: str = ""  # how people reach what Kith serves, empty where nobody said it
    fetch_private: bool = False  # feeds of this machine and its network may be fetched
    working: bool = False  # this call was put off, and has time now
    # What is done once, by its name, when all that is asked together was answered; None where nothing else is asked.
    at_end: dict[str, Callable[[Context], Awaitable[None]]] | None = None

    @property
    def me(self) -> Member:
        """Return the member who asks; a task has none."""
        if self.member is None:
            raise LookupError("nobody asks here")
        return self.member

    @property
    def my_account(self) -> Account:
        """Return the account that asks; a task has none."""
        if self.account is None:
            raise LookupError("nobody asks here")
        return self.account

    async def my_accounts(self) -> list[int]:
        """Return the accounts of the member who asks."""
        return [each.id for each in await self.unit.members.accounts_of([self.me.id])]

    @property
    def lacks(self) -> tuple[Finding, ...]:
        """Return what Kith may not do in the space, for commands that inspect it."""
        return self.call.lacks if self.call else ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles that Kith may give in the space, for commands that ask for them."""
        return self.call.roles if self.call else ()

    @property
    def today(self) -> str:
        """Return the community's calendar day, as YYYY-MM-DD."""
        return local_day(self.now, self.community.settings.timezone).isoformat()

    @property
    def rules(self) -> Rules:
        """Return the community's points rules."""
        return self.community.settings.rules

    def setting(self, declared: Setting[T]) -> T:
        """Return what was decided for the community."""
        return declared.of(self.community.settings)

    def said_day(self, at: datetime, t: Texts | None = None, *, dated: bool = False) -> str:
        """Return the community's calendar day of a time as people write it, in the words of `t` if given.

        One that is `dated` carries its year, for what is kept.
        """
        zone = self.community.settings.timezone
        return (t or self.t).day(local_day(at, zone), today=None if dated else local_day(self.now, zone))

    def said_moment(self, at: datetime, t: Texts | None = None) -> Markup:
        """Return a time in markup: in the reader's zone where the platform can, else in the community's, by name."""
        t, zone = t or self.t, self.community.settings.timezone
        clock = at.astimezone(ZoneInfo(zone)).strftime("%H:%M")
        words = t.plain("moment", day=self.said_day(at, t), time=clock, zone=offset(zone, at))
        return Markup(moment(words, at))

    def texts_for(self, member: Member) -> Texts:
        """Return the words in a member's language."""
        return Texts(member.language or self.community.settings.language)

    def button(self, label: str, command: str | CommandHandler, *, anyone: bool = False, **options: Any) -> Button:
        """Return a button that calls a command by its name, or a function under `@action`, or opens one under `@form`.

        Options that are None are left out. Raise TypeError for a function that isn't so declared.
        """
        asks = False
        given = {name: str(value) for name, value in options.items() if value is not None}
        if not isinstance(command, str):
            found = declared(command)
            if not isinstance(found, Command):
                raise TypeError(f"{command.__qualname__} is no action")
            command, asks = found.name, found.asks
        return Button(label, command, given, anyone=anyone, asks=asks)

    async def give(self, account: Account, amount: int, reason: Reason, key: str, **more: Any) -> Member:
        """Book an entry and return the member as they stand then; `earned` defaults to `amount`.

        Raise BookedAlready where `key` is: no answer may say a figure that isn't booked. Raise ValueError where the
        balance would fall below zero.
        """
        entry = Entry(account.id, amount, reason, key, self.now, more.pop("earned", amount), **more)
        booking = await self.unit.ledger.book([(self.community.id, entry)], floor=False)
        if booking.refused:
            raise ValueError("the balance is too low")
        if not booking.rows:
            raise BookedAlready()
        return await self.booked(account, booking)

    async def booked(self, account: Account, booking: Booking, *, again: bool = False) -> Member:
        """Return the member of `account` as booked; levels reached are facts, unless they had them before, `again`."""
        for climb in () if again else booking.levels:
            old, new = climb.old, climb.member.level
            self.raise_(LevelReached(account=account, member=climb.member, old=old, new=new))
        fresh = await self.unit.members.get(account.member_id)
        if self.member is not None and self.member.id == fresh.id:
            self.member = fresh
        return fresh

    def raise_(self, fact: Fact) -> None:
        """Say that something is so, for whoever reacts to it; one with a kind is kept."""
        self.facts.append(fact)

    def forget(self) -> None:
        """Let nothing come of what was done so far: it is rolled back."""
        for each in (self.outbox, self.tasks, self.facts):
            each.clear()

    async def record(self, action: str, subject: Account | None = None, **detail: Any) -> None:
        """Write into the audit log that the caller did `action`."""
        actor = self.account.id if self.account else None
        entry = AuditEntry(action, self.now, actor, subject.id if subject else None, detail)
        await self.unit.audit.add(self.community.id, entry)

    async def tell(
        self, member: Member, reply: Reply, topic: Topic = Topic.NOTICE, *, held_out: tuple[str, float] | None = None
    ) -> Refusal | None:
        """Write to a member directly, unasked, if the push gate lets it through; return why it doesn't.

        Its buttons last a month. `held_out` is as in `core.domain.pushes.gate`.
        """
        pushed = await push(self.unit, self.community, member, reply, self.now, topic=topic, held_out=held_out)
        if isinstance(pushed, Refusal):
            return pushed
        self.outbox.append(pushed)
        return None

    def later(self, command: str, *, writes: bool = False, **options: Any) -> None:
        """Call `command` again with `options`, where it has time and no unit of work waits; it answers the asker.

        Such a call sees `context.working`. `writes` says that it changes something.
        """
        call = self.call
        if call is None or call.actor is None:
            raise LookupError("nobody asks here")
        asked = {
            "platform": call.platform,
            "space": call.space,
            "room": call.room,
            "direct": call.direct,
            "anonymous": call.anonymous,
            "reply_handle": call.reply_handle,
            "locale": call.locale,
            "rights": self.rights.value,
            "person": call.actor.id,
            "person_name": call.actor.name,
        }
        given = {name: str(value) for name, value in options.items() if value is not None}
        params = {"options": given, "writes": writes, "asked": asked}
        self.tasks.append(
            Task(
                action=ANSWER,
                community_id=self.community.id,
                subject=command,
                slot=secrets.token_urlsafe(12),
                due_at=self.now,
                lane=Lane.ANSWER,
                params=params,
                account_id=self.my_account.id,
            )
        )

    async def schedule(self, action: Action, subject: str, when: Schedule | datetime, **params: Any) -> None:
        """Let `action`, a function under `@task`, be done about `subject` at a time, or at each slot of a schedule.

        What was planned for both before is planned no more. `params` are plain data and name people by ids alone; the
        action finds them in `task.params`. A slot that was done is not done again.
        """
        handler = _task_handler(action)
        await self.cancel(action, subject)
        planned = Task(
            action=handler.name,
            community_id=self.community.id,
            subject=subject,
            lane=handler.lane,
            params=params,
        )
        if isinstance(when, datetime):
            slot = when.astimezone(UTC).isoformat(timespec="seconds")
            await self.unit.tasks.add([replace(planned, slot=slot, due_at=when)])
        else:
            recurring = replace(planned, schedule=when)
            await plan_next(self.unit, recurring, when, self.now, self.community.settings.timezone)

    def plan(self, action: Action, subject: str, at: datetime) -> None:
        """Let `action`, a function under `@task`, be done about `subject` once, with what this context writes."""
        handler = _task_handler(action)
        task = Task(action=handler.name, community_id=self.community.id, subject=subject, lane=handler.lane, due_at=at)
        self.tasks.append(task)

    async def cancel(self, action: Action, subject: str) -> bool:
        """Let `action` be done about `subject` no more, and say whether it waited; what is under way ends."""
        handler = _task_handler(action)
        return await self.unit.tasks.cancel(handler.name, self.community.id, subject, self.now) > 0

    async def invite(self, space: Space, room: str | None, text: str, button: Button, days: int) -> None:
        """Write into a room, unasked, with a button that anybody may press for so many days."""
        row = (replace(button, replace_message=False),)
        buttons = await keep(self.unit, self.community.id, (row,), self.now + timedelta(days=days))
        outgoing = Outgoing(
            text=text,
            platform=space.platform,
            space=space.external_id,
            room=room,
            buttons=buttons,
            locale=self.community.settings.language,
        )
        self.outbox.append(OutboxRow(outgoing, self.community.id, kind="push"))

    def give_role(self, word: str) -> None:
        """Give the caller a role in the space where they ask."""
        if self.space is None:
            raise LookupError("nobody asks here")
        account = self.my_account
        change = RoleChange(
            platform=self.space.platform, space=self.space.external_id, to=account.external_id, give=(word,)
        )
        self.outbox.append(OutboxRow(change, self.community.id, account.id, kind=ROLE))

    def say(self, space: Space, room: str | None, reply: Reply, *, delete_after: int = 0) -> None:
        """Write into a room, unasked: a push."""
        outgoing = Outgoing(
            text=reply.text,
            platform=space.platform,
            space=space.external_id,
            room=room,
            picture=reply.picture and self.t.punctuated(reply.picture),
            attachment=reply.attachment,
            delete_after=delete_after,
            locale=self.t.language,
        )
        self.outbox.append(OutboxRow(outgoing, self.community.id, kind="push"))


def _task_handler(action: Action) -> TaskHandler:
    found = declared(action)
    if not isinstance(found, TaskHandler):
        raise LookupError(f"{action.__name__} is not declared by @task")
    return found
