"""kill -9 while updates pour in: what Telegram was told has arrived is in the books, once."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select, text

from core.domain.events import message_key
from core.domain.points import Rules
from core.store.tables.interactions import interactions
from tests.world.telegram_server import Remote
from tests.world.world import KEY

ROUNDS = int(os.environ.get("KITH_KILLS", "25"))
CROWD = 30
TOKEN = "4242:TEST-token"


@contextmanager
def process(module: str) -> Iterator[subprocess.Popen[str]]:
    """Run a module until the block ends."""
    quiet = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-m", module], text=True, env=quiet, **pipes) as made:
        try:
            yield made
        finally:
            made.kill()


async def kept(store, chat):
    async with store.read() as unit:
        rows = await unit.connection.execute(select(interactions.c.event_key).where(interactions.c.kind == "message"))
        return Counter(row.event_key.removeprefix(message_key(f"{chat}:")) for row in rows)


async def test_kill_9_at_any_moment_leaves_each_acknowledged_update_applied_once(store, database_url):
    with (
        process("tests.world.telegram_server") as telegram,
        process("tests.platforms.telegram.polling_process") as nursery,
    ):
        remote = Remote(json.loads(telegram.stdout.readline())["port"])
        chat = remote.group("Crowd")["id"]
        said: list[list[int]] = []

        def receiver() -> int:
            given = {"database": database_url, "api": remote.url, "token": TOKEN, "key": KEY.decode()}
            nursery.stdin.write(json.dumps(given) + "\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline())

        def polls() -> int:
            return int(remote.state()["calls"].get("getUpdates", 0))

        confirmed = []
        for _ in range(ROUNDS):
            before, child = polls(), receiver()
            said += remote.crowd(chat, CROWD // 2)
            while polls() == before:  # noqa: ASYNC110  it is another process
                await asyncio.sleep(0.002)
            await asyncio.sleep(random.uniform(0.0, 0.1))
            said += remote.crowd(chat, CROWD // 2)
            await asyncio.sleep(random.uniform(0.0, 0.1))
            os.kill(child, signal.SIGKILL)
            state, books = remote.state(), await kept(store, chat)
            confirmed.append(len(state["confirmed"]))
            assert {str(state["messages"][str(number)]) for number in state["confirmed"]} <= set(books)
        assert len(set(confirmed)) > 1, "no round got as far as acknowledging anything"
        last = receiver()
        try:
            async with asyncio.timeout(30):
                while remote.state()["pending"]:  # noqa: ASYNC110  it is another process
                    await asyncio.sleep(0.05)
        finally:
            os.kill(last, signal.SIGKILL)
    books = await kept(store, chat)
    assert books == Counter({str(message): 1 for _, message in said})
    rules = Rules()
    expected = {str(user): rules.message_points(message_key(f"{chat}:{message}")) for user, message in said}
    async with store.read() as unit:
        rows = await unit.connection.execute(
            text(
                "SELECT a.external_id, m.balance, sum(l.amount), count(*) FROM accounts a "
                "JOIN members m ON m.id = a.member_id JOIN ledger l ON l.account_id = a.id "
                "GROUP BY a.external_id, m.balance"
            )
        )
        assert {row[0]: tuple(row[1:]) for row in rows} == {
            user: (points, points, 1) for user, points in expected.items()
        }
