"""A process of Kith's own to be killed: hands batches to the intake, and tells which were acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bot.build import House, build
from core.domain.clock import ManualClock
from core.engine import discover
from core.engine.news import roll_up
from core.engine.seal import Sealer
from core.store.unit import Store
from tests.reliability.child import nursery, running
from tests.reliability.story import START, batch, in_order, opening
from tests.world.platform import FakePlatform
from tests.world.world import KEY

_nursery = nursery(__name__)
_REGISTRY = discover()


@contextmanager
def worker(url: str, numbers: Sequence[int]) -> Iterator[tuple[BaseProcess, Connection]]:
    """Run a worker that hands these batches in, and give its process and what it tells."""
    with running(_nursery, work, url, tuple(numbers)) as child:
        yield child


def told(pipe: Connection) -> list[int]:
    """Return what a worker that is gone has told."""
    numbers: list[int] = []
    try:
        while True:
            numbers.append(pipe.recv())
    except EOFError:
        return numbers


def work(url: str, numbers: Sequence[int], tell: Connection) -> None:
    """Hand these batches in, each space's in order, and tell the number of each when it is committed."""
    asyncio.run(_work(url, numbers, tell))


async def _work(url: str, numbers: Sequence[int], tell: Connection) -> None:
    store = Store(url)
    house = build(store, ManualClock(START), Sealer([KEY]), [FakePlatform()], _REGISTRY)
    intake = asyncio.create_task(house.intake.run())
    rolling = asyncio.create_task(_roll_up(store))
    await house.intake.submit(opening())
    await asyncio.gather(*(_hand_in(house, some, tell) for some in in_order(numbers)))
    for task in (intake, rolling):
        task.cancel()
    await asyncio.gather(intake, rolling, return_exceptions=True)
    await _rolled_up(store)
    await store.close()


async def _hand_in(house: House, numbers: Sequence[int], tell: Connection) -> None:
    for number in numbers:
        await house.intake.submit(batch(number))
        tell.send(number)


async def _roll_up(store: Store) -> None:
    while True:
        await _rolled_up(store)
        await asyncio.sleep(0.02)


async def _rolled_up(store: Store) -> None:
    async with store.read() as unit:
        communities = await unit.communities.all()
    for community in communities:
        await roll_up(store, community.id)
