"""SQLite's driver with one change of thread for a statement: the same rows, however many and however they are taken."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.store import dialect
from core.store.sqlite import AHEAD
from core.store.unit import DatabaseDown, Store

COUNTED = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT i FROM n"


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Store]:
    made = Store(f"sqlite:///{tmp_path / 'a.db'}")
    yield made
    await made.close()


@pytest.mark.parametrize("last", [1, AHEAD - 1, AHEAD, AHEAD + 1, 3 * AHEAD + 7])
async def test_every_row_comes_once(opened: Store, last: int) -> None:
    wanted = list(range(1, last + 1))
    async with opened.read() as unit:
        assert list((await unit.connection.execute(text(COUNTED), {"last": last})).scalars()) == wanted
        streamed = await unit.connection.stream(text(COUNTED), {"last": last})
        assert [row[0] async for row in streamed] == wanted
        pages = await unit.connection.stream(text(COUNTED), {"last": last})
        assert [row[0] async for page in pages.partitions(700) for row in page] == wanted
        one = await unit.connection.execute(text(COUNTED), {"last": last})
        assert one.first() == (1,)


async def test_a_statement_that_is_cancelled_breaks_nothing(opened: Store, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), opened.begin() as unit:
            await unit.connection.execute(text(f"SELECT count(*) FROM ({COUNTED})"), {"last": 1_000_000})
    async with opened.begin() as unit:
        assert (await unit.connection.execute(text("SELECT 1"))).scalar_one() == 1
    assert not caplog.records


async def test_a_writer_cancelled_with_rows_still_to_come_leaves_no_lock(opened: Store, tmp_path: Path) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(_read_while_writing(opened, begun))
    await begun.wait()
    time.sleep(0.3)  # noqa: ASYNC251  the first rows come meanwhile, and the loop can't hand them over
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as kept:
        await task
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    other.close()
    assert kept.tb is not None  # it holds the cursor, as a trace that is yet to be logged does


async def _read_while_writing(store: Store, begun: asyncio.Event) -> None:
    async with store.begin() as unit:
        begun.set()
        await unit.connection.execute(text(COUNTED), {"last": 3 * AHEAD})


async def test_what_is_rolled_back_is_gone(opened: Store) -> None:
    async with opened.begin() as unit:
        await unit.connection.execute(text("CREATE TABLE kept (i INTEGER UNIQUE)"))
    with pytest.raises(IntegrityError):
        await twice(opened)
    async with opened.read() as unit:
        assert (await unit.connection.execute(text("SELECT count(*) FROM kept"))).scalar_one() == 0


async def twice(opened: Store) -> None:
    async with opened.begin() as unit:
        for _ in range(2):
            await unit.connection.execute(text("INSERT INTO kept VALUES (1)"))


async def test_who_waits_to_write_is_told_after_a_while_and_waits_as_long_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "BUSY", 0.05)
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    async with store.begin():
        pass
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None, timeout=0)
    for _ in range(2):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseDown, match="locked"):
            async with store.begin():
                pass
        other.execute("COMMIT")
        async with store.begin() as unit:
            assert (await unit.connection.execute(text("PRAGMA busy_timeout"))).scalar_one() == 50
    other.close()
    await store.close()


async def test_who_waits_to_write_gets_in_between_two_transactions_of_another_process(
    opened: Store, tmp_path: Path
) -> None:
    async with opened.begin():
        pass
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)
    over = threading.Event()

    def hold() -> None:
        while not over.is_set():
            other.execute("BEGIN IMMEDIATE")
            time.sleep(0.02)
            other.execute("COMMIT")
            time.sleep(0.005)

    holding = asyncio.create_task(asyncio.to_thread(hold))
    for _ in range(5):
        async with opened.begin() as unit:
            assert (await unit.connection.execute(text("SELECT 1"))).scalar_one() == 1
    over.set()
    await holding
    other.close()
