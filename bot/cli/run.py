"""`kith run`: the platforms that have a token, else the playground; alarm, deliveries and web with them."""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
import uvicorn
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot import log
from bot.alarm import Alarm
from bot.build import House, build
from bot.cli.shared import fail, read_settings
from bot.keys import open_sealer
from bot.platforms.port import Platform
from bot.settings import Settings
from bot.web.app import make_app
from core.domain.clock import SystemClock
from core.domain.errors import KithError
from core.domain.message import plain_text
from core.engine import discover
from core.kit.texts import Texts
from core.store.unit import Store
from migrations import upgrade

TOKENS = {"telegram": "telegram_token", "discord": "discord_token"}
PLAYGROUND = "playground"
PARTS = (*TOKENS, "worker", "web", PLAYGROUND)
GRACE = 5.0  # seconds that everything has to end in
RETRY = 3.0  # seconds between looks for a database that is away
_log = structlog.get_logger()

app = typer.Typer(add_completion=False)


@dataclass(slots=True)
class Running:
    """What one process runs, and how it is to end."""

    house: House
    tasks: list[Coroutine[Any, Any, None]]
    web: ASGIApp | None = None
    closing: asyncio.Event = field(default_factory=asyncio.Event)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # signals end the whole process in order, not the web server alone


@app.command()
def run(
    parts: Annotated[
        list[str] | None, typer.Argument(help="telegram, discord, worker, web, playground; all that can run if none")
    ] = None,
    keep: Annotated[bool, typer.Option(help="Go on with the last playground instead of a new one.")] = False,
) -> None:
    """Start Kith: the platforms that have a token, else the playground."""
    settings = read_settings()
    wanted = _wanted(parts or [], settings)
    log.set_up(
        json=settings.log_json,
        secrets=_secrets(settings),
        level=logging.WARNING if wanted == [PLAYGROUND] else logging.INFO,
    )
    listening = _listen(settings) if _serves(wanted, settings) else None
    make = _playground(settings, keep) if PLAYGROUND in wanted else _live(settings, wanted)
    try:
        asyncio.run(_run(make, settings, listening))
    except* KithError as errors:
        raise fail(plain_text(Texts("en").error(_first(errors))).replace("\n", " ")) from None


def _wanted(parts: Sequence[str], settings: Settings) -> list[str]:
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise fail(f"there is no part called {unknown[0]}; there are {', '.join(PARTS)}")
    tokens = [name for name, setting in TOKENS.items() if _token(settings, setting)]
    for part in parts:
        if part in TOKENS and part not in tokens:
            raise fail(f"KITH_{TOKENS[part].upper()} is not set: put the bot's token into .env")
    if PLAYGROUND in parts and len(set(parts)) > 1:
        raise fail("the playground runs alone")
    return list(dict.fromkeys(parts)) or ([*tokens, "worker", "web"] if tokens else [PLAYGROUND])


def _token(settings: Settings, name: str) -> str:
    secret = getattr(settings, name)
    return secret.get_secret_value() if secret else ""


def _secrets(settings: Settings) -> list[str]:
    names = (*TOKENS.values(), "telegram_webhook_secret", "secret_keys")
    return [secret for name in names if (secret := _token(settings, name))]


def _serves(wanted: Sequence[str], settings: Settings) -> bool:
    hooked = "telegram" in wanted and bool(settings.telegram_webhook_url)
    return hooked or bool({"web", PLAYGROUND} & set(wanted))


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.web_host else socket.AF_INET
    try:
        return socket.create_server((settings.web_host, settings.web_port), family=family, backlog=512)
    except OSError as error:
        place = f"{settings.web_host}:{settings.web_port}"
        raise fail(f"can't listen on {place}: {error.strerror}; set KITH_WEB_PORT to another") from None


def _first(errors: BaseExceptionGroup[KithError]) -> KithError:
    inner = errors.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


# --- what runs -------------------------------------------------------------------------


def _playground(settings: Settings, keep: bool) -> Callable[[], Awaitable[Running]]:
    async def make() -> Running:
        # The sample community is loaded only where it is played.
        from bot.platforms.playground.sandbox import open_sandbox  # noqa: PLC0415
        from bot.web.playground.pages import Desk  # noqa: PLC0415

        url, given = _playground_database(settings)
        if not (given or keep):
            _remove(settings.data_dir / "playground.db")
        await _migrated(url)
        sandbox = await open_sandbox(Store(url), open_sealer(settings), SystemClock())
        desk = Desk(sandbox.house, sandbox.playground, sandbox.machine, sandbox.clock, settings.web_host)
        web = make_app(sandbox.house, desk.routes())
        return Running(sandbox.house, [sandbox.house.run(), sandbox.machine.run()], web, desk.closing)

    return make


def _playground_database(settings: Settings) -> tuple[str, bool]:
    """Return the playground's database, and whether somebody named it: then it is kept, whatever is in it."""
    if settings.database_url is not None and settings.database_url.get_secret_value():
        return settings.database, True
    return f"sqlite:///{settings.data_dir / 'playground.db'}", False


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        each.unlink(missing_ok=True)


def _live(settings: Settings, wanted: Sequence[str]) -> Callable[[], Awaitable[Running]]:
    async def make() -> Running:
        await _migrated(settings.database)
        store, clock, registry = Store(settings.database), SystemClock(), discover()
        platforms: list[Platform] = []
        for name in wanted:
            if name in TOKENS:
                # An adapter brings its SDK along: only those that run are loaded.
                adapter = importlib.import_module(f"bot.platforms.{name}")
                platforms.append(adapter.make(settings, clock, registry, store))
        house = build(store, clock, open_sealer(settings), platforms, registry)
        tasks = [house.run()]
        if "worker" in wanted:
            tasks.append(_ring(house))
        routes = [route for platform in platforms for route in getattr(platform, "routes", list)()]
        web = make_app(house, [*routes, Route("/", _home)]) if _serves(wanted, settings) else None
        return Running(house, tasks, web)

    return make


async def _home(request: Request) -> Response:
    return RedirectResponse("/health")


async def _ring(house: House) -> None:
    alarm = Alarm(house.engine.due)
    alarm.start()
    try:
        await asyncio.Event().wait()
    finally:
        alarm.stop()


async def _migrated(url: str) -> None:
    """Bring the database up to date, waiting for one that can't be reached."""
    said = False
    while True:
        try:
            return await asyncio.to_thread(upgrade, url)
        except OperationalError as error:
            if not said:
                typer.echo(f"kith: waiting for the database: {str(error.orig).splitlines()[0]}", err=True)
            said = True
            await asyncio.sleep(RETRY)


# --- running and ending ----------------------------------------------------------------


async def _run(make: Callable[[], Awaitable[Running]], settings: Settings, listening: socket.socket | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _asked_to_stop, stop)
    making = asyncio.ensure_future(make())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({making, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not making.done():
        making.cancel()
        await asyncio.wait({making})
        return
    running = making.result()
    try:
        await _until_stopped(running, settings, listening, stopping)
    finally:
        await running.house.close()


def _asked_to_stop(stop: asyncio.Event) -> None:
    if stop.is_set():
        os._exit(130)  # asked a second time: at once
    stop.set()


async def _until_stopped(
    running: Running, settings: Settings, listening: socket.socket | None, stopping: asyncio.Task[Any]
) -> None:
    tasks = [asyncio.create_task(work) for work in running.tasks]
    server = None
    if running.web is not None and listening is not None:
        server = _Server(
            uvicorn.Config(
                running.web,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=2,
                server_header=False,
            )
        )
        tasks.append(asyncio.create_task(server.serve(sockets=[listening])))
    typer.echo(_address(running.house, settings, listening))
    done, _ = await asyncio.wait({*tasks, stopping}, return_when=asyncio.FIRST_COMPLETED)
    running.closing.set()
    if server is not None:
        server.should_exit = True
        await asyncio.wait({tasks[-1]}, timeout=GRACE)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=GRACE)
    failed = [task.exception() for task in done if task is not stopping and not task.cancelled()]
    for error in failed:
        if error is not None:
            raise error


def _address(house: House, settings: Settings, listening: socket.socket | None) -> str:
    at = ""
    if listening is not None:
        host = f"[{settings.web_host}]" if ":" in settings.web_host else settings.web_host
        at = f" at http://{host}:{listening.getsockname()[1]}"
    if PLAYGROUND in house.platforms:
        return f"Kith's playground is open{at} (Ctrl+C ends it)"
    where = " and ".join(name.capitalize() for name in house.platforms) or "its own"
    return f"Kith runs on {where}{at} (Ctrl+C ends it)"
