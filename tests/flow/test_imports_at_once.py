"""Imports that start while another is under way: each waits, and the last finds what the others brought."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.imports.telegram import read as telegram
from core.domain.clock import SystemClock
from core.engine.history import Taken, import_history
from core.engine.levels import Had, import_levels
from core.store import dialect
from core.store.unit import Store
from tests.platforms.exports import chat, said, written

HELD = 1.0  # seconds, several times as long as a writer waits here


def erasure_hash(platform: str, account: str) -> str:
    return f"{platform} {account}"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writers of SQLite give up soon."""
    monkeypatch.setattr(dialect, "BUSY", 0.2)


async def bring(url: str, export: Path) -> Taken:
    store = Store(url)
    try:
        now = SystemClock().now()
        return await import_history(
            store, erasure_hash, "telegram", "Home", telegram(export, "UTC"), path=export.name, now=now
        )
    finally:
        await store.close()


async def bring_levels(url: str) -> dict[str, object]:
    store = Store(url)
    try:
        rows = [Had(2, "1", 500)]
        return await import_levels(store, erasure_hash, "Home", rows, ("telegram", "discord"), SystemClock().now())
    finally:
        await store.close()


async def test_the_others_wait_and_found_nothing_twice(store: Store, database_url: str, tmp_path: Path) -> None:
    export = written(tmp_path, chat(said(1), said(2, 2), said(3)))
    async with store.begin_import():
        waiting = [asyncio.create_task(bring(database_url, export)) for _ in range(2)]
        done, _ = await asyncio.wait(waiting, timeout=HELD)
        assert not done
    taken = await asyncio.gather(*waiting)
    assert sorted((each.messages, each.duplicates) for each in taken) == [(0, 3), (3, 0)]
    async with store.read() as unit:
        assert [each.name for each in await unit.communities.all()] == ["Home"]


async def test_levels_wait_as_well(store: Store, database_url: str, tmp_path: Path) -> None:
    await bring(database_url, written(tmp_path, chat(said(1), said(2, 2))))
    async with store.begin_import():
        waiting = asyncio.create_task(bring_levels(database_url))
        done, _ = await asyncio.wait([waiting], timeout=HELD)
        assert not done
    assert (await waiting)["members"] == 1


async def test_an_imports_patience_ends_with_it(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    async with store.begin_import() as unit:
        assert (await unit.connection.exec_driver_sql("PRAGMA busy_timeout")).scalar_one() == 200
    await store.close()
