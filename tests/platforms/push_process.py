"""Kith on one platform as it runs, but for a pace that a test can wait for: to be killed while it writes to many."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import bot.build
from bot.build import build
from bot.platforms.discord.platform import Discord
from bot.platforms.port import Platform
from bot.platforms.telegram.adapter import Telegram
from bot.platforms.telegram.pace import Pace
from core.domain.clock import SystemClock
from core.engine import discover
from core.engine.seal import Sealer
from core.store.unit import Store
from tests.reliability.child import nursery, running
from tests.world.world import KEY

A_SECOND = 150  # messages
_nursery = nursery(__name__)


@contextmanager
def kith(platform: str, database: str, token: str, api: str, gateway: str = "") -> Iterator[BaseProcess]:
    """Run Kith until the block ends, which kills it."""
    with running(_nursery, work, platform, database, token, api, gateway) as (process, _):
        yield process


def work(platform: str, database: str, token: str, api: str, gateway: str, _: Connection) -> None:
    """Run until killed."""
    asyncio.run(_work(platform, database, token, api, gateway))


async def _work(name: str, database: str, token: str, api: str, gateway: str) -> None:
    bot.build.UNTIL_UP = 3_600.0  # no roll is called
    store, clock, registry = Store(database), SystemClock(), discover()
    commands = list(registry.commands.values())
    platform: Platform
    if name == "telegram":
        pace = Pace(a_chat=0.0, a_group=1_000_000, overall=A_SECOND)
        platform = Telegram(token, clock, commands, api_url=api, pace=pace)
    else:
        platform = Discord(token, store, clock, commands, api_url=api, gateway_url=gateway)
    house = build(store, clock, Sealer([KEY]), [platform], registry)
    await asyncio.gather(house.run(), house.engine.work_on())
