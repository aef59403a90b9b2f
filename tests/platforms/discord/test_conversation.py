"""The conversation of `tests.platforms.conversation` gives the same answers on Discord as in the playground."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from simcord.backend.models import Channel, Message, User

from core.domain.people import Person
from core.store.unit import Store
from tests.platforms import activities, insight, ties
from tests.platforms.conversation import PEOPLE, Call, Later, Press, Say, Shown, hold, on_playground, size_of
from tests.platforms.discord.conftest import Stage, states


@dataclass
class OnDiscord:
    """The stage: a room of a server, where a private answer is shown to one person."""

    stage: Stage
    store: Store
    people: dict[str, User]
    said: dict[str, Message] = field(default_factory=dict)
    last: Any = None

    async def say(self, line: Say) -> None:
        parent = self.said.get(line.answers or "")
        more = {} if parent is None else {"reply_to": parent}
        self.said[line.who] = self.stage.server.say(self.people[line.who], self.stage.room, line.text, **more)
        await self.stage.until(self.stage.caught_up)

    async def call(self, line: Call) -> Shown:
        options = {name: self._option(value) for name, value in line.options.items()}
        asked = self.stage.server.slash(self.people[line.who], self.stage.room, line.name, options, force=True)
        self.last = await self.stage.server.until(lambda: self.stage.server.answer(asked))
        return self._shown(self.last)

    async def press(self, line: Press) -> Shown:
        before = self.last.content, _labels(self.last)
        pressed = self.stage.server.press(self.people[line.who], self.last, label=line.label)
        await self.stage.server.until(lambda: pressed.responded and self._answered(pressed, before))
        own = self.stage.server.answer(pressed)
        self.last = self.last if own is None or own.id == self.last.id else own
        return self._shown(self.last)

    def under_a_finger(self, message: Message, label: str) -> tuple[Message, str]:
        """Return a message and what a button under it carries now."""
        parts = [part for row in message.components for part in row["components"]]
        return message, next(part["custom_id"] for part in parts if part["label"] == label)

    async def press_late(self, who: str, pressed: tuple[Message, str]) -> Shown:
        """Let somebody press what isn't there any more, and return what they are told."""
        late = self.stage.server.press_forged(self.people[who], *pressed)
        return self._shown(await self.stage.server.until(lambda: self.stage.server.answer(late)))

    async def said_in(self, room: Channel, count: int) -> list[Message]:
        """Return what Kith said in a room, once that is so many messages."""
        said = self.stage.server.from_bot
        found: list[Message] = await self.stage.server.until(lambda: len(said(room)) >= count and said(room))
        return found

    def words(self, message: Message) -> str:
        """Return a message's text as people read it."""
        return self._shown(message).text

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the buttons of the last answer."""
        return self._shown(self.last).labels

    async def later(self, line: Later) -> Shown:
        before = {message.id for message in self.stage.server.from_bot(self.stage.room)}
        await self.stage.house.engine.answer()
        self.last = await self.stage.server.until(
            lambda: next((m for m in self.stage.server.from_bot(self.stage.room) if m.id not in before), None)
        )
        return self._shown(self.last)

    def seen(self, who: str) -> list[str]:
        """Return what somebody sees of what Kith said in the room."""
        said = self.stage.server.from_bot(self.stage.room)
        return [self.words(each) for each in said if each.visible_to(self.people[who].id)]

    def _answered(self, pressed: Any, before: tuple[str, tuple[str, ...]]) -> bool:
        own = self.stage.server.answer(pressed)
        return (self.last.content, _labels(self.last)) != before or (own is not None and own.id != self.last.id)

    def _option(self, value: str) -> Any:
        if value.startswith("@"):
            return self.people[value[1:]]
        return int(value) if value.isdigit() else value

    def _shown(self, message: Message) -> Shown:
        # An attachment may be a picture or a file: none of the script's answers is a file.
        pictures = [self.stage.server.attachment(each) for each in message.attachments]
        return Shown(_words(message.content), _labels(message), size_of(pictures[0] if pictures else None))


def _labels(message: Message) -> tuple[str, ...]:
    parts = [part for row in message.components for part in row["components"]]
    return tuple(each["label"] for part in parts for each in part.get("options", [part]))


def _words(content: str) -> str:
    """Return what people read, in the zone of the community and in English."""
    content = re.sub(
        r"<t:(\d+):f>", lambda at: f"{datetime.fromtimestamp(int(at[1]), UTC):%-d %B, %H:%M} (UTC)", content
    )
    return re.sub(r"\\(.)|\*\*?|`", lambda found: found[1] or "", content).replace("\u200b", "")


def _moment(found: re.Match[str]) -> str:
    return f"{datetime.fromtimestamp(int(found[1]), UTC):%-d %B, %H:%M} (UTC)"


def cast(stage: Stage) -> dict[str, User]:
    """Return the three people, of whom Olga owns the server."""
    people = {
        "ana": stage.ana,
        **{key: stage.server.user(key, guild=stage.guild, global_name=PEOPLE[key]) for key in ("liwei", "olga")},
    }
    stage.guild.owner_id = people["olga"].id
    return people


def _place(stage: Stage, people: dict[str, User]) -> ties.Place:
    """Return the server with a room and a thread for both groups."""
    rooms = stage.server.channel(stage.guild, "help"), stage.server.thread(stage.room, "pandas", people["olga"])
    return ties.Place(
        "discord",
        str(stage.guild.id),
        "Data Kitchen",
        (str(rooms[0].id), str(rooms[1].id)),
        {key: Person(str(user.id), PEOPLE[key], key) for key, user in people.items()},
    )


async def test_the_same_answers_as_in_the_playground(stage: Stage, beside: Store) -> None:
    people = cast(stage)
    async with on_playground(beside) as playground:
        expected = await hold(playground)
    async with stage.up():
        held = OnDiscord(stage, stage.store, people)
        await stage.space()
        for there, here in zip(await hold(held), expected, strict=True):
            assert there == here


async def test_the_community_graph_as_in_the_playground(stage: Stage, beside: Store) -> None:
    people = cast(stage)
    cooks = stage.server.role(stage.guild, "Cooks")
    stage.server.role(stage.guild, "Boss", permissions=discord.Permissions(ban_members=True).value)
    stage.server.role(stage.guild, "Above", above_bot=True)
    here = _place(stage, people)
    async with on_playground(beside) as playground:
        await ties.bring(beside, ties.on_playground(playground))
        expected = await hold(playground, ties.SCRIPT)
    ties.check(expected)
    async with stage.up():
        held = OnDiscord(stage, stage.store, people)
        await stage.space()
        await ties.bring(stage.store, here)
        answers = await hold(held, ties.SCRIPT)
        for there, said in zip(ties.comparable(answers), ties.comparable(expected), strict=True):
            assert there == said
        help_room = stage.server.backend.get_channel(int(here.rooms[0]))
        said = await held.said_in(help_room, 2)
        assert [held.words(message).startswith(ties.INVITED) for message in said] == [True, True]

        await held.call(Call("olga", "circles", {"circle": "1"}))
        assert [label for label in held.labels if label.startswith("身份组")] == ["身份组：Cooks"]
        await held.press(Press("olga", "身份组：Cooks"))
        await held.press(Press("olga", "发送"))
        held.last = (await held.said_in(help_room, 3))[-1]
        shown = await held.press(Press("ana", "Join"))
        assert shown.text == "欢迎，身份组马上就到。"
        ana = stage.server.backend.get_member(stage.guild.id, stage.ana.id)
        await stage.server.until(lambda: ana.role_ids == [cooks.id])


async def test_how_people_stay_as_in_the_playground(stage: Stage, beside: Store) -> None:
    people = cast(stage)
    here = _place(stage, people)
    async with on_playground(beside) as playground:
        await ties.bring(beside, ties.on_playground(playground))
        expected = await insight.play(playground)
    insight.check(expected)
    async with stage.up():
        await stage.space()
        await ties.bring(stage.store, here)
        answers = await insight.play(OnDiscord(stage, stage.store, people))
        for there, said in zip(answers, expected, strict=True):
            assert there == said


@pytest.mark.parametrize("it", [None, *activities.PLAYS], ids=lambda it: it.kind if it else "question")
async def test_an_activity_as_in_the_playground(stage: Stage, beside: Store, it: activities.Play | None) -> None:
    people = cast(stage)
    async with on_playground(beside) as playground:
        expected = await activities.on_playground(playground, it)
    async with stage.up():
        held = OnDiscord(stage, stage.store, people)
        await stage.space()

        async def sent() -> bool:
            return not {"waiting", "sending"} & set(await states(stage))

        async def passing(by: timedelta) -> None:
            stage.clock.advance(by)
            await stage.house.engine.due()
            stage.house.deliverers["discord"].waiting.set()
            await stage.until(sent)

        def find(begins: str) -> Message:
            said = reversed(stage.server.from_bot(stage.room))
            return next(each for each in said if each.content.replace("*", "").startswith(begins))

        if it is None:
            assert await activities.live_through(held, passing, find) == expected
        else:
            assert await activities.play(held, passing, find, it) == expected
