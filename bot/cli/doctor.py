"""`kith doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import typer
from cryptography.fernet import Fernet
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from bot import log
from bot.cli.shared import read_settings, show
from bot.connect import connect, with_token
from bot.settings import Settings, terminal_language
from core.domain.clock import SystemClock
from core.domain.events import Finding
from core.domain.message import plain_text
from core.engine import Registry, discover
from core.kit.texts import Texts, language_of
from core.store.unit import DatabaseDown, Store
from migrations import newest, upgrade

PATIENCE = 10.0  # seconds that a platform may take to answer
ZONES = 400  # how many there are at least where the data is whole

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Say what is wrong with this installation and how to mend it; end with 1 where something is."""
    settings = read_settings()
    log.set_up(json=settings.log_json, secrets=[], level=logging.CRITICAL)  # what goes wrong is told once, in words
    found = asyncio.run(examine(settings))
    texts = Texts(language_of(terminal_language()))
    checks = [
        {"well": well, "check": key, "args": args, "says": plain_text(texts(key, **args))} for well, key, args in found
    ]
    well = all(check["well"] for check in checks)
    show({"well": well, "checks": checks}, as_json, _lines(texts))
    raise typer.Exit(0 if well else 1)


def _lines(texts: Texts) -> Callable[[dict[str, Any]], list[str]]:
    def lines(result: dict[str, Any]) -> list[str]:
        told = [f"{'✓' if check['well'] else '✗'} {check['says']}" for check in result["checks"]]
        wrong = sum(1 for check in result["checks"] if not check["well"])
        return [*told, "", plain_text(texts("doctor-summary", wrong=wrong))]

    return lines


async def examine(settings: Settings) -> list[Finding]:
    """Look at data directory, keys, time zones, database and every platform with a token."""
    found = [_folder(settings.data_dir), _keys(settings), _zones()]
    try:
        store = Store(settings.database)
    except (ArgumentError, NoSuchModuleError):
        return [*found, (False, "doctor-database-address", {})]
    try:
        database = await _database(store, settings)
        found += database
        usable = all(well for well, _, _ in database) and _made(settings)
        if usable:
            found += await _books(store)
            found += await _platforms(settings, store)
            return found
    finally:
        await store.close()
    if not with_token(settings):
        return [*found, (True, "doctor-no-token", {})]
    # Platforms are asked all the same: with an empty database in place of one that isn't there.
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/empty.db"
        await asyncio.to_thread(upgrade, address)
        empty = Store(address)
        try:
            return found + await _platforms(settings, empty)
        finally:
            await empty.close()


def _folder(path: Path) -> Finding:
    where = {"path": str(path)}
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return True, "doctor-folder", where
    except OSError as error:
        return False, "doctor-folder-shut", {**where, "why": error.strerror or str(error)}


def _keys(settings: Settings) -> Finding:
    """Look at the keys that seal parked events, making none."""
    if settings.secret_keys is not None:
        keys = [key.strip() for key in settings.secret_keys.get_secret_value().split(",")]
        return (True, "doctor-keys", {}) if all(map(_is_key, keys)) else (False, "doctor-keys-wrong", {})
    path = settings.data_dir / "kith.key"
    if not path.exists():
        return True, "doctor-key-new", {"path": str(path)}
    try:
        key = path.read_text().strip()
    except OSError as error:
        return False, "doctor-key-shut", {"path": str(path), "why": error.strerror or str(error)}
    if not _is_key(key):
        return False, "doctor-key-broken", {"path": str(path)}
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        return False, "doctor-key-open", {"path": str(path)}
    return True, "doctor-key", {"path": str(path)}


def _is_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


def _zones() -> Finding:
    count = len(available_timezones())
    return (True, "doctor-zones", {"count": count}) if count >= ZONES else (False, "doctor-zones-missing", {})


def _made(settings: Settings) -> bool:
    """Say whether there is a database file; a server's database is made by whoever runs the server."""
    url = make_url(settings.database)
    return not url.drivername.startswith("sqlite") or bool(url.database and Path(url.database).exists())


async def _database(store: Store, settings: Settings) -> list[Finding]:
    if not _made(settings):
        return [(True, "doctor-database-new", {})]
    kind = {"kind": store.kind}
    try:
        await asyncio.wait_for(store.ping(), PATIENCE)
        fresh = await store.revision() == newest()
    except TimeoutError:
        return [(False, "doctor-database-away", {**kind, "why": "timeout"})]
    except (DatabaseDown, DatabaseError) as error:
        why = str(error.orig if isinstance(error, DatabaseError) else error).splitlines()[0]
        # What answers and lacks Kith's tables is there all the same.
        if "alembic_version" not in why:
            return [(False, "doctor-database-away", {**kind, "why": why})]
        fresh = False
    return [(fresh, "doctor-database" if fresh else "doctor-database-old", kind)]


async def _books(store: Store) -> list[Finding]:
    """Look at what is in the database: zones that the data lacks, events that wait for somebody."""
    async with store.read() as unit:
        zones = {community.settings.timezone for community in await unit.communities.all()}
        parked = await unit.parked.count()
    unknown = [zone for zone in sorted(zones) if not _known(zone)]
    found: list[Finding] = [(False, "doctor-zone-unknown", {"zone": zone}) for zone in unknown]
    if parked:
        found.append((False, "doctor-parked", {"count": parked}))
    return found


def _known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError):
        return False
    return True


async def _platforms(settings: Settings, store: Store) -> list[Finding]:
    names = with_token(settings)
    if not names:
        return [(True, "doctor-no-token", {})]
    registry = discover()
    found: list[Finding] = []
    for name in names:
        found += await _ask(name, settings, store, registry)
    return found


async def _ask(name: str, settings: Settings, store: Store, registry: Registry) -> Sequence[Finding]:
    try:
        platform = connect(name, settings, store, SystemClock(), registry)
        return await asyncio.wait_for(platform.doctor(), PATIENCE)
    except TimeoutError:
        return [(False, "doctor-platform-silent", {"platform": name.capitalize(), "seconds": int(PATIENCE)})]
    except Exception as error:
        # Whatever an SDK raises, the doctor goes on; the kind of fault says enough, and holds no token.
        return [(False, "doctor-platform-fault", {"platform": name.capitalize(), "why": type(error).__name__})]
