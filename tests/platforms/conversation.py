"""One conversation, held on every platform: what Kith answers must be the same.

What may differ is declared: where a private answer is shown, and how a platform writes bold. Both are left out of
`Shown`; each platform's stage reads its own form back into plain words. A Telegram group without topics has no rooms:
`roomless` leaves their names out.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Protocol

from PIL import Image

from bot.build import build
from bot.platforms.playground.adapter import Playground
from bot.platforms.playground.opening import openings
from bot.platforms.playground.scene import ChatMessage, ChatRoom, Scene
from core.domain.clock import ManualClock
from core.domain.message import plain_text
from core.domain.people import Person, Rights
from core.engine.seal import Sealer
from core.store.unit import Store
from tests.world.background import beside
from tests.world.world import KEY, START

PEOPLE = {"ana": "Ana", "liwei": "Li Wei", "olga": "Olga"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as people read it: plain words, the labels to press, and the size of its picture in pixels."""

    text: str
    labels: tuple[str, ...] = ()
    picture: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Somebody writes, or answers the last thing that `answers` wrote."""

    who: str
    text: str
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody calls a command; an option that names a person holds `@who`."""

    who: str
    name: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody presses a button of the last answer."""

    who: str
    label: str


@dataclass(frozen=True, slots=True)
class Later:
    """What somebody asked for and Kith put off is worked out."""

    who: str


Line = Say | Call | Press | Later

SCRIPT: tuple[Line, ...] = (
    Say("ana", "hello"),
    Say("liwei", "hi", answers="ana"),
    Call("ana", "points", {}),
    Call("liwei", "points", {"member": "@ana"}),
    Call("ana", "checkin", {}),
    Call("ana", "checkin", {}),
    Call("liwei", "thanks", {"member": "@ana"}),
    Call("liwei", "thanks", {"member": "@liwei"}),
    Call("ana", "me", {}),
    Call("ana", "tier", {}),
    Call("ana", "leaderboard", {}),
    Press("ana", "All time"),
    Press("liwei", "Last 30 days"),
    Call("ana", "grant", {"member": "@liwei", "amount": "5", "reason": "mine"}),
    Call("olga", "grant", {"member": "@liwei", "amount": "50", "reason": "*great* notes"}),
    Call("olga", "history", {"member": "@liwei"}),
    Call("olga", "take", {"member": "@liwei", "amount": "1000", "reason": "too much"}),
    Call("olga", "undo", {"entry": "4711"}),
    Call("olga", "audit", {}),
    Call("ana", "privacy", {}),
    Call("ana", "language", {"to": "zh"}),
    Call("ana", "points", {}),
    Call("ana", "checkin", {}),
)


class Stage(Protocol):
    """A platform with the three people on it, and Kith."""

    store: Store

    async def say(self, line: Say) -> None: ...

    async def call(self, line: Call) -> Shown: ...

    async def press(self, line: Press) -> Shown: ...

    async def later(self, line: Later) -> Shown: ...

    def seen(self, who: str) -> list[str]: ...


async def hold(stage: Stage, script: Sequence[Line] = SCRIPT) -> Sequence[tuple[Line, Shown]]:
    """Hold the conversation and return each line with its answer; every message gives 20 points."""
    answers: list[tuple[Line, Shown]] = []
    await _fix_points(stage.store)
    for line in script:
        match line:
            case Say():
                await stage.say(line)
            case Call():
                answers.append((line, await stage.call(line)))
            case Press():
                answers.append((line, await stage.press(line)))
            case Later():
                answers.append((line, await stage.later(line)))
    return answers


def roomless(answers: Sequence[tuple[Line, Shown]]) -> Sequence[tuple[Line, Shown]]:
    """Return answers without the names of rooms."""
    return [(line, replace(shown, text=shown.text.replace(" in #general", ""))) for line, shown in answers]


def size_of(image: bytes | None) -> tuple[int, int] | None:
    """Return the width and height of a PNG, None where there is no picture; raise where it is none or broken."""
    if image is None:
        return None
    with Image.open(BytesIO(image), formats=("PNG",)) as opened:
        opened.load()
        return opened.size


async def _fix_points(store: Store) -> None:
    async with store.begin() as unit:
        for community in await unit.communities.all():
            rules = replace(community.settings.rules, message_min=20, message_max=20)
            community.settings = replace(community.settings, rules=rules)
            await unit.communities.save(community)


@dataclass
class OnPlayground:
    """The conversation's stage in the playground, which the others are held against."""

    store: Store
    platform: Playground
    scene: Scene
    house: Any
    last: ChatMessage | None = None

    async def say(self, line: Say) -> None:
        said = self.scene.messages("general", line.who)
        parent = next((m.id for m in reversed(said) if m.author.id == line.answers), None)
        await self.platform.say(self.scene, self.scene.people[line.who], "general", line.text, parent)

    async def call(self, line: Call) -> Shown:
        words = " ".join([f"/{line.name}", *line.options.values()])
        asked = await self.platform.say(self.scene, self.scene.people[line.who], "general", words)
        await self.house.deliverers["playground"].drain()
        seen = self.scene.messages("general", line.who)
        self.last = next(message for message in seen if message.answers is asked)
        return self._shown(self.last)

    async def press(self, line: Press) -> Shown:
        assert self.last is not None
        token = next(b.token for row in self.last.buttons for b in row if b.label == line.label)
        before = {id(message) for message in self.scene.messages("general", line.who)}
        await self.platform.press(self.scene, self.scene.people[line.who], self.last.id, token, self.last.room)
        await self.house.deliverers["playground"].drain()
        new = [m for m in self.scene.messages("general", line.who) if id(m) not in before]
        self.last = new[-1] if new else self.last
        return self._shown(self.last)

    def under_a_finger(self, message: ChatMessage, label: str) -> tuple[ChatMessage, str]:
        """Return a message and what a button under it carries now."""
        return message, next(b.token for row in message.buttons for b in row if b.label == label)

    async def press_late(self, who: str, pressed: tuple[ChatMessage, str]) -> Shown:
        """Let somebody press what isn't there any more, and return what they are told."""
        message, token = pressed
        before = {id(each) for each in self.scene.messages("general", who)}
        await self.platform.press(self.scene, self.scene.people[who], message.id, token, message.room)
        await self.house.deliverers["playground"].drain()
        return self._shown(next(m for m in self.scene.messages("general", who) if id(m) not in before))

    async def later(self, line: Later) -> Shown:
        await self.house.engine.answer()
        await self.house.deliverers["playground"].drain()
        self.last = self.scene.messages("general", line.who)[-1]
        return self._shown(self.last)

    def seen(self, who: str) -> list[str]:
        """Return what somebody sees in the room."""
        return [plain_text(message.text) for message in self.scene.messages("general", who)]

    @staticmethod
    def _shown(message: ChatMessage) -> Shown:
        labels = tuple(button.label for row in message.buttons for button in row)
        return Shown(plain_text(message.text), labels, size_of(message.image))


@asynccontextmanager
async def on_playground(store: Store) -> AsyncIterator[OnPlayground]:
    """Open a playground with nothing but the three people in it."""
    people = {key: Person(key, name, key) for key, name in PEOPLE.items()}
    rooms = tuple(ChatRoom(each, each) for each in ("general", "help", "pandas"))
    scene = Scene("home", "Data Kitchen", "en", "UTC", rooms, people)
    scene.present |= set(people)
    scene.rights["olga"] = Rights.OWNER
    clock = ManualClock(START)
    platform = Playground(clock, [scene])
    house = build(store, clock, Sealer([KEY]), [platform])
    async with beside(house.intake.run(), platform.run(house.intake)):
        await platform.submit(*openings(scene, clock.now()))
        yield OnPlayground(store, platform, scene, house)
