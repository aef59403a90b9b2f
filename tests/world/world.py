"""Drive Kith as people do: `say`, `react`, `press`, `advance`, and look at what was `sent`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from cryptography.fernet import Fernet

from bot.build import House, build
from core.domain.clock import ManualClock
from core.domain.community import Community
from core.domain.events import (
    ButtonPressed,
    CommandCalled,
    Event,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    SpaceOpened,
)
from core.domain.message import plain_text
from core.domain.people import Member, Person, Rights
from core.domain.tasks import Lane
from core.engine import discover
from core.engine.seal import Sealer
from core.store.unit import Store
from tests.world.platform import FakePlatform, Sent

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = Fernet.generate_key()
REGISTRY = discover()  # once: a test that adds features puts another in its place


class World:
    """A community `home` on one or more fake platforms; people are called by a name that is also their id."""

    def __init__(self, store: Store, *platforms: FakePlatform) -> None:
        self.clock = ManualClock(START)
        self.store = store
        self.platforms = {p.name: p for p in platforms or (FakePlatform(),)}
        self.house: House = build(store, self.clock, Sealer([KEY]), list(self.platforms.values()), REGISTRY)
        self.engine = self.house.engine
        self.default = next(iter(self.platforms))
        self._ids = count(1)

    async def open(self, space: str = "home", title: str = "Data Kitchen", platform: str | None = None) -> None:
        """Let Kith into a space."""
        await self.happen(SpaceOpened, None, space=space, platform=platform, title=title)

    async def happen(self, kind: type[Event], who: str | Person | None, /, **more: Any) -> Event:
        """Hand one event in and deliver what follows from it."""
        event = self.event(kind, who, **more)
        await self.hand_in(event)
        return event

    def event(self, kind: type[Event], who: str | Person | None, /, **more: Any) -> Event:
        """Return an event of now, in `home` where no space is given, for whoever hands in many at once."""
        number = next(self._ids)
        person = Person(who, who.capitalize()) if isinstance(who, str) else who
        given = {
            "platform": more.pop("platform", None) or self.default,
            "key": more.pop("key", f"e:{number}"),
            "space": more.pop("space", "home"),
            "at": more.pop("at", self.clock.now()),
            "actor": person,
        }
        return kind(**given, **more)

    async def hand_in(self, *events: Event) -> None:
        """Hand events in as one batch and deliver what follows."""
        await self.engine.accept(events)
        await self.deliver()

    async def deliver(self) -> None:
        """Send what the outbox holds."""
        for deliverer in self.house.deliverers.values():
            await deliverer.drain()

    async def say(self, who: str | Person, text: str, **more: Any) -> str:
        """Let somebody write; a text that begins with / calls a command. Return the message's id."""
        message = str(next(self._ids))
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            mentions = {w: Person(w[1:], w[1:].capitalize()) for w in rest.split() if w.startswith("@")}
            await self.happen(CommandCalled, who, key=f"m:{message}", name=name, text=rest, mentions=mentions, **more)
        else:
            await self.happen(MessageSent, who, key=f"m:{message}", length=len(text), **more)
        return message

    async def react(self, who: str, message: str, emoji: str = "👍", *, removed: bool = False, **more: Any) -> None:
        """Let somebody react to a message."""
        await self.happen(ReactionRemoved if removed else ReactionAdded, who, message=message, emoji=emoji, **more)

    async def delete(self, message: str, **more: Any) -> None:
        """Let a message go away."""
        await self.happen(MessageDeleted, None, message=message, **more)

    async def join(self, who: str, **more: Any) -> None:
        self.platforms[more.get("platform") or self.default].absent.discard(f"{more.get('space', 'home')}/{who}")
        await self.happen(MemberJoined, who, **more)

    async def leave(self, who: str, **more: Any) -> None:
        self.platforms[more.get("platform") or self.default].absent.add(f"{more.get('space', 'home')}/{who}")
        await self.happen(MemberLeft, who, **more)

    async def press(self, who: str, label: str, **more: Any) -> None:
        """Let somebody press the newest button with this label."""
        for sent in reversed(self.sent):
            for row in sent.outgoing.buttons:
                for button in row:
                    if button.label == label:
                        place = {"space": sent.outgoing.space, "room": sent.outgoing.room, "message": sent.id}
                        await self.happen(ButtonPressed, who, token=button.token, **{**place, **more})
                        return
        raise AssertionError(f"no button {label!r} in {[s.outgoing.buttons for s in self.sent][-3:]}")

    async def advance(self, *, nights: bool = False, **by: float) -> None:
        """Move time on (in timedelta's words) and run what comes due: by the hour on the last day, by six before.

        What is heavy is worked out in the last night alone, as each does anew, or in all `nights`. House is kept once,
        at the end.
        """
        left = timedelta(**by)
        while left > timedelta(0):
            last = left <= timedelta(days=1)
            step = min(left, timedelta(hours=1 if last else 6))
            self.clock.advance(step)
            left -= step
            await self.engine.tasks.drain([lane for lane in Lane if last or nights or lane is not Lane.HEAVY])
        await self.engine.due()
        await self.deliver()

    def moderator(self, who: str, rights: Rights = Rights.MODERATOR) -> None:
        """Give somebody rights on every platform."""
        for platform in self.platforms.values():
            platform.moderators[who] = rights

    @property
    def sent(self) -> list[Sent]:
        """Return what was sent on all platforms, oldest first."""
        every = [sent for platform in self.platforms.values() for sent in platform.sent]
        return sorted(every, key=lambda sent: int(sent.id.removeprefix("sent-")))

    @property
    def last(self) -> str:
        """Return the text last sent, without markup."""
        return plain_text(self.sent[-1].outgoing.text)

    @property
    def texts(self) -> list[str]:
        """Return all texts sent, without markup."""
        return [plain_text(sent.outgoing.text) for sent in self.sent]

    async def community(self, space: str = "home", platform: str | None = None) -> Community:
        """Return the community of a space."""
        async with self.store.read() as unit:
            found = await unit.communities.spaces(platform or self.default, [space])
            return await unit.communities.get(found[space].community_id)

    async def member(self, who: str, space: str = "home", platform: str | None = None) -> Member:
        """Return a member as the books have them now."""
        community = await self.community(space, platform)
        async with self.store.read() as unit:
            found = await unit.members.find(platform or self.default, {community.id: [who]})
            return await unit.members.get(found[community.id, who].member_id)

    async def set(self, **settings: Any) -> None:
        """Change the community's settings."""
        community = await self.community()
        community.settings = replace(community.settings, **settings)
        async with self.store.begin() as unit:
            await unit.communities.save(community)
