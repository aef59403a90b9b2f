"""The process that does heavy work is killed, as a machine short of memory does: another takes its place."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from bot.worker import Worker
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.kit.context import Context
from core.kit.declare import TaskHandler, Work
from tests.reliability.staying import begun, stay
from tests.world import World


@pytest.fixture
async def works(world: World) -> AsyncIterator[World]:
    """Give a world with a process for heavy work."""
    world.engine.executor = Worker()
    yield world
    world.engine.executor.shutdown()


async def kill(folder: Path, number: int) -> None:
    """Kill whoever made try `number`, once it has begun."""
    await asyncio.to_thread(_kill, folder / f"begun-{number}")


def _kill(of: Path) -> None:
    while not of.exists():
        sleep(0.02)
    os.kill(int(of.read_text()), signal.SIGKILL)


def work(folder: Path, kills: int, save: Callable[..., Any] | None = None) -> Work:
    async def nothing(context: Context, result: str) -> None: ...

    return Work(stay, (str(folder), kills), save or nothing)


async def test_work_whose_process_is_killed_is_done_by_the_next(works: World, tmp_path: Path) -> None:
    done = asyncio.create_task(works.engine.heavy(work(tmp_path, 1)))
    await kill(tmp_path, 0)
    assert await done == "done"
    assert works.engine.worker.well
    assert works.engine.worker.failures == 1


async def test_a_process_killed_while_nothing_is_to_be_done_is_no_loss(works: World, tmp_path: Path) -> None:
    for number in range(3):
        assert await works.engine.heavy(work(tmp_path, 0)) == "done"
        await kill(tmp_path, number)
    assert await works.engine.heavy(work(tmp_path, 0)) == "done"


async def test_a_slot_whose_process_is_killed_again_and_again_runs_in_the_end(works: World, tmp_path: Path) -> None:
    saved: list[str] = []

    async def save(context: Context, result: str) -> None:
        saved.append(result)

    async def analyse(context: Context, task: Task) -> Work:
        return work(tmp_path, 3, save)

    handler = TaskHandler("analyse", analyse, Daily("09:30"), heavy=True)
    works.engine.registry = replace(works.engine.registry, tasks={"analyse": handler})
    works.clock.advance(timedelta(hours=1))
    running = asyncio.create_task(works.engine.due())
    await kill(tmp_path, 0)
    await kill(tmp_path, 1)
    await running
    assert saved == []
    assert not works.engine.worker.well
    works.clock.advance(timedelta(seconds=30))
    running = asyncio.create_task(works.engine.due())
    await kill(tmp_path, 2)
    await running
    assert saved == ["done"]
    assert works.engine.worker.well
    works.clock.advance(timedelta(seconds=30))
    await works.engine.due()
    assert saved == ["done"]


async def test_a_slot_that_kills_whoever_works_on_it_is_given_up(works: World, tmp_path: Path) -> None:
    async def analyse(context: Context, task: Task) -> Work:
        return work(tmp_path, 1_000)

    handler = TaskHandler("analyse", analyse, Daily("09:30"), heavy=True)
    works.engine.registry = replace(works.engine.registry, tasks={"analyse": handler})
    works.clock.advance(timedelta(hours=1))
    for pulse in range(3):
        running = asyncio.create_task(works.engine.due())
        await kill(tmp_path, 2 * pulse)
        await kill(tmp_path, 2 * pulse + 1)
        await running
        works.clock.advance(timedelta(seconds=30))
    await works.engine.due()
    assert begun(tmp_path) == 6
    assert not works.engine.worker.well
