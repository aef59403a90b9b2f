"""Heavy work on a real Dask cluster of two workers on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack
from time import sleep

import pytest

from bot.cluster import Cluster
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.engine.registry import Registry
from core.kit.context import Context
from core.kit.declare import TaskHandler, Work
from tests.world import World


def who(given: int) -> tuple[int, int]:
    """Return what was given, and the process that has it."""
    sleep(0.2)
    return given, os.getpid()


def die(given: int) -> None:
    """Kill the process that does this."""
    os.kill(os.getpid(), signal.SIGKILL)


def _started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "distributed.cli." + words[0], *words[1:]])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Give the address of a scheduler with two workers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    worker = ("dask_worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
    with ExitStack() as running:
        for words in (scheduler, worker, worker):
            process = running.enter_context(_started(*words))
            running.callback(process.terminate)
        yield address


@pytest.fixture
async def clustered(world: World, address: str) -> AsyncIterator[World]:
    """Give a world whose heavy work goes to the cluster."""
    world.engine.executor = Cluster(address)
    yield world
    await asyncio.to_thread(world.engine.executor.shutdown)


async def test_two_workers_share_what_is_heavy(clustered: World) -> None:
    async def nothing(context: Context, result: object) -> None: ...

    done = await asyncio.gather(*(clustered.engine.heavy(Work(who, number, nothing)) for number in range(8)))
    assert [given for given, _ in done] == list(range(8))
    assert os.getpid() not in {process for _, process in done}
    assert clustered.engine.worker.well


async def test_a_heavy_task_is_worked_out_on_the_cluster(clustered: World) -> None:
    saved: list[tuple[int, int]] = []

    async def save(context: Context, result: tuple[int, int]) -> None:
        saved.append(result)

    async def heavy(context: Context, task: Task) -> Work:
        return Work(who, 7, save)

    clustered.engine.registry = Registry({}, {}, {"heavy": TaskHandler("heavy", heavy, Daily("08:00"), heavy=True)})
    await clustered.engine.due()
    assert [given for given, _ in saved] == [7]


async def test_work_that_kills_its_workers_is_told_as_from_a_process(clustered: World) -> None:
    with pytest.raises(BrokenExecutor):
        await asyncio.wrap_future(clustered.engine.executor.submit(die, 1))  # type: ignore[union-attr]


async def test_a_cluster_that_is_away_is_told_as_a_process_that_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cluster.PATIENCE", 0.5)
    away = Cluster("tcp://127.0.0.1:9")
    with pytest.raises(BrokenExecutor):
        await asyncio.wrap_future(away.submit(who, 1))
    away.shutdown()
