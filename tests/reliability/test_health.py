"""What `/health` and `/metrics` say is so: each part is well when it last worked, and not because it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.build import House, build
from bot.platforms.telegram.adapter import Telegram
from bot.web.app import make_app
from bot.web.health import Health
from core.domain.clock import ManualClock
from core.domain.outgoing import Outgoing
from core.engine import discover
from core.store.outbox import OutboxRow
from core.store.unit import Store
from tests.world import World
from tests.world.background import beside
from tests.world.telegram_server import TelegramServer
from tests.world.world import KEY, Sealer

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def until(house: House, state: str, platform: str) -> dict[str, Any]:
    """Look until a platform is in a state, and return what health says."""
    async with asyncio.timeout(60):
        while (seen := await Health(house).look())["platforms"][platform]["state"] != state:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return seen


@pytest.fixture
async def telegram(store: Store) -> AsyncIterator[tuple[House, TelegramServer]]:
    """Run a house on a Bot API server."""
    clock = ManualClock(START)
    async with TelegramServer() as server:
        registry = discover()
        platform = Telegram(server.token, clock, tuple(registry.commands.values()), api_url=server.url)
        house = build(store, clock, Sealer([KEY]), [platform], registry)
        async with beside(house.run()):
            yield house, server


async def test_a_bot_api_that_cannot_be_reached_is_told(telegram: tuple[House, TelegramServer]) -> None:
    house, server = telegram
    seen = await until(house, "running", "telegram")
    assert seen["status"] == "ok"
    assert seen["platforms"]["telegram"]["last_success"] == "2026-03-02T09:00:00+00:00"
    server.fail("getUpdates", 502, "Bad Gateway", times=1_000)
    house.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    ana = server.user("Ana")
    server.say(ana, ana, "hello")  # ends the poll under way
    seen = await until(house, "faltering", "telegram")
    assert seen["status"] == "degraded"
    transport = httpx.ASGITransport(make_app(house))
    async with httpx.AsyncClient(transport=transport, base_url="http://kith") as web:
        assert (await web.get("/health")).status_code == 200
        assert 'kith_part_up{part="platform:telegram"} 1.0' in (await web.get("/metrics")).text
    house.clock.advance(timedelta(seconds=59))  # type: ignore[attr-defined]
    assert (await Health(house).look())["status"] == "degraded"
    house.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    seen = await until(house, "unreachable", "telegram")
    assert seen["status"] == "down"
    assert seen["platforms"]["telegram"]["why"] == "HTTP 502"
    assert seen["platforms"]["telegram"]["failing_since"] == "2026-03-02T09:01:00+00:00"
    async with httpx.AsyncClient(transport=transport, base_url="http://kith") as web:
        assert (await web.get("/health")).status_code == 503
        assert 'kith_part_up{part="platform:telegram"} 0.0' in (await web.get("/metrics")).text


async def test_a_bot_api_that_answers_again_is_well(telegram: tuple[House, TelegramServer]) -> None:
    house, server = telegram
    await until(house, "running", "telegram")
    server.fail("getUpdates", 502, "Bad Gateway", times=4)
    ana = server.user("Ana")
    server.say(ana, ana, "hello")
    await until(house, "faltering", "telegram")
    assert (await until(house, "running", "telegram"))["status"] == "ok"


async def test_a_platform_that_was_never_reached_is_not_well(store: Store) -> None:
    clock = ManualClock(START)
    platform = Telegram("123456:" + "a" * 35, clock, api_url="http://127.0.0.1:9")
    house = build(store, clock, Sealer([KEY]), [platform])
    async with beside(house.run()):
        seen = await until(house, "unreachable", "telegram")
    assert seen["platforms"]["telegram"] == {
        "ok": False,
        "state": "unreachable",
        "last_success": None,
        "failing_since": "2026-03-02T09:00:00+00:00",
        "why": "ConnectError",
    }


async def test_tasks_tell_when_they_were_last_looked_at(world: World) -> None:
    health = Health(world.house)
    assert "tasks" not in await health.look()  # another process has them
    await world.engine.due()
    world.clock.advance(timedelta(minutes=9))
    assert (await health.look())["tasks"] == {
        "ok": True,
        "last_success": "2026-03-02T09:00:00+00:00",
        "waiting": sum(each.every is not None for each in discover().tasks.values()),  # the next slot of each
        "failed": 0,
    }
    world.clock.advance(timedelta(minutes=2))
    assert not (await health.look())["tasks"]["ok"]
    await world.engine.due()
    assert (await health.look())["tasks"]["ok"]
    world.engine.worker.failed(world.clock.now(), "killed")
    seen = await health.look()
    assert (seen["worker"]["ok"], seen["worker"]["killed"], seen["status"]) == (False, 1, "down")


async def test_messages_that_do_not_go_are_told(world: World) -> None:
    health = Health(world.house)
    await world.say("ana", "/points")
    seen = await health.look()
    assert seen["outbox"]["ok"]
    assert seen["outbox"]["last_success"] == "2026-03-02T09:00:00+00:00"
    async with world.store.begin() as unit:
        letter = OutboxRow(Outgoing(text="hello", platform=world.default, space="home"))
        await unit.outbox.add([letter], world.clock.now())
    world.clock.advance(timedelta(minutes=3))
    seen = await health.look()
    assert not seen["outbox"]["ok"]
    assert world.default in seen["outbox"]["why"]
