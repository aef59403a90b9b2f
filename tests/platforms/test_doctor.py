"""`kith doctor`: what it finds, in words, with the status that scripts read."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.cli.doctor import examine
from bot.settings import Settings
from core.domain.clock import SystemClock
from core.kit.texts import LANGUAGES, Texts
from core.store.unit import Store
from tests.web.conftest import kith
from tests.world.command_line import plain_environment, run_here
from tests.world.discord_server import DiscordServer
from tests.world.telegram_server import TelegramServer

Found = dict[str, tuple[bool, dict[str, Any]]]


def _settings(folder: Path, **given: Any) -> Settings:
    return Settings(_env_file=None, data_dir=folder / "data", **given)  # type: ignore[call-arg]


async def _found(settings: Settings) -> Found:
    found = await examine(settings)
    for language in LANGUAGES:  # whatever is found has words
        assert all(Texts(language)(key, **args) for _, key, args in found)
    return {key: (well, args) for well, key, args in found}


def _doctor(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in plain_environment().items() if not name.startswith(("LC_", "LANG"))}
    given = {**clean, "KITH_DATA_DIR": str(folder / "data"), **environment}
    with contextlib.chdir(folder):
        return run_here("doctor", *arguments, environment=given)


def test_a_fresh_machine_is_well(tmp_path: Path) -> None:
    done = _doctor(tmp_path, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result["well"] is True
    assert [check["check"] for check in result["checks"]] == [
        "doctor-folder",
        "doctor-key-new",
        "doctor-zones",
        "doctor-database-new",
        "doctor-no-token",
    ]
    assert not (tmp_path / "data" / "kith.db").exists()
    assert not (tmp_path / "data" / "kith.key").exists()


def test_what_is_wrong_is_said_with_how_to_mend_it(tmp_path: Path) -> None:
    done = _doctor(tmp_path, KITH_DATABASE_URL="postgresql://kith:hunter2@127.0.0.1:9/kith", KITH_SECRET_KEYS="oops")
    assert done.returncode == 1
    assert "✗ KITH_SECRET_KEYS holds something that is no key." in done.stdout
    assert "✗ PostgreSQL doesn't answer" in done.stdout
    assert done.stdout.endswith("2 things are to be mended.\n")
    assert "hunter2" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_in_chinese_where_the_machine_speaks_it(tmp_path: Path) -> None:
    done = _doctor(tmp_path, LC_ALL="zh_CN.UTF-8", PYTHONUTF8="1")
    assert done.returncode == 0
    assert done.stdout.endswith("一切正常。\n")


def test_bad_input_ends_with_2_and_one_line(tmp_path: Path) -> None:
    done = _doctor(tmp_path, KITH_WEB_PORT="many")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("kith: KITH_WEB_PORT: ")
    assert done.stderr.count("\n") == 1


async def test_a_database_that_is_old_or_up_to_date(tmp_path: Path, store: Store) -> None:
    assert (await _found(_settings(tmp_path, database_url=store.url)))["doctor-database"][0]
    async with store.begin() as unit:
        await unit.parked.add("fake", "m:1", "home", b"sealed", "ValueError", SystemClock().now())
    assert (await _found(_settings(tmp_path, database_url=store.url)))["doctor-parked"] == (False, {"count": 1})
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    (tmp_path / "empty.db").touch()
    assert (await _found(_settings(tmp_path, database_url=empty)))["doctor-database-old"][0] is False
    assert "doctor-database-address" in await _found(_settings(tmp_path, database_url="a database"))


async def test_keys_that_are_broken_open_or_fine(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    settings.data_dir.mkdir()
    key = settings.data_dir / "kith.key"
    key.write_bytes(Fernet.generate_key())
    key.chmod(0o600)
    assert "doctor-key" in await _found(settings)
    key.chmod(0o644)
    assert (await _found(settings))["doctor-key-open"][0] is False
    key.write_text("half a ke")
    assert (await _found(settings))["doctor-key-broken"][0] is False
    both = f"{Fernet.generate_key().decode()}, {Fernet.generate_key().decode()}"
    assert "doctor-keys" in await _found(_settings(tmp_path, secret_keys=both))


async def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert (await _found(_settings(tmp_path)))["doctor-folder-shut"][0] is False


async def test_telegram_is_asked(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        known = _settings(tmp_path, telegram_token=server.token, telegram_api_url=server.url)
        found = await _found(known)
        assert found["doctor-telegram-token"][0]
        wrong = _settings(tmp_path, telegram_token="1:wrong", telegram_api_url=server.url)
        assert (await _found(wrong))["telegram-token-refused"][0] is False
    assert (await _found(known))["doctor-telegram-unreachable"][0] is False


async def test_discord_is_asked(tmp_path: Path) -> None:
    async with DiscordServer() as server:
        given = {"discord_api_url": server.api_url, "discord_gateway_url": server.gateway_url}
        found = await _found(_settings(tmp_path, discord_token=server.token, **given))
        assert found["doctor-discord-token"][0]
        found = await _found(_settings(tmp_path, discord_token="wrong", **given))
        assert found["doctor-discord-token-wrong"][0] is False


async def test_a_platform_that_never_answers_is_named_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.doctor.PATIENCE", 0.3)

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(swallow, "127.0.0.1", 0) as silent:
        url = f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}"
        settings = _settings(tmp_path, telegram_token="1:token", telegram_api_url=url)
        assert (await _found(settings))["doctor-platform-silent"][1]["platform"] == "Telegram"


async def _page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    asked = (await reader.readuntil(b"\r\n\r\n")).split()[1]
    body = b"<html>nothing is at " + asked + b"</html>"
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    await writer.drain()
    writer.close()


@pytest.mark.parametrize("words", [("doctor",), ("doctor", "--json"), ("run", "telegram")])
async def test_a_proxy_s_page_is_told_in_a_line_without_the_token(tmp_path: Path, words: tuple[str, ...]) -> None:
    token = "1234567:" + "AbCdEf-_" * 5
    server = await asyncio.start_server(_page, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    given = {"KITH_TELEGRAM_TOKEN": token, "KITH_TELEGRAM_API_URL": url}
    if words[0] == "run":
        process = kith(*words, data=tmp_path, **given)
        assert process.stderr is not None
        said = await asyncio.to_thread(process.stderr.readline)
        assert "something else than the Bot API answers" in said
        process.terminate()
        out, faults = await asyncio.to_thread(process.communicate, timeout=60)
    else:
        done = await asyncio.to_thread(_doctor, tmp_path, *words[1:], **given)
        out, faults = done.stdout, done.stderr
        assert "Telegram" in out
    server.close()
    assert token.partition(":")[2] not in out + faults
    assert "Traceback" not in faults
