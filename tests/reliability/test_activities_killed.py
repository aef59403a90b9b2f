"""kill -9 while a run begins or ends, and two processes at once: it begins once and ends once."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from core.domain.activities import Activity, Phase, State
from core.domain.community import Settings
from core.domain.schedule import Weekly
from core.domain.tasks import Task
from core.store.dialect import normal_url
from core.store.tasks import LEASE
from core.store.unit import Store
from tests.reliability.activity_worker import STEPS, runner

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MANY = 60  # with a thousand it holds too, and takes minutes
LATER = LEASE + timedelta(seconds=1)


async def planned(url: str, count: int = 1) -> None:
    """Let so many activities be due at nine, each open for twelve hours."""
    store = Store(url)
    async with store.begin() as unit:
        home = await unit.communities.add("Home", Settings(), NINE)
        space = await unit.communities.open_space(home.id, "fake", "home", "Home", "group", NINE)
        for _ in range(count):
            new = Activity(
                id=0,
                community_id=home.id,
                kind="slow",
                space_id=space.id,
                room_id=None,
                schedule=Weekly("mon 09:00"),
                created_at=NINE,
                state=State.ACTIVE,
            )
            made = await unit.activities.add(new)
            task = Task(action="begin_run", community_id=home.id, subject=made.subject, slot="2026-03-02", due_at=NINE)
            await unit.tasks.add([task])
    await store.close()


def found(url: str) -> tuple[list[str], int, int]:
    """Return the phases of runs, and how many posts and changes of them were written down."""
    engine = create_engine(normal_url(url).replace("sqlite+aiosqlite", "sqlite"))
    with engine.connect() as connection:
        phases = connection.execute(text("SELECT phase FROM runs")).scalars().all()
        kinds = connection.execute(text("SELECT kind FROM outbox WHERE post_id IS NOT NULL")).scalars().all()
    engine.dispose()
    return sorted(phases), kinds.count("push"), kinds.count("edit")


def killed(url: str, now: datetime, step: str) -> None:
    with runner(url, now, step) as (process, pipe):
        assert pipe.poll(60)
        assert pipe.recv() == step
        process.kill()
        process.join()


def done(url: str, now: datetime) -> None:
    with runner(url, now) as (process, _):
        process.join(300)
        assert process.exitcode == 0


@pytest.mark.parametrize("step", STEPS)
async def test_a_run_whose_beginning_is_killed_begins_once(database_url: str, step: str) -> None:
    await planned(database_url)
    killed(database_url, NINE, step)
    assert found(database_url) == ([], 0, 0)
    done(database_url, NINE + LATER)
    assert found(database_url) == ([Phase.OPEN], 1, 0)
    done(database_url, NINE + 2 * LATER)
    assert found(database_url) == ([Phase.OPEN], 1, 0)


async def test_a_run_whose_end_is_killed_ends_once(database_url: str) -> None:
    await planned(database_url)
    done(database_url, NINE)
    await sent(database_url)
    night = NINE + timedelta(hours=12)
    killed(database_url, night, "ending")
    assert found(database_url) == ([Phase.OPEN], 1, 0)
    done(database_url, night + LATER)
    assert found(database_url) == ([Phase.OVER], 1, 1)
    done(database_url, night + 2 * LATER)
    assert found(database_url) == ([Phase.OVER], 1, 1)


async def test_two_processes_begin_each_run_once(database_url: str) -> None:
    await planned(database_url, 20)
    with ExitStack() as running:
        runners = [running.enter_context(runner(database_url, NINE)) for _ in range(2)]
        for process, _ in runners:
            process.join(120)
            assert process.exitcode == 0
    assert found(database_url) == ([Phase.OPEN] * 20, 20, 0)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_three_processes_of_which_one_is_killed_begin_each_run_once(database_url: str) -> None:
    await planned(database_url, MANY)
    with ExitStack() as running:
        victim, pipe = running.enter_context(runner(database_url, NINE, "beginning"))
        assert pipe.poll(60)
        others = [running.enter_context(runner(database_url, NINE)) for _ in range(2)]
        victim.kill()
        for process, _ in others:
            process.join(240)
            assert process.exitcode == 0
    phases, posts, _ = found(database_url)
    assert len(phases) == posts < MANY  # what it had claimed waits for its lease
    done(database_url, NINE + LATER)
    assert found(database_url) == ([Phase.OPEN] * MANY, MANY, 0)


async def sent(url: str) -> None:
    """Let what waits be sent: a change of a post waits for it."""
    store = Store(url)
    async with store.begin() as unit:
        await unit.connection.execute(text("UPDATE outbox SET state = 'sent'"))
        await unit.connection.execute(text("UPDATE posts SET message = 'sent-1'"))
    await store.close()
