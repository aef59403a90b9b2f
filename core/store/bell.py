"""Who waits for what is written down: rung at once in this process, and for other processes where the database tells.

PostgreSQL tells by LISTEN and NOTIFY; SQLite says whether anybody else committed, and is asked.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

TABLES = ("outbox", "tasks")  # what is written there is to be done
LOOKS = 1.0  # seconds between two looks where nobody tells what other processes write
LONGEST = 10.0  # seconds between two looks in any case: a clock may be put right meanwhile, a word may be lost
LEAST = 0.05  # seconds: what is due may be another's for a moment
ASKED = 0.5  # seconds between two questions to SQLite
ALIVE = 5.0  # seconds of silence after which a connection to PostgreSQL is asked for a sign of life
_CHANNEL = "kith_due"
_NOTIFY = text(f"SELECT pg_notify('{_CHANNEL}', :said)")


class Bell:
    """Wake whoever waits for a table; `hears` says whether that holds for what other processes write, too."""

    def __init__(self) -> None:
        self.hears = False
        self._waiting: dict[str, list[asyncio.Event]] = defaultdict(list)
        self._name = secrets.token_hex(4)

    def hang(self, table: str, event: asyncio.Event) -> None:
        """Let `event` be set whenever something to be done is written into a table."""
        self._waiting[table].append(event)

    def ring(self, tables: Collection[str] = TABLES) -> None:
        """Wake who waits for these tables."""
        for table in tables:
            for event in self._waiting[table]:
                event.set()

    async def rung(self, event: asyncio.Event, seconds: float = LONGEST) -> None:
        """Return when `event` is set, or something is due in `seconds`, or it is time to look anyway."""
        pause = min(seconds, LONGEST if self.hears else LOOKS)
        # Not wait_for: on Python 3.11 that loses a cancellation that comes with the timeout.
        with suppress(TimeoutError):
            async with asyncio.timeout(max(pause, min(LEAST, LOOKS))):
                await event.wait()

    async def tell(self, connection: AsyncConnection, tables: Collection[str]) -> None:
        """Let other processes know, once this is committed, that something was written into these tables."""
        if connection.dialect.name != "sqlite":
            await connection.execute(_NOTIFY, {"said": f"{self._name} {' '.join(sorted(tables))}"})

    async def listen(self, connection: AsyncConnection) -> None:
        """Ring for what other processes write, as long as the connection lasts."""
        is_sqlite = connection.dialect.name == "sqlite"
        if not is_sqlite:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
        driver = (await connection.get_raw_connection()).driver_connection
        try:
            async for tables in _changes(driver) if is_sqlite else self._told(driver):
                self.hears = True
                self.ring(tables)
        finally:
            self.hears = False
            if not is_sqlite:
                await connection.invalidate()  # whoever has it next hears nothing

    async def _told(self, driver: Any) -> AsyncIterator[Collection[str]]:
        await driver.execute(f"LISTEN {_CHANNEL}")
        yield TABLES  # what was written before
        while True:
            async for notice in driver.notifies(timeout=ALIVE):
                by, *tables = notice.payload.split()
                if by != self._name:
                    yield tables
            await driver.execute("SELECT 1")


async def _changes(driver: Any) -> AsyncIterator[Collection[str]]:
    before = None
    while True:
        (version,) = await (await driver.execute("PRAGMA data_version")).fetchone()
        if version != before:
            yield TABLES
        before = version
        await asyncio.sleep(ASKED)
