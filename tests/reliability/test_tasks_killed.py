"""kill -9 at a step of a task, and several processes at once: each task is done once."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from core.domain.community import Settings
from core.domain.tasks import Lane, Task
from core.store.dialect import normal_url
from core.store.tasks import LEASE
from core.store.unit import Store
from tests.reliability.task_worker import STEPS, doer
from tests.world.postgres import emptied

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def wanted(url: str, count: int) -> None:
    """Let so many tasks be due."""
    store = Store(url)
    async with store.begin() as unit:
        home = await unit.communities.add("Home", Settings(), NOW)
        tasks = [Task(action="note", community_id=home.id, slot=str(number), due_at=NOW) for number in range(count)]
        await unit.tasks.add(tasks)
    await store.close()


def noted(url: str) -> Counter[str]:
    """Return how often each task was done."""
    engine = create_engine(normal_url(url).replace("sqlite+aiosqlite", "sqlite"))
    with engine.connect() as connection:
        details = connection.execute(text("SELECT detail FROM audit WHERE action = 'noted'")).scalars().all()
    engine.dispose()
    return Counter(str(each) for each in details)


def slots(url: str) -> list[str]:
    engine = create_engine(normal_url(url).replace("sqlite+aiosqlite", "sqlite"))
    with engine.connect() as connection:
        left = connection.execute(text("SELECT slot FROM tasks WHERE action = 'note' AND state <> 'done'")).scalars()
        found = list(left.all())
    engine.dispose()
    return found


@pytest.mark.parametrize("step", STEPS)
async def test_a_task_whose_process_is_killed_at_a_step_is_done_once_by_the_next(database_url: str, step: str) -> None:
    await wanted(database_url, 3)
    with doer(database_url, NOW, step) as (process, pipe):
        assert pipe.poll(60)
        assert pipe.recv() == step
        process.kill()
        process.join()
    assert noted(database_url).total() == 0
    with doer(database_url, NOW + LEASE + timedelta(seconds=1)) as (process, pipe):
        process.join(300)
        assert process.exitcode == 0
    assert noted(database_url).total() == 3
    assert slots(database_url) == []


async def test_two_processes_share_what_is_due_and_double_nothing(database_url: str) -> None:
    await wanted(database_url, 60)
    with ExitStack() as running:
        doers = [running.enter_context(doer(database_url, NOW)) for _ in range(2)]
        for process, _ in doers:
            process.join(120)
            assert process.exitcode == 0
    assert noted(database_url).total() == 60
    assert slots(database_url) == []


async def test_what_one_process_claims_another_passes_over(postgres: str) -> None:
    url = emptied(postgres)
    await wanted(url, 4)
    store = Store(url)
    async with store.begin() as one, store.begin() as other:
        first = await one.tasks.claim(Lane.LIGHT, NOW, 2)
        second = await other.tasks.claim(Lane.LIGHT, NOW, 9)
    await store.close()
    assert sorted(each.slot for each in [*first, *second]) == ["0", "1", "2", "3"]
    assert len(first) == len(second) == 2
