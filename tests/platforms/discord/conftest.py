"""Kith on Discord: the whole house, with the real discord.py, against the loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from fluent.runtime import FluentResource
from simcord._clock import Clock as ServerClock
from simcord.backend.models import Channel, Guild, Interaction, Message, User

import core.activities
import core.features
from bot.build import House, build
from bot.platforms.discord.platform import Discord
from core.domain.clock import ManualClock
from core.domain.community import Space
from core.domain.outgoing import Outgoing
from core.engine import Registry, discover
from core.engine.seal import Sealer
from core.kit import texts
from core.store.interactions import Interaction as ButtonState
from core.store.outbox import OutboxRow
from core.store.tables.interactions import interactions
from core.store.tables.outbox import outbox
from core.store.unit import Store
from tests.platforms.discord import features
from tests.world.compiled import compiled_once
from tests.world.discord_server import PATIENCE, DiscordServer
from tests.world.world import KEY, START


class SharedClock(ServerClock):
    """Discord's clock, which is Kith's."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()


@dataclass
class Stage:
    """A server with a room and two people, and Kith beside it, up or down."""

    server: DiscordServer
    store: Store
    clock: ManualClock
    registry: Registry
    guild: Guild = field(init=False)
    room: Channel = field(init=False)
    ana: User = field(init=False)
    bo: User = field(init=False)
    platform: Discord = field(init=False)
    house: House = field(init=False)

    def __post_init__(self) -> None:
        self.guild = self.server.guild("Data Kitchen")
        self.room = self.server.channel(self.guild, "general")
        self.ana = self.server.user("ana", guild=self.guild, global_name="Ana")
        self.bo = self.server.user("bo", guild=self.guild, global_name="Bo")

    @asynccontextmanager
    async def up(self, *, wait: bool = True, **more: Any) -> AsyncIterator[House]:
        """Run Kith until the end of the block, then end it as a crash would: at once."""
        await self.advance(seconds=1)
        self.platform = Discord(
            more.pop("token", self.server.token),
            self.store,
            self.clock,
            list(self.registry.commands.values()),
            api_url=self.server.api_url,
            gateway_url=self.server.gateway_url,
            **more,
        )
        self.platform.between_sessions = 0.0
        self.house = build(self.store, self.clock, Sealer([KEY]), [self.platform], self.registry)
        running = asyncio.create_task(self.house.run())
        try:
            if wait:
                known = asyncio.create_task(self.until(self.listens))
                await asyncio.wait({running, known}, return_when=asyncio.FIRST_COMPLETED)
                known.cancel()
                await asyncio.wait({known})
            if running.done():
                running.result()
            yield self.house
        finally:
            running.cancel()
            await asyncio.wait({running})

    async def listens(self) -> bool:
        """Say whether Kith has told the store that it hears Discord."""
        async with self.store.read() as unit:
            return await unit.communities.last_heard("discord") == self.clock.now()

    async def space(self) -> Space:
        """Return the server as Kith knows it, as soon as it does."""

        async def known() -> Space | None:
            async with self.store.read() as unit:
                return (await unit.communities.spaces("discord", [str(self.guild.id)])).get(str(self.guild.id))

        space: Space = await self.until(known)
        return space

    async def caught_up(self, *rooms: Channel) -> bool:
        """Say whether the newest message of each room, the first channel by itself, is recorded as taken."""
        space = await self.space()
        async with self.store.read() as unit:
            seen = await unit.communities.last_seen(space.id)
        return all(seen.get(str(room.id)) == str(self.server.messages(room)[-1].id) for room in rooms or (self.room,))

    async def overflowed(self) -> bool:
        """Say whether Kith has let events go."""
        return self.platform._inflow is not None and self.platform._inflow._overflowed

    async def until(self, holds: Callable[[], Awaitable[Any]]) -> Any:
        """Wait until something is true, and return it."""
        async with asyncio.timeout(PATIENCE):
            while not (found := await holds()):  # noqa: ASYNC110  the database tells nobody
                await asyncio.sleep(0.01)
        return found

    async def kept(self, kind: str | None = None) -> list[ButtonState]:
        """Return what is kept of the events, oldest first; of one kind, or all."""
        async with self.store.read() as unit:
            rows = await unit.connection.execute(interactions.select().order_by(interactions.c.id))
            return [row for row in rows if kind in (None, row.kind)]

    async def keeps(self, kind: str, count: int) -> list[Any]:
        """Wait until so many events of a kind are kept."""

        async def enough() -> list[Any] | None:
            rows = await self.kept(kind)
            return rows if len(rows) >= count else None

        rows: list[Any] = await self.until(enough)
        return rows

    async def advance(self, **by: float) -> None:
        """Move time on for Discord and Kith."""
        self.clock.advance(timedelta(**by))


async def answered(stage: Stage, interaction: Interaction) -> Message:
    """Wait for the answer to an interaction."""
    message: Message = await stage.server.until(lambda: stage.server.answer(interaction))
    return message


async def push(stage: Stage, *texts: str, **more: Any) -> None:
    """Write messages down as a job would, and wake the deliverer."""
    letters = [
        OutboxRow(Outgoing(text=text, platform="discord", space=str(stage.guild.id), **more), kind="push")
        for text in texts
    ]
    async with stage.store.begin() as unit:
        await unit.outbox.add(letters, stage.clock.now())
    stage.house.deliverers["discord"].waiting.set()


async def states(stage: Stage) -> list[str]:
    """Return the state of each letter, oldest first; one that was tried and waits is `again`."""
    async with stage.store.read() as unit:
        rows = await unit.connection.execute(outbox.select().order_by(outbox.c.id))
        return ["again" if row.state == "waiting" and row.attempts else row.state for row in rows]


async def settled(stage: Stage, *wanted: str) -> None:
    """Wait until the letters are in these states."""

    async def there() -> bool:
        return await states(stage) == list(wanted)

    await stage.until(there)


@pytest.fixture
def stage_url(tmp_path: Path, sqlite_template: Path) -> str:
    """Give the address of an empty, migrated SQLite file; tests that go through both databases give another."""
    path = tmp_path / "kith.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def stage(stage_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Give a Discord with a server on it, and Kith beside it, not yet up."""
    for language, catalogue in (("en", features.ENGLISH), ("zh-CN", features.CHINESE)):
        texts._bundle(language).add_resource(FluentResource(catalogue), allow_overrides=True)
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL("ws://127.0.0.1:9/"))
    store = Store(stage_url)
    clock = ManualClock(START)
    with compiled_once(store):
        async with DiscordServer(clock=SharedClock(clock)) as server:
            yield Stage(server, store, clock, discover(core.features, core.activities, features))
        await store.close()
