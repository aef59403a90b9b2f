"""Databases for every test: an SQLite file of its own, and a PostgreSQL that the run starts by itself."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.__main__ import SELDOM
from core.store.unit import Store
from migrations import upgrade
from tests.world import World
from tests.world.again import again
from tests.world.kept import keeping
from tests.world.postgres import emptied, emptying, running_postgres, without_disk
from tests.world.stores import opened
from tests.world.turns import DATABASES

SHARED = Path(os.environ.get("KITH_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes: a run writes less


def _write_to_memory() -> None:
    """Let databases and folders of tests stand in memory where there is room: a slow disk makes a run twice as long."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


_write_to_memory()


def pytest_configure() -> None:
    """Log as Kith itself does: left alone, structlog paints every traceback, for seconds each.

    What is compiled is kept, whatever this machine says: tests start hundreds of processes, and every database that
    is migrated loads all migrations.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    gc.set_threshold(*SELDOM)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=False),
        ]
    )


def pytest_collection_finish() -> None:
    """Let no garbage collection look through thousands of tests and modules again and again: they stay."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    """Take back how a test logs, or a command of the command line that it calls in this process."""
    root = logging.getLogger()
    handlers, level, configured = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:], root.level = handlers, level
    structlog.configure(**configured)


def _without_leave(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Make a skip a failure: nothing but the absence of the real histories is a reason."""
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"skipped without leave: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if "shared_data" not in getattr(item, "fixturenames", ()) and item.get_closest_marker("shared_data") is None:
        _without_leave(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _without_leave(report)
    return report


async def _lived_once(url: str) -> None:
    """Open a world in the database at `url` and keep it for each `world`: before any test changes how things go."""
    async with opened(url) as store:
        await again(store, World.open)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start one PostgreSQL for the run (one for each worker) and give its address; failing to is an error."""
    with running_postgres() as url:
        without_disk(url)
        upgrade(url)
        with emptying(url), keeping(url):
            asyncio.run(_lived_once(url))
            yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, which every test copies."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{path}")
    lived = path.with_name("lived.db")
    lived.write_bytes(path.read_bytes())
    asyncio.run(_lived_once(f"sqlite:///{lived}"))
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> str:
    """Give the address of an empty, migrated database: every test that asks runs on both kinds."""
    if request.param == "postgresql":
        return emptied(request.getfixturevalue("postgres"))
    path = tmp_path / "kith.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Open the database of the test."""
    async with opened(database_url) as given:
        yield given


@pytest.fixture
async def world(store: Store) -> World:
    """Give a world with one community, on a fake platform."""
    return await again(store, World.open)


@pytest.fixture
def shared_data(request: pytest.FixtureRequest) -> Path:
    """Give the folder of real histories; the test is skipped, by name, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"real data is absent: {SHARED.name} (set KITH_SHARED_DATA)")
    return SHARED
