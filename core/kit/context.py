"""What a handler is given: the community, who asks, the books, and the words."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.domain.clock import local_day
from core.domain.community import Community, Room, Space
from core.domain.events import Asked, Finding, Role
from core.domain.message import Button, Reply
from core.domain.outgoing import Outgoing, RoleChange, SentButton
from core.domain.people import Account, Consent, Member, Rights
from core.domain.points import Entry, LevelReached, Reason, Rules, level_of
from core.kit.texts import Texts
from core.store.audit import Deed
from core.store.buttons import Kept
from core.store.errands import Errand
from core.store.members import Reward
from core.store.outbox import ROLE, Letter
from core.store.unit import UnitOfWork


@dataclass(slots=True)
class Context:
    """What a command or job works with: it reads, decides and returns; sending and committing are not its business."""

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
    letters: list[Letter] = field(default_factory=list)
    catalogue: tuple[Any, ...] = ()  # the commands there are, for /help
    reached: list[LevelReached] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)
    working: bool = False  # this call was put off, and has time now

    @property
    def me(self) -> Member:
        """Return the member who asks; a job has none."""
        if self.member is None:
            raise LookupError("nobody asks here")
        return self.member

    @property
    def my_account(self) -> Account:
        """Return the account that asks; a job has none."""
        if self.account is None:
            raise LookupError("nobody asks here")
        return self.account

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

    def said_day(self, at: datetime, t: Texts | None = None) -> str:
        """Return the community's calendar day of a time as people write it, in the words of `t` if given."""
        zone = self.community.settings.timezone
        return (t or self.t).day(local_day(at, zone), today=local_day(self.now, zone))

    def texts_for(self, member: Member) -> Texts:
        """Return the words in a member's language."""
        return Texts(member.language or self.community.settings.language)

    def button(self, label: str, command: str, *, anyone: bool = False, **options: Any) -> Button:
        """Return a button that calls `command`; options that are None are left out."""
        given = {name: str(value) for name, value in options.items() if value is not None}
        return Button(label, command, given, anyone=anyone)

    async def give(self, account: Account, amount: int, reason: Reason, key: str, **more: Any) -> Member | None:
        """Book an entry and move the balance; return the member as they stand then, None where `key` is booked already.

        `earned` defaults to `amount`. Raise ValueError where the balance would fall below zero.
        """
        if await self.unit.ledger.known({self.community.id: [key]}):
            return None
        entry = Entry(account.id, amount, reason, key, self.now, more.pop("earned", amount), **more)
        if amount < 0 and not await self.unit.members.spend(account.member_id, -amount):
            raise ValueError("the balance is too low")
        await self.unit.ledger.add([(self.community.id, entry)])
        member = await self.unit.members.get(account.member_id)
        moved = 0 if amount < 0 else amount
        earned = member.earned + entry.earned
        reward = Reward(member.id, moved, entry.earned, level_of(earned), member.rewarded_at)
        await self.unit.members.save_rewards([reward])
        fresh = await self.unit.members.get(member.id)
        if fresh.level > member.level:
            self.reached.append(LevelReached(account, fresh, member.level, fresh.level))
        if self.member is not None and self.member.id == fresh.id:
            self.member = fresh
        return fresh

    async def record(self, action: str, subject: Account | None = None, **detail: Any) -> None:
        """Write into the audit log that the caller did `action`."""
        actor = self.account.id if self.account else None
        deed = Deed(action, self.now, actor, subject.id if subject else None, detail)
        await self.unit.audit.add(self.community.id, deed)

    async def tell(self, member: Member, reply: Reply) -> None:
        """Write to a member directly, on the account last added, unasked: a push."""
        accounts = [each for each in await self.unit.members.accounts_of([member.id]) if not each.behind_bridge]
        if not accounts or member.consent is Consent.OUT:
            return
        account = accounts[-1]
        spaces = await self.unit.communities.spaces_of(self.community.id)
        space = next((s for s in spaces if s.platform == account.platform), None)
        outgoing = Outgoing(
            text=reply.text,
            platform=account.platform,
            space=space.external_id if space else None,
            to=account.external_id,
            private=True,
            direct=True,
            picture=reply.picture,
            file=reply.file,
            locale=self.texts_for(member).language,
        )
        self.letters.append(Letter(outgoing, self.community.id, account.id, kind="push"))

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
        self.errands.append(Errand(self.community.id, self.my_account.id, command, given, writes, asked))

    async def invite(self, space: Space, room: str | None, text: str, button: Button, days: int) -> None:
        """Write into a room, unasked, with a button that anybody may press for so many days."""
        token = secrets.token_urlsafe(12)
        until = self.now + timedelta(days=days)
        kept = Kept(token, self.community.id, None, button.command, dict(button.options), False, until)
        await self.unit.buttons.add([kept])
        outgoing = Outgoing(
            text=text,
            platform=space.platform,
            space=space.external_id,
            room=room,
            buttons=((SentButton(button.label, token),),),
            locale=self.community.settings.language,
        )
        self.letters.append(Letter(outgoing, self.community.id, kind="push"))

    def give_role(self, word: str) -> None:
        """Give the caller a role in the space where they ask."""
        if self.space is None:
            raise LookupError("nobody asks here")
        account = self.my_account
        change = RoleChange(
            platform=self.space.platform, space=self.space.external_id, to=account.external_id, give=(word,)
        )
        self.letters.append(Letter(change, self.community.id, account.id, kind=ROLE))

    def say(self, space: Space, room: str | None, reply: Reply, *, delete_after: int = 0) -> None:
        """Write into a room, unasked: a push."""
        outgoing = Outgoing(
            text=reply.text,
            platform=space.platform,
            space=space.external_id,
            room=room,
            picture=reply.picture,
            delete_after=delete_after,
            locale=self.t.language,
        )
        self.letters.append(Letter(outgoing, self.community.id, kind="push"))


@dataclass(slots=True)
class Happening:
    """What a reaction to an event works with: everything is in memory, and what it does is written with the batch.

    `target` is whom the event addresses: the writer of the message replied or reacted to. `direct` says that it
    happened in a one-to-one chat, to which `space` and `room` are only the community's nearest.
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
    direct: bool = False

    @property
    def rules(self) -> Rules:
        """Return the community's points rules."""
        return self.community.settings.rules

    @property
    def earns(self) -> bool:
        """Say whether points are to be had here: not in rooms that are set so."""
        return self.room is None or self.room.earns

    def day(self, at: datetime) -> str:
        """Return the community's calendar day of a time."""
        return local_day(at, self.community.settings.timezone).isoformat()


class Books:
    """The working set of a batch: members, entries to be booked, letters to be written."""

    def __init__(self) -> None:
        self.members: dict[int, Member] = {}
        self.accounts: dict[int, Account] = {}
        self.entries: dict[int, list[tuple[Entry, bool]]] = {}
        self.reversals: dict[int, list[tuple[str, datetime]]] = {}
        self.letters: list[Letter] = []
        self.tally: dict[tuple[int, Reason, str], int] = {}
        # Of messages that were deleted: who answered whom with them, and when.
        self.replies: dict[str, list[tuple[int, int, datetime]]] = {}
        self.places: dict[tuple[int, str], tuple[Space, Room | None]] = {}

    def give(self, happening: Happening, entry: Entry, *, fresh: bool = False) -> bool:
        """Offer an entry to the ledger; say whether this batch offers its key for the first time.

        `fresh` says that the key stems from a new event, so that nobody need look whether it is booked.
        """
        community_id = happening.community.id
        if (community_id, entry.key) in self.places:
            return False
        self.places[community_id, entry.key] = (happening.space, happening.room)
        self.entries.setdefault(community_id, []).append((entry, not fresh))
        return True

    def reverse(self, happening: Happening, key: str, at: datetime) -> None:
        """Take back the entry with this key, if there is one that wasn't taken back."""
        self.reversals.setdefault(happening.community.id, []).append((key, at))
