"""Kith as it runs, on the real SDK, against a Bot API server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

import core.activities
import core.features
import core.studies
from bot.build import House, build
from bot.platforms.telegram.adapter import Telegram
from bot.platforms.telegram.pace import Pace
from core.domain.clock import ManualClock
from core.domain.community import Community
from core.domain.message import Button, Reply
from core.domain.people import Member
from core.domain.pictures import Board, BoardRow
from core.engine import Registry, discover
from core.kit import Context, command
from core.kit.declare import Rights, declared
from core.store.tables.outbox import outbox
from core.store.unit import Store
from tests.world import feedback
from tests.world.background import beside
from tests.world.telegram_server import TelegramServer
from tests.world.world import KEY, Sealer

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
UNHURRIED = {"a_chat": 0.0, "a_group": 1_000_000, "overall": 1_000_000}


@command()
async def echo(context: Context, words: str = "") -> Reply:
    """Say what was said."""
    return Reply(words or "(nothing)")


@command(private=True)
async def whisper(context: Context, words: str = "psst") -> Reply:
    """Answer to the caller alone."""
    return Reply(words, private=True)


@command(rights=Rights.MODERATOR)
async def rule(context: Context) -> Reply:
    """Answer moderators only."""
    return Reply("as you wish")


@command()
async def page(context: Context, number: int = 1) -> Reply:
    """Turn pages in place."""
    return Reply(f"page {number}", buttons=((Button("next", "page", {"number": str(number + 1)}),),))


@command(private=True)
async def hush(context: Context) -> Reply:
    """Answer a press to the presser alone."""
    return Reply("only you see this", private=True)


@command()
async def offer(context: Context) -> Reply:
    """Offer something to press to everybody."""
    return Reply("press", buttons=((Button("hush", "hush", anyone=True, replace_message=False),),))


@command(private=True)
async def secrets(context: Context, number: int = 1) -> Reply:
    """Tell one secret after the other to the caller alone."""
    button = Button("next", "secrets", {"number": str(number + 1)})
    return Reply(("first", "second", "third")[number - 1], buttons=((button,),))


@command()
async def vault(context: Context) -> Reply:
    """Offer secrets to everybody, each their own."""
    return Reply("press", buttons=((Button("open", "secrets", anyone=True, replace_message=False),),))


@command(private=True)
async def portrait(context: Context, points: int = 1) -> Reply:
    """Show a picture to the caller alone."""
    board = Board(title="Board", rows=(BoardRow(rank=1, name=context.me.name, points=points),), foot="")
    button = Button("more", "portrait", {"points": str(points + 1)})
    return Reply("a portrait", buttons=((button,),), picture=board)


def registry() -> Registry:
    """Return what Kith declares and the commands above."""
    feedback.speak()
    base = discover(core.features, core.activities, core.studies, feedback)
    mine = {
        found.name: found
        for each in (echo, whisper, rule, page, hush, offer, secrets, vault, portrait)
        if (found := declared(each))
    }
    return replace(base, commands={**base.commands, **mine})


@dataclass
class Running:
    """Everything that a test looks at."""

    server: TelegramServer
    house: House
    telegram: Telegram
    clock: ManualClock
    store: Store

    async def settled(self, within: float = 30.0) -> None:
        """Wait until every update is taken and every message sent, given up or put off."""
        await self.server.settled(within=within)
        async with asyncio.timeout(within):
            while await self._under_way():  # noqa: ASYNC110  the outbox is looked at, it tells nobody
                await asyncio.sleep(0.01)

    async def menus(self) -> None:
        """Wait until every menu is published."""
        async with asyncio.timeout(30):
            while len(self.server.commands) < 6:  # noqa: ASYNC110  the server tells nobody
                await asyncio.sleep(0.01)

    async def _under_way(self) -> bool:
        """Say whether a message is being sent, or is due and the first of its chat."""
        unsettled = outbox.c.state.in_(("waiting", "sending"))
        async with self.store.read() as unit:
            rows = list(await unit.connection.execute(select(outbox).where(unsettled).order_by(outbox.c.id)))
        heads = {row.chat: row for row in reversed(rows)}.values()
        return any(row.state == "sending" or row.due_at <= self.clock.now() for row in heads)

    async def community(self, chat: Any) -> Community:
        """Return the community of a chat."""
        key = str(self.server.chat(chat).id)
        async with self.store.read() as unit:
            space = (await unit.communities.spaces("telegram", [key]))[key]
            return await unit.communities.get(space.community_id)

    async def member(self, who: str, chat: Any) -> Member:
        """Return a member as the books have them."""
        community, person = await self.community(chat), str(self.server.person(who).user["id"])
        async with self.store.read() as unit:
            found = await unit.members.find("telegram", {community.id: [person]})
            return await unit.members.get(found[community.id, person].member_id)

    def texts(self, chat: Any) -> list[str]:
        """Return what Kith says in a chat, oldest first."""
        return [one.get("text") or one.get("caption", "") for one in self.server.messages(chat)]


@asynccontextmanager
async def running(server: TelegramServer, store: Store, clock: ManualClock, **options: Any) -> AsyncIterator[Running]:
    """Run Kith against `server` until the block ends."""
    declared_things = registry()
    pace = options.pop("pace", None) or Pace(**UNHURRIED)
    telegram = Telegram(
        server.token,
        clock,
        list(declared_things.commands.values()),
        api_url=options.pop("api_url", server.url),
        pace=pace,
        **options,
    )
    house = build(store, clock, Sealer([KEY]), [telegram], declared_things)
    async with beside(house.run()):
        yield Running(server, house, telegram, clock, store)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def server(clock: ManualClock) -> AsyncIterator[TelegramServer]:
    """Give a server with a few people, a supergroup and a forum."""
    async with TelegramServer(now=lambda: clock.now().timestamp()) as made:
        made.user("Ana", username="ana", language_code="en", started=True)
        made.user("Li Wei", username="liwei", language_code="zh-hans", started=True)
        made.user("Noor", last_name="Haddad")
        made.user("Olga", username="olga", started=True)
        made.group("Data Kitchen", ["Ana", "Li Wei", "Noor"], owner="Olga")
        made.group("Forum", ["Ana", "Li Wei"], owner="Olga", forum=True)
        yield made


@pytest.fixture
async def kith(
    server: TelegramServer, store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Running]:
    """Run Kith by long polling; it calls no roll, which would ask the server beside what a test asks."""
    monkeypatch.setattr("bot.build.UNTIL_UP", 3_600.0)
    async with running(server, store, clock) as made:
        while not server.called("getUpdates"):  # noqa: ASYNC110  the server is another's
            await asyncio.sleep(0.005)
        yield made


@pytest.fixture
async def kith_quiet(server: TelegramServer, clock: ManualClock) -> AsyncIterator[tuple[TelegramServer, Telegram]]:
    """Give the adapter alone, which only sends: no database, no polling."""
    telegram = Telegram(server.token, clock, api_url=server.url, pace=Pace(**UNHURRIED))
    yield server, telegram
    await telegram.close()
