"""PostgreSQL itself stops under traffic and comes back: nothing is lost, nothing is told that isn't so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.build import build
from core.domain.clock import ManualClock
from core.engine.seal import Sealer
from core.store.outbox import LEASE
from core.store.unit import DatabaseDown, Store
from migrations import upgrade
from tests.reliability.books import assert_adds_up, books, difference
from tests.reliability.story import START, batch, in_order, opening
from tests.reliability.test_killed import undisturbed
from tests.world.platform import FakePlatform
from tests.world.postgres import Server, postgres_server
from tests.world.world import KEY

AWAY = 0.5  # seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with postgres_server() as made:
        upgrade(made.url)
        yield made


async def test_the_database_goes_and_comes_back_under_traffic(
    server: Server, sqlite_template: Path, tmp_path: Path
) -> None:
    store, numbers = Store(server.url), range(60)
    platform, clock = FakePlatform(), ManualClock(START)
    house = build(store, clock, Sealer([KEY]), [platform])
    house.intake._pause = 0.05
    running = asyncio.create_task(house.run())
    await house.intake.submit(opening())
    acknowledged: list[int] = []
    waiting = asyncio.Semaphore(0)

    def let(count: int) -> None:
        for _ in range(count):
            waiting.release()

    async def hand_in(some: list[int]) -> None:
        for number in some:
            await waiting.acquire()
            await house.intake.submit(batch(number))
            acknowledged.append(number)

    traffic = [asyncio.create_task(hand_in(some)) for some in in_order(numbers)]
    for _ in range(2):
        reached = len(acknowledged) + 10
        let(20)
        while len(acknowledged) < reached:  # noqa: ASYNC110  as long as it takes
            await asyncio.sleep(0.01)
        await asyncio.to_thread(server.take_away)
        let(5)  # however quick the others were, these find no database
        while house.intake.down_since is None:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        told = list(acknowledged)
        await asyncio.sleep(AWAY)
        with pytest.raises(DatabaseDown):
            await house.engine.due()
        assert acknowledged == told, "acknowledged without a database"
        await asyncio.to_thread(server.bring_back)
        kept = {row[0] for row in books(server.url)["interactions"]}
        assert {event.key for number in told for event in batch(number)} <= kept
    let(len(numbers))
    await asyncio.wait_for(asyncio.gather(*traffic), 60)
    await house.engine.due()
    clock.advance(LEASE + timedelta(seconds=1))  # what was claimed when the database went is free again
    async with store.read() as unit:
        while (await unit.outbox.backlog()).get("fake"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await store.close()
    assert house.intake.down_since is None
    assert_adds_up(server.url)
    found = books(server.url)
    assert difference(found, books(undisturbed(sqlite_template, tmp_path, numbers))) == {}
    assert len({sent.id for sent in platform.sent}) == found["letters"].total()
