"""`kith run`: the platforms that have a token, else the playground; alarm, deliveries and web with them."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import re
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import structlog
import typer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot import log
from bot.alarm import Alarm
from bot.build import House, build
from bot.cli.shared import fail, read_settings
from bot.cluster import Cluster
from bot.connect import ALL_SHARDS, TOKENS, Shards, connect, secret, with_token
from bot.journal import ErasureJournal
from bot.keys import open_sealer
from bot.settings import Settings, terminal_language
from bot.web.app import make_app
from bot.web.server import Server
from bot.worker import Worker
from core.domain.clock import SystemClock
from core.domain.errors import KithError
from core.domain.message import plain_text
from core.engine import discover
from core.engine.erasures import keep_erasures
from core.engine.seal import Sealer
from core.kit.texts import LANGUAGES, Texts, language_of
from core.store.unit import DatabaseDown, Store
from migrations import create, upgrade

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

PLAYGROUND = "playground"
PARTS = (*TOKENS, "worker", "web", PLAYGROUND)
GRACE = 4.0  # seconds that the web server has to end in, and then everything else
LETTING_GO = 2.0  # seconds that the database may take after that
LOOK = 0.3  # seconds in which whoever starts the playground may have its page for themselves
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


@app.command()
def run(
    parts: Annotated[
        list[str] | None, typer.Argument(help="telegram, discord, worker, web, playground; all that can run if none")
    ] = None,
    shards: Annotated[
        str, typer.Option(help="With discord: the shards of this process, and of how many, such as 0-3/8.")
    ] = "",
    keep: Annotated[bool, typer.Option(help="Go on with the last playground instead of a new one.")] = False,
) -> None:
    """Start Kith: the platforms that have a token, else the playground."""
    settings = read_settings()
    wanted = _wanted(parts or [], settings)
    log.set_up(
        json=settings.log_json,
        secrets=settings.secrets,
        level=logging.WARNING if wanted == [PLAYGROUND] else logging.INFO,
    )
    listening = _listen(settings) if _serves(wanted, settings) else None
    make = _playground(settings, keep, listening) if PLAYGROUND in wanted else _live(settings, wanted, _shards(shards))
    why = ""
    try:
        asyncio.run(_run(make, settings, listening))
    except* KithError as errors:
        why = plain_text(Texts("en").error(_first(errors))).replace("\n", " ")
    except* DatabaseDown as gone:
        why = f"the database can't be reached: {str(gone.exceptions[0]).splitlines()[0]}"
    if why:  # raised above, it would be in a group of its own
        raise fail(why)


def _wanted(parts: Sequence[str], settings: Settings) -> list[str]:
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise fail(f"there is no part called {unknown[0]}; there are {', '.join(PARTS)}")
    tokens = with_token(settings)
    for part in parts:
        if part in TOKENS and part not in tokens:
            raise fail(f"KITH_{TOKENS[part].upper()} is not set: put the bot's token into .env")
    if PLAYGROUND in parts and len(set(parts)) > 1:
        raise fail("the playground runs alone")
    return list(dict.fromkeys(parts)) or ([*tokens, "worker", "web"] if tokens else [PLAYGROUND])


def _shards(given: str) -> Shards:
    """Read `0-3/8` as shards 0 to 3 of 8, `0-3` as all of 4."""
    if not given:
        return ALL_SHARDS
    match = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?(?:/(\d{1,4}))?", given)
    if match is None:
        raise fail(f"--shards takes something like 0-3/8, not {given}")
    first, last = int(match[1]), int(match[2] or match[1])
    count = int(match[3]) if match[3] else last + 1
    if not first <= last < count:
        raise fail(f"--shards {given}: the shards of {count} are 0 to {count - 1}")
    return tuple(range(first, last + 1)), count


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


def _playground(settings: Settings, keep: bool, listening: socket.socket | None) -> Callable[[], Awaitable[Running]]:
    async def make() -> Running:
        # The sample community is loaded only where it is played.
        from bot.sandbox.sandbox import begin_sandbox  # noqa: PLC0415
        from bot.web.playground.desk import Desk  # noqa: PLC0415
        from bot.web.playground.pages import Pages  # noqa: PLC0415

        store = await _playground_store(settings, keep)
        port = listening.getsockname()[1] if listening else settings.web_port
        at = settings.public_address or f"http://{settings.web_host}:{port}"
        sandbox = await begin_sandbox(store, open_sealer(settings), SystemClock(), _languages(), Worker(), at)
        desk = Desk(sandbox, settings.web_host)
        web = make_app(sandbox.house, Pages(desk).routes())
        house = sandbox.house
        return Running(house, [house.run(), house.run_answers(), _play(sandbox)], web, desk.closing)

    return make


async def _play(sandbox: Sandbox) -> None:
    """Let the playground's people live: what the first page doesn't need waits until it was seen."""
    await asyncio.sleep(LOOK)
    await sandbox.catch_up()
    await sandbox.machine.run()


def _languages() -> list[str]:
    """Return the languages of the playground, the terminal's first."""
    first = language_of(terminal_language())
    return [first, *(each for each in LANGUAGES if each != first)]


async def _playground_store(settings: Settings, keep: bool) -> Store:
    """Open the database that the environment names, unless a real community lives there; else one of our own."""
    if secret(settings, "database_url"):
        await _migrated(settings.database)
        store = Store(settings.database)
        if await _only_played_in(store):
            return store
        await store.close()
        typer.echo("kith: a real community lives in KITH_DATABASE_URL: the playground uses its own database", err=True)
    path = settings.data_dir / "playground.db"
    if not keep:
        _remove(path)
    if path.exists():
        await _migrated(f"sqlite:///{path}")
    else:
        await asyncio.to_thread(create, f"sqlite:///{path}")
    return Store(f"sqlite:///{path}")


async def _only_played_in(store: Store) -> bool:
    async with store.read() as unit:
        communities = await unit.communities.all()
        spaces = [space for each in communities for space in await unit.communities.spaces_of(each.id)]
    return all(space.platform == PLAYGROUND for space in spaces)


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        each.unlink(missing_ok=True)


def _live(settings: Settings, wanted: Sequence[str], shards: Shards) -> Callable[[], Awaitable[Running]]:
    async def make() -> Running:
        await _migrated(settings.database)
        store, clock, registry = Store(settings.database), SystemClock(), discover()
        sealer = open_sealer(settings)
        named = [name for name in wanted if name in TOKENS]
        platforms = [connect(name, settings, store, clock, registry, shards) for name in named]
        house = build(
            store,
            clock,
            sealer,
            platforms,
            registry,
            _executor(settings),
            settings.public_address,
            fetch_private=settings.fetch_private,
        )
        tasks = [house.run()]
        if "worker" in wanted:
            journal = ErasureJournal(settings.data_dir / "erasures.txt")
            await keep_erasures(store, journal, sealer.hash, clock.now())  # before any event is taken
            tasks += [_work(house, sealer, journal)]
        routes = [route for platform in platforms for route in getattr(platform, "routes", list)()]
        web = make_app(house, [*routes, Route("/", _home)]) if _serves(wanted, settings) else None
        return Running(house, tasks, web)

    return make


def _executor(settings: Settings) -> Executor:
    """Return who does heavy work: a process of this machine, or the cluster that the environment names."""
    if not settings.dask_address:
        return Worker()
    if find_spec("distributed") is None:
        raise fail("KITH_DASK_ADDRESS needs Dask: pip install 'kith[cluster]'")
    return Cluster(settings.dask_address)


async def _home(request: Request) -> Response:
    return RedirectResponse("/health")


async def _work(house: House, sealer: Sealer, journal: ErasureJournal) -> None:
    """Do what is due, keep house, and keep those who were erased erased."""

    async def keep_house() -> None:
        await keep_erasures(house.store, journal, sealer.hash, house.clock.now())
        await house.engine.keep_house()

    alarm = Alarm(partial(_unless_down, keep_house))
    await _unless_down(keep_house)
    alarm.start()
    try:
        await house.engine.work_on()
    finally:
        alarm.stop()


async def _unless_down(do: Callable[[], Awaitable[object]]) -> None:
    try:
        await do()
    except DatabaseDown as error:
        _log.warning("the house can't be kept: the database can't be reached", why=str(error).splitlines()[0])


async def _migrated(url: str) -> None:
    """Bring the database up to date, waiting for one that can't be reached."""
    said = False
    while True:
        try:
            return await asyncio.to_thread(upgrade, url, patience=0)
        except DatabaseDown as error:
            if not said:
                typer.echo(f"kith: waiting for the database: {str(error).splitlines()[0]}", err=True)
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
        let_go = await _lets_go(running.house)
        for process in multiprocessing.active_children():
            process.terminate()  # heavy work under way is done again at the next start
    if not let_go:
        os._exit(0)  # asyncio would wait until the database does


async def _lets_go(house: House) -> bool:
    """Let go of the database, and say whether it let go in time: somebody else may hold it."""
    try:
        async with asyncio.timeout(LETTING_GO):
            await house.close()
    except TimeoutError:
        _log.warning("the database doesn't let go: what is not committed by now is done again at the next start")
        return False
    return True


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
        server = Server(running.web)
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
