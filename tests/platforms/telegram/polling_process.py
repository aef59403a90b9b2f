"""Kith by long polling, to be killed: reads one line of JSON a process, forks it, and prints its id.

Everything is imported once, so that a round of dying costs milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys

from bot.build import build
from bot.platforms.telegram.adapter import Telegram
from core.domain.clock import SystemClock
from core.engine import discover
from core.engine.seal import Sealer
from core.store.unit import Store

REGISTRY = discover()


async def run(database: str, api: str, token: str, key: str) -> None:
    """Receive until killed."""
    clock = SystemClock()
    telegram = Telegram(token, clock, api_url=api)
    house = build(Store(database), clock, Sealer([key.encode()]), [telegram], REGISTRY)
    await house.run()


def main() -> None:
    """Fork a receiver for each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        given = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(run(**given))
            os._exit(1)
        print(child, flush=True)  # noqa: T201  told to whoever will kill it


if __name__ == "__main__":
    main()
