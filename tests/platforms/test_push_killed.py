"""kill -9 in the middle of a push: nobody gets it twice, and who may have been left out is counted."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

import pytest

from bot.deliver import AT_ONCE
from core.domain.community import Settings
from core.domain.outgoing import Lane
from core.domain.people import Person
from core.store.members import Newcomer
from core.store.unit import Store
from tests.platforms.push_process import kith
from tests.world.discord_server import DiscordServer, WallClock
from tests.world.telegram_server import TelegramServer

PEOPLE = 300
FLOODED = range(0, 50, 10)  # of whom the platform wants nothing for a second
SHUT = 7  # who blocked Kith
BEFORE = 90  # messages that are there when it is killed
ASKED = "Which book helped you?"
SET_UP = f"daily 10:00 tell=direct holdout=no questions={ASKED}"
WRITTEN = re.compile(
    r"Directly: ([\d,]+) of ([\d,]+) written to( so far)?\.(?: (\d+) couldn’t be reached\.)?(?: (\d+))?"
)


class Stage(Protocol):
    """A platform with its people: Olga, the owner, then as many as are written to."""

    name: str
    group: str
    people: list[str]
    unsure: int  # messages at most of which the platform can't say whether they arrived

    def up(self, database: str) -> AbstractContextManager[BaseProcess]: ...

    def trouble(self) -> None: ...

    def got(self) -> Counter[str]: ...

    async def call(self, which: str, settings: str = "") -> str: ...

    async def press(self, label: str) -> str: ...


async def until(holds: Callable[[], Any]) -> Any:
    async with asyncio.timeout(15):
        while not (found := holds()):  # noqa: ASYNC110  it is another process
            await asyncio.sleep(0.01)
    return found


class OnTelegram:
    """A supergroup."""

    name, unsure = "telegram", AT_ONCE[Lane.PUSH]

    def __init__(self, server: TelegramServer) -> None:
        self.server, self.last = server, {}
        made = [server.user("Olga", started=True), *(server.user(f"P{n}", started=True) for n in range(PEOPLE))]
        self.people = [str(each["id"]) for each in made]
        self.group = str(server.group("Crowd", made[1:], owner="Olga")["id"])

    def up(self, database: str) -> AbstractContextManager[BaseProcess]:
        return kith(self.name, database, self.server.token, self.server.url)

    def trouble(self) -> None:
        for number in FLOODED:
            self.server.flood(f"P{number}", 1)
        blocked = "Forbidden: bot was blocked by the user"
        self.server.fail("sendMessage", 403, blocked, chat=f"P{SHUT}")

    def got(self) -> Counter[str]:
        told = {each: self.server.messages(int(each)) for each in self.people}
        return Counter({each: sum(ASKED in one.get("text", "") for one in said) for each, said in told.items()})

    async def call(self, which: str, settings: str = "") -> str:
        before = len(self.server.alone("Olga", "Crowd"))
        self.server.say("Olga", "Crowd", f"/activities {which} {settings}".strip())
        shown = await until(lambda: self.server.alone("Olga", "Crowd")[before:])
        self.last = shown[-1]
        return str(self.last["text"])

    async def press(self, label: str) -> str:
        markup, number = self.last["reply_markup"], self.last["ephemeral_message_id"]
        rows = markup["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        self.server.press("Olga", self.last, data)

        def changed() -> Any:
            now = next(m for m in self.server.alone("Olga", "Crowd") if m["ephemeral_message_id"] == number)
            return now if now.get("reply_markup") != markup else None

        self.last = await until(changed)
        return str(self.last["text"])


class OnDiscord:
    """A server, of whose people each has opened the direct chat."""

    name, unsure = "discord", 0

    def __init__(self, server: DiscordServer) -> None:
        self.server = server
        self.olga = server.user("olga", global_name="Olga")
        self.guild = server.guild("Crowd", owner=self.olga)
        self.room = server.channel(self.guild, "general")
        self.users = [self.olga, *(server.user(f"p{n}", guild=self.guild) for n in range(PEOPLE))]
        self.people, self.group = [str(each.id) for each in self.users], str(self.guild.id)
        self.last: Any = None
        self.ups = 0

    def up(self, database: str) -> AbstractContextManager[BaseProcess]:
        self.ups += 1
        return kith(self.name, database, self.server.token, self.server.api_url, self.server.gateway_url)

    def trouble(self) -> None:
        for number in FLOODED:
            chat = self.server.dm(self.users[1 + number])
            self.server.limit("POST", f"/channels/{chat.id}/messages", 1.0)
        self.server.block_dms(self.users[1 + SHUT])

    def got(self) -> Counter[str]:
        told = {str(each.id): self.server.from_bot(self.server.dm(each)) for each in self.users}
        return Counter({each: sum(ASKED in one.content for one in said) for each, said in told.items()})

    async def call(self, which: str, settings: str = "") -> str:
        await until(lambda: len(self.server.gateway.identified) == self.ups)
        await until(lambda: self.server.backend.find_command("activities", self.guild.id))
        options = {"which": which} | ({"settings": settings} if settings else {})
        asked = self.server.slash(self.olga, self.room, "activities", options)
        await self.server.gateway.tell()
        self.last = await until(lambda: self.server.answer(asked))
        return str(self.last.content)

    async def press(self, label: str) -> str:
        before = str(self.last.components)
        self.server.press(self.olga, self.last, label=label)
        await self.server.gateway.tell()
        await until(lambda: str(self.last.components) != before)
        return str(self.last.content)


@asynccontextmanager
async def on_telegram() -> AsyncIterator[Stage]:
    async with TelegramServer() as server:
        yield OnTelegram(server)


@asynccontextmanager
async def on_discord() -> AsyncIterator[Stage]:
    async with DiscordServer(clock=WallClock()) as server:
        yield OnDiscord(server)


async def enrol(store: Store, stage: Stage) -> None:
    """Let everybody be known, with their direct chat open, where it is noon: nobody has quiet hours."""
    now = datetime.now(UTC)
    ahead = 12 - now.hour
    settings = Settings(timezone=f"Etc/GMT{-ahead:+d}")
    async with store.begin() as unit:
        community = await unit.communities.add("Crowd", settings, now)
        await unit.communities.open_space(community.id, stage.name, stage.group, "Crowd", "group", now)
        start = settings.starts_with(stage.name)
        new = [Newcomer(community.id, stage.name, Person(each, f"P{each}"), start, now) for each in stage.people]
        await unit.members.enrol(new)
        await unit.members.open_chats(stage.name, stage.people, now)


def progress(said: str) -> tuple[int, int, bool, int, int]:
    """Return how many were written to, of how many, if that is all, how many couldn't be reached, and may have been."""
    found = WRITTEN.search(said)
    assert found, said
    count, every, so_far, failed, unsure = found.groups()
    figures = [int(each.replace(",", "")) for each in (count, every, failed or "0", unsure or "0")]
    return figures[0], figures[1], so_far is None, figures[2], figures[3]


# Seconds each, since a claim that died is taken up after four: each platform on one of the databases.
@pytest.mark.parametrize(
    ("database_url", "on"), [("postgresql", on_telegram), ("sqlite", on_discord)], indirect=["database_url"]
)
async def test_a_push_killed_in_the_middle_reaches_everybody_once_and_says_so(
    store: Store, database_url: str, on: Callable[[], Any]
) -> None:
    async with on() as stage:
        await enrol(store, stage)
        with stage.up(database_url) as process:
            await stage.call("question", SET_UP)
            await stage.press("Start")
            stage.trouble()
            _, every, done, _, _ = progress(await stage.press("Run now"))
            assert (every, done) == (len(stage.people), False)
            await until(lambda: stage.got().total() >= BEFORE)
            process.kill()
            process.join()
        assert stage.got().total() < PEOPLE
        with stage.up(database_url):
            count, every, done, *_ = progress(await stage.call("1"))
            assert BEFORE - AT_ONCE[Lane.PUSH] <= count <= every == len(stage.people)
            async with asyncio.timeout(30):
                while not done:
                    await asyncio.sleep(0.1)
                    count, every, done, failed, unsure = progress(await stage.press("Look again"))
    got = stage.got()
    assert max(got.values()) == 1, "somebody got it twice"
    assert (every, failed) == (len(stage.people), 1)
    assert unsure <= stage.unsure
    assert count + failed + unsure == every
    missing = [each for each in stage.people if not got[each]]
    assert stage.people[1 + SHUT] in missing
    assert count <= got.total() == every - len(missing) <= count + unsure
