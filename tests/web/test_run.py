"""`kith run`: what it says when it can't start, and as a process how it ends."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from core.domain.community import Settings
from core.store.unit import Store
from migrations import upgrade
from tests.web.conftest import address_of, kith, running
from tests.world.command_line import plain_environment, run_here
from tests.world.telegram_server import TelegramServer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PATIENCE = 60.0  # seconds: a machine may be busy with other tests


def refused(data: Path, *words: str, **more: str) -> str:
    """Run something that ends before it begins to listen for signals: with 2 and one line, which is returned."""
    given = {"KITH_DATA_DIR": str(data), "KITH_WEB_PORT": "0", **more}
    done = run_here("run", *words, environment=plain_environment(**given))
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("telegram",), "KITH_TELEGRAM_TOKEN is not set"),
        (("nonsense",), "no part called nonsense"),
        (("playground", "web"), "the playground runs alone"),
    ],
)
def test_what_makes_no_sense_is_one_line(tmp_path: Path, words: tuple[str, ...], expected: str) -> None:
    assert expected in refused(tmp_path, *words)


@pytest.mark.parametrize("shards", ["a", "3-1", "0-3/2", "0-3/8/9"])
def test_shards_that_make_no_sense_are_one_line(tmp_path: Path, shards: str) -> None:
    line = refused(tmp_path, "discord", "worker", "--shards", shards, KITH_DISCORD_TOKEN="secret-token")
    assert "--shards" in line
    assert "secret-token" not in line


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = refused(tmp_path, KITH_WEB_PORT=str(taken.getsockname()[1]))
    assert "KITH_WEB_PORT" in line


def test_a_number_that_is_none_is_one_line(tmp_path: Path) -> None:
    assert "KITH_WEB_PORT" in refused(tmp_path, KITH_WEB_PORT="eighty")


async def test_a_wrong_token_is_one_line(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        process = kith("run", data=tmp_path, KITH_TELEGRAM_TOKEN="1234567:wrong", KITH_TELEGRAM_API_URL=server.url)
        said, faults = await asyncio.to_thread(process.communicate, timeout=30)
    assert process.returncode == 2, faults
    assert "Telegram refuses the token" in faults
    assert "Traceback" not in faults
    assert "1234567:wrong" not in said + faults


def test_the_playground_begins_anew_unless_it_is_kept(tmp_path: Path) -> None:
    def written() -> int:
        with closing(sqlite3.connect(tmp_path / "playground.db")) as database:
            return int(database.execute("SELECT count(*) FROM members WHERE name = 'Zoe'").fetchone()[0])

    with running(tmp_path) as address:
        answer = httpx.post(f"{address}/playground/invent?lang=en", json={"name": "Zoe"}, timeout=PATIENCE)
        assert answer.status_code == 200
    assert written() == 1
    with running(tmp_path, "playground", "--keep") as address:
        page = httpx.get(f"{address}/?lang=en&as=en-zoe", timeout=PATIENCE).text
        assert re.search(r'<p class="name">Zoe</p>', page)
    assert written() == 1
    with running(tmp_path):
        pass
    assert written() == 0


async def _founded(url: str) -> None:
    store = Store(url)
    async with store.begin() as unit:
        community = await unit.communities.add("Real", Settings(), NOW)
        await unit.communities.open_space(community.id, "telegram", "-100", "Real", "group", NOW)
    await store.close()


def test_it_ends_though_somebody_else_holds_the_database(tmp_path: Path) -> None:
    process = kith("run", data=tmp_path)
    try:
        address = address_of(process)
        with closing(sqlite3.connect(tmp_path / "playground.db", isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(f"{address}/playground/invent?lang=en", json={"name": "Zoe"}, timeout=2)
            process.send_signal(signal.SIGTERM)
            _, faults = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, faults
    assert "the database doesn't let go" in faults


def test_a_real_database_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'real.db'}"
    upgrade(url)
    asyncio.run(_founded(url))
    with running(tmp_path, KITH_DATABASE_URL=url) as address:
        assert json.loads(httpx.get(f"{address}/health", timeout=PATIENCE).text)["status"] == "ok"
    with closing(sqlite3.connect(tmp_path / "real.db")) as database:
        assert database.execute("SELECT count(*) FROM communities").fetchone()[0] == 1


def test_it_ends_within_grace_while_people_look_on_and_time_moves(tmp_path: Path) -> None:
    with running(tmp_path) as address:
        # Whoever listens stays connected until the server closes the stream.
        listener = httpx.Client(timeout=30)
        stream = listener.send(listener.build_request("GET", f"{address}/playground/stream"), stream=True)
        lines = stream.iter_lines()
        assert next(lines) == "event: time"
        # For a moment the last day is still being lived.
        next(line for line in lines if '"moving": false' in line)
        moving = httpx.post(f"{address}/playground/advance?lang=en", json={"days": 30}, timeout=30)
        assert moving.status_code == 200
    listener.close()


def test_signs_of_life_of_separate_parts(tmp_path: Path) -> None:
    with running(tmp_path, "worker", "web") as address:
        seen = httpx.get(f"{address}/", follow_redirects=True, timeout=PATIENCE).json()
    assert seen["status"] == "ok"
    assert seen["platforms"] == {}
