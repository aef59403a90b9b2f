"""The conversation of `tests.platforms.conversation` gives the same answers on Telegram as in the playground."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from core.domain.clock import ManualClock
from core.domain.people import Person
from core.store.unit import Store
from tests.platforms import activities, insight, ties
from tests.platforms.conversation import PEOPLE, Call, Later, Press, Say, Shown, hold, on_playground, roomless, size_of
from tests.platforms.telegram.conftest import Running

GROUP = "Data Kitchen"


@dataclass
class OnTelegram:
    """The stage: a supergroup with Kith as an administrator: a private answer is shown there to one person alone."""

    kith: Running
    store: Store
    group: str = GROUP
    said: dict[str, Any] = field(default_factory=dict)
    last: Any = None

    async def say(self, line: Say) -> None:
        parent = self.said.get(line.answers or "")
        self.said[line.who] = self.kith.server.say(PEOPLE[line.who], self.group, line.text, reply_to=parent)
        await self.kith.settled()

    async def call(self, line: Call) -> Shown:
        before = self._seen(line.who)
        words = " ".join([f"/{line.name}", *line.options.values()])
        self.kith.server.say(PEOPLE[line.who], self.group, words)
        await self.kith.settled()
        self.last = [message for message in self._all(line.who) if _key(message) not in before][-1]
        return self._shown(self.last)

    async def press(self, line: Press) -> Shown:
        rows = self.last["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == line.label)
        before, shown = self._seen(line.who), self._shown(self.last)
        query = self.kith.server.press(PEOPLE[line.who], self.last, data)
        await self.kith.settled()
        alerts = [c for c in self.kith.server.called("answerCallbackQuery") if c.params["callback_query_id"] == query]
        if alerts and alerts[-1].params.get("text"):
            return Shown(_words(alerts[-1].params["text"]))
        now = next(message for message in self._all(line.who) if _key(message) == _key(self.last))
        new = [message for message in self._all(line.who) if _key(message) not in before]
        alone = [message for message in new if message.get("ephemeral_message_id")]  # the post may change as well
        self.last = (alone or new)[-1] if alone or (new and self._shown(now) == shown) else now
        return self._shown(self.last)

    def under_a_finger(self, message: Any, label: str) -> tuple[Any, str]:
        """Return a message and what a button under it carries now."""
        rows = message["reply_markup"]["inline_keyboard"]
        return message, next(button["callback_data"] for row in rows for button in row if button["text"] == label)

    async def press_late(self, who: str, pressed: tuple[Any, str]) -> Shown:
        """Let somebody press what isn't there any more, and return what they are told."""
        query = self.kith.server.press(PEOPLE[who], *pressed, forged=True)
        await self.kith.settled()
        calls = self.kith.server.called("answerCallbackQuery")
        return Shown(next(c.params["text"] for c in calls if c.params["callback_query_id"] == query))

    async def later(self, line: Later) -> Shown:
        before = self._seen(line.who)
        await self.kith.house.engine.answer()
        await self.kith.settled()
        self.last = next(message for message in self._all(line.who) if _key(message) not in before)
        return self._shown(self.last)

    def seen(self, who: str) -> list[str]:
        """Return what somebody sees of what Kith said, in the group and directly."""
        return [self._shown(message).text for message in self._all(who)]

    def _all(self, who: str) -> list[Any]:
        server, person = self.kith.server, PEOPLE[who]
        return [*server.messages(self.group), *server.alone(person, self.group), *server.messages(person)]

    def _seen(self, who: str) -> set[tuple[int, int, int]]:
        return {_key(message) for message in self._all(who)}

    def _shown(self, message: Any) -> Shown:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        labels = tuple(button["text"] for row in rows for button in row)
        return Shown(_words(message.get("text") or message.get("caption", "")), labels, size_of(self._photo(message)))

    def _photo(self, message: Any) -> bytes | None:
        return self.kith.server.files[message["photo"][-1]["file_id"]][1] if "photo" in message else None


def _key(message: Any) -> tuple[int, int, int]:
    return message["chat"]["id"], message["message_id"], message.get("ephemeral_message_id", 0)


def _words(text: str) -> str:
    return text.replace("\u2060", "")


async def test_the_same_answers_as_in_the_playground(kith: Running, store: Store, beside: Store):
    kith.server.say("Olga", GROUP, "/start")
    await kith.settled()
    async with on_playground(beside) as playground:
        expected = roomless(await hold(playground))
    for there, here in zip(await hold(OnTelegram(kith, store)), expected, strict=True):
        assert there == here


@pytest.mark.parametrize("it", [None, *activities.PLAYS], ids=lambda it: it.kind if it else "question")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_activity_as_in_the_playground(
    kith: Running, store: Store, beside: Store, clock: ManualClock, it: activities.Play | None
):
    kith.server.say("Olga", GROUP, "/start")
    await kith.settled()
    async with on_playground(beside) as playground:
        expected = await activities.on_playground(playground, it)

    async def passing(by: timedelta) -> None:
        clock.advance(by)
        await kith.house.engine.due()
        await kith.settled()

    def find(begins: str) -> Any:
        return next(each for each in reversed(kith.server.messages(GROUP)) if each["text"].startswith(begins))

    held = OnTelegram(kith, store)
    if it is None:
        assert await activities.live_through(held, passing, find) == expected
        assert expected[-1] == activities.ENDED
    else:
        assert await activities.play(held, passing, find, it) == expected


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_how_people_stay_as_in_the_playground(kith: Running, store: Store, beside: Store):
    async with on_playground(beside) as playground:
        await ties.bring(beside, ties.on_playground(playground))
        expected = await insight.play(playground)
    insight.check(expected)
    await ties.bring(store, await _forum(kith))
    answers = await insight.play(OnTelegram(kith, store, "Forum"))
    for (line, there), (_, here) in zip(answers, expected, strict=True):
        said = replace(there, text=there.text.replace("Forum", GROUP))
        assert said == replace(here, text=here.text.replace("#general", GROUP)), line


async def _forum(kith: Running) -> ties.Place:
    """Return a forum with the topics of both groups."""
    server = kith.server
    rooms = tuple(str(server.topic("Forum", name, by="Olga")) for name in ("help", "pandas"))
    await kith.settled()
    people = {key: Person(str(server.person(name).user["id"]), name, key) for key, name in PEOPLE.items()}
    return ties.Place("telegram", str(server.chat("Forum").id), "Forum", (rooms[0], rooms[1]), people)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_community_graph_as_in_the_playground(kith: Running, store: Store, beside: Store):
    server = kith.server
    here = await _forum(kith)
    await ties.bring(store, here)
    async with on_playground(beside) as playground:
        await ties.bring(beside, ties.on_playground(playground))
        expected = await hold(playground, ties.SCRIPT)
    ties.check(expected)
    telegram = OnTelegram(kith, store, "Forum")
    answers = await hold(telegram, ties.SCRIPT)
    for there, said in zip(ties.comparable(answers), ties.comparable(expected), strict=True):
        assert there == said
    invited = [m for m in server.messages("Forum") if m.get("text", "").startswith(ties.INVITED)]
    assert [str(message["message_thread_id"]) for message in invited] == [here.rooms[0]] * 2

    await telegram.call(Call("olga", "circles", {"circle": "1", "link": "https://t.me/+AbCd1234"}))
    await telegram.press(Press("olga", "发送"))
    telegram.last = server.messages("Forum")[-1]
    assert telegram.last["message_thread_id"] == int(here.rooms[0])
    shown = await telegram.press(Press("ana", "Join"))
    assert (shown.text, shown.labels) == ("欢迎，从这里进群。", ("打开群",))
