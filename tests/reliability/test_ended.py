"""`kith run` is asked to end while it sends: what is on its way arrives, whoever comes next sends the rest."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from core.domain.outgoing import Outgoing
from core.store.outbox import OutboxRow
from core.store.tables.outbox import outbox
from core.store.unit import Store
from migrations import upgrade
from tests.web.conftest import kith
from tests.world.telegram_server import TelegramServer

PEOPLE = 18
SLOW = 0.3  # seconds until a message has arrived
LONGEST = 30  # seconds, on a machine that has much else to do


class Slow(TelegramServer):
    """A Telegram that takes its time."""

    async def _run(self, method: str, params: Any) -> Any:
        if method == "sendMessage":
            await asyncio.sleep(SLOW)
        return await super()._run(method, params)


async def states(url: str) -> Counter[str]:
    store = Store(url)
    async with store.read() as unit:
        rows = await unit.connection.execute(
            select(outbox.c.state, func.count().label("rows")).group_by(outbox.c.state)
        )
        found = Counter({row.state: row.rows for row in rows})
    await store.close()
    return found


async def until(true: Any) -> None:
    for _ in range(1_200):
        if await true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to that")


async def test_whoever_is_asked_to_end_gives_back_what_it_claimed_and_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kith.db'}"
    upgrade(url)
    async with Slow() as server:
        people = [server.user(f"Person {number}", started=True) for number in range(PEOPLE)]
        store = Store(url)
        async with store.begin() as unit:
            letters = [
                Outgoing(text="News.", platform="telegram", to=str(each["id"]), private=True, direct=True)
                for each in people
            ]
            await unit.outbox.add([OutboxRow(each, kind="push") for each in letters], datetime.now(UTC))
        await store.close()

        def shown() -> Counter[int]:
            return Counter({number: len(server.messages(each["id"])) for number, each in enumerate(people)})

        def begin() -> Any:
            given = {"KITH_DATABASE_URL": url, "KITH_TELEGRAM_TOKEN": server.token, "KITH_TELEGRAM_API_URL": server.url}
            return kith("run", "telegram", "worker", data=tmp_path, **given)

        async def some_arrived() -> bool:
            return shown().total() >= 3

        process = begin()
        try:
            await until(some_arrived)
            process.send_signal(signal.SIGTERM)
            _, faults = await asyncio.to_thread(process.communicate, timeout=LONGEST)
        finally:
            process.kill()
        assert process.returncode == 0, faults
        assert "Traceback" not in faults
        found = await states(url)
        assert set(found) == {"sent", "waiting"}, "somebody still holds what they claimed"
        assert found["sent"] == shown().total()
        assert found.total() == PEOPLE

        async def all_sent() -> bool:
            return (await states(url))["sent"] == PEOPLE

        process = begin()
        try:
            await until(all_sent)
        finally:
            process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(process.communicate, timeout=40)
        assert set(shown().values()) == {1}
