"""The conversation of `tests.platforms.conversation` gives the same answers on Telegram as in the playground."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.store.unit import Store
from tests.platforms.conversation import PEOPLE, Call, Press, Say, Shown, hold, on_playground, roomless
from tests.platforms.telegram.conftest import Running

GROUP = "Data Kitchen"


@dataclass
class OnTelegram:
    """The stage: a supergroup, where a private answer comes to the direct chat."""

    kith: Running
    store: Store
    said: dict[str, Any] = field(default_factory=dict)
    last: Any = None

    async def say(self, line: Say) -> None:
        parent = self.said.get(line.answers or "")
        self.said[line.who] = self.kith.server.say(PEOPLE[line.who], GROUP, line.text, reply_to=parent)
        await self.kith.settled()

    async def call(self, line: Call) -> Shown:
        before = self._seen(line.who)
        words = " ".join([f"/{line.name}", *line.options.values()])
        self.kith.server.say(PEOPLE[line.who], GROUP, words)
        await self.kith.settled()
        self.last = [message for message in self._all(line.who) if _key(message) not in before][-1]
        return self._shown(self.last)

    async def press(self, line: Press) -> Shown:
        rows = self.last["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == line.label)
        query = self.kith.server.press(PEOPLE[line.who], self.last, data)
        await self.kith.settled()
        alerts = [c for c in self.kith.server.called("answerCallbackQuery") if c.params["callback_query_id"] == query]
        if alerts and alerts[-1].params.get("text"):
            return Shown(_words(alerts[-1].params["text"]))
        now = next(m for m in self._all(line.who) if _key(m) == _key(self.last))
        return self._shown(now)

    def _all(self, who: str) -> list[Any]:
        return [*self.kith.server.messages(GROUP), *self.kith.server.messages(PEOPLE[who])]

    def _seen(self, who: str) -> set[tuple[int, int]]:
        return {_key(message) for message in self._all(who)}

    @staticmethod
    def _shown(message: Any) -> Shown:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        labels = tuple(button["text"] for row in rows for button in row)
        return Shown(_words(message.get("text") or message.get("caption", "")), labels, "photo" in message)


def _key(message: Any) -> tuple[int, int]:
    return message["chat"]["id"], message["message_id"]


def _words(text: str) -> str:
    return text.replace("\u2060", "")


async def test_the_same_answers_as_in_the_playground(kith: Running, store: Store, beside: Store):
    kith.server.say("Olga", GROUP, "/start")
    await kith.settled()
    async with on_playground(beside) as playground:
        expected = roomless(await hold(playground))
    for there, here in zip(await hold(OnTelegram(kith, store)), expected, strict=True):
        assert there == here
