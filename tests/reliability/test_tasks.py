"""What is due is done once: whatever zones, clocks, failures and restarts do meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest

from core.domain.schedule import Daily, Every, Schedule, Weekly
from core.domain.tasks import ANSWER, NEWS, Lane, Task
from core.kit import Again, Context, task
from core.kit.declare import TaskHandler, Work
from core.store.tasks import LEASE, TRIES
from tests.world import World

Ran = list[tuple[str, str]]  # subject and slot


def declare(world: World, handler: Callable[..., Awaitable[Any]], name: str = "note", **more: Any) -> None:
    """Let a world know this action alone."""
    world.engine.registry = replace(world.engine.registry, tasks={name: TaskHandler(name, handler, **more)})


def noting(world: World, every: Schedule | None = None, **more: Any) -> Ran:
    """Let a world do nothing but note what it does, and return the notes."""
    ran: Ran = []

    async def note(context: Context, task: Task) -> None:
        ran.append((task.subject, task.slot))

    declare(world, note, every=every, **more)
    return ran


async def restart(world: World) -> None:
    """Let the engine forget what it knows, as a new process does."""
    world.engine.__post_init__()


@task()
async def note(context: Context, task: Task) -> None: ...


async def schedule(world: World, subject: str, when: Schedule | datetime, **params: Any) -> None:
    async with world.store.begin() as unit:
        context = Context(unit, world.clock.now(), await world.community(), None)  # type: ignore[arg-type]
        await context.schedule(note, subject, when, **params)


async def cancel(world: World, subject: str) -> bool:
    async with world.store.begin() as unit:
        context = Context(unit, world.clock.now(), await world.community(), None)  # type: ignore[arg-type]
        return await context.cancel(note, subject)


async def live(world: World, hours: int) -> None:
    for _ in range(hours):
        world.clock.advance(timedelta(hours=1))
        await world.engine.due()


async def test_a_slot_runs_once_and_the_next_when_it_comes(world: World) -> None:
    ran = noting(world, Daily("12:00"))
    await live(world, 51)  # from 9 on
    assert ran == [("", "2026-03-01"), ("", "2026-03-02"), ("", "2026-03-03"), ("", "2026-03-04")]


async def test_a_restart_runs_nothing_again_and_makes_up_for_the_newest_slot(world: World) -> None:
    ran = noting(world, Daily("12:00"))
    await live(world, 4)
    world.clock.advance(timedelta(days=3, hours=5))  # until 18 o'clock
    await restart(world)
    await live(world, 2)
    assert ran == [("", "2026-03-01"), ("", "2026-03-02"), ("", "2026-03-05")]


async def test_a_slot_is_made_up_for_within_its_time_alone(world: World) -> None:
    ran = noting(world, Daily("12:00"), catch_up=2)
    await live(world, 4)
    world.clock.advance(timedelta(days=1, hours=2))  # three hours late, without a restart
    await world.engine.due()
    assert ran == [("", "2026-03-02")]
    await live(world, 24)
    assert ran == [("", "2026-03-02"), ("", "2026-03-04")]


async def test_a_schedule_changed_in_code_is_planned_anew(world: World) -> None:
    noting(world, Daily("12:00"))
    await live(world, 4)
    ran = noting(world, Daily("20:00"))
    await restart(world)
    await live(world, 8)
    assert ran == []  # the slot of this day was run at noon
    await live(world, 24)
    assert ran == [("", "2026-03-03")]


async def test_a_zone_moves_what_waits(world: World) -> None:
    ran = noting(world, Daily("12:00"))
    await live(world, 1)
    await world.set(timezone="Asia/Shanghai")  # where noon is 4 in UTC
    await live(world, 16)
    assert ran == [("", "2026-03-01"), ("", "2026-03-02")]  # at once: today's noon is over there
    await live(world, 3)
    assert ran[2:] == [("", "2026-03-03")]
    await world.set(timezone="America/New_York")
    await live(world, 13)
    assert len(ran) == 3
    await live(world, 24)
    assert ran[3:] == [("", "2026-03-04")]


@pytest.mark.parametrize("day", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)])
async def test_a_day_that_lacks_or_doubles_an_hour_runs_once(world: World, day: datetime) -> None:
    await world.set(timezone="Europe/Berlin")
    world.clock.advance(day - world.clock.now())
    ran = noting(world, Daily("02:30"))
    await live(world, 36)
    assert [slot for _, slot in ran] == [f"{day + timedelta(days=number):%Y-%m-%d}" for number in (0, 1)]


@pytest.mark.parametrize("jump", [timedelta(days=5), timedelta(days=-5)])
async def test_a_clock_that_jumps_and_comes_back_delays_and_repeats_nothing(world: World, jump: timedelta) -> None:
    ran = noting(world, Daily("12:00"))
    await live(world, 1)
    world.clock.jump(jump)
    await world.engine.due()
    world.clock.jump(-jump)
    before = len(ran)
    await live(world, 48)
    assert ran[before:] == [("", "2026-03-02"), ("", "2026-03-03")]
    assert len(set(ran)) == len(ran)


async def test_a_new_community_has_a_plan(world: World) -> None:
    ran = noting(world, Daily("12:00"))
    await live(world, 1)
    await world.open("away", "Away")
    await live(world, 3)
    assert sorted(ran) == [("", "2026-03-01")] * 2 + [("", "2026-03-02")] * 2


async def test_what_fails_is_tried_three_times_and_given_up_with_its_reason(world: World) -> None:
    tries: list[int] = []

    async def stumble(context: Context, task: Task) -> None:
        tries.append(task.attempts)
        await context.record("stumbled")
        raise ZeroDivisionError

    declare(world, stumble, every=Daily("08:00"))
    for _ in range(5):
        await world.engine.due()
        world.clock.advance(timedelta(minutes=1))
    assert tries == [1, 2, 3]
    async with world.store.read() as unit:
        assert [(each.slot, each.why) for each in await unit.tasks.failed()] == [("2026-03-02", "ZeroDivisionError")]
    await live(world, 24)
    assert tries[3] == 1


async def test_whoever_is_killed_each_time_is_given_up(world: World) -> None:
    ran = noting(world)
    await schedule(world, "quiz", world.clock.now())
    for number in range(TRIES):
        async with world.store.begin() as unit:
            (claimed,) = await unit.tasks.claim(Lane.LIGHT, world.clock.now(), 9)
            assert claimed.attempts == number + 1
        world.clock.advance(LEASE + timedelta(seconds=1))
    await world.engine.due()
    assert ran == []
    async with world.store.read() as unit:
        assert [each.subject for each in await unit.tasks.failed()] == ["quiz"]


async def test_a_long_task_goes_on_from_where_it_came_to(world: World) -> None:
    steps: list[int] = []

    async def count(context: Context, task: Task) -> Again | None:
        step = task.progress.get("step", 0)
        steps.append(step)
        if step == 1 and len(steps) == 2:
            raise ZeroDivisionError
        return Again({"step": step + 1}) if step < 3 else None

    declare(world, count, every=Daily("08:00"))
    await world.engine.due()
    world.clock.advance(timedelta(minutes=1))
    await restart(world)
    await world.engine.due()
    assert steps == [0, 1, 1, 2, 3]


async def test_what_people_plan_comes_when_they_say_until_they_cancel(world: World) -> None:
    ran = noting(world)
    await schedule(world, "quiz", Weekly("mon,wed 12:00"), round=7)
    await schedule(world, "once", world.clock.now() + timedelta(hours=5))
    await live(world, 6 * 24)
    assert ran == [("quiz", "2026-03-02"), ("once", "2026-03-02T14:00:00+00:00"), ("quiz", "2026-03-04")]
    assert await cancel(world, "quiz")
    assert not await cancel(world, "quiz")
    await live(world, 7 * 24)
    assert len(ran) == 3


async def test_what_people_plan_keeps_what_it_was_given_and_follows_the_zone(world: World) -> None:
    given: list[tuple[datetime, Any]] = []

    async def take(context: Context, task: Task) -> None:
        given.append((context.now, task.params))

    declare(world, take)
    await schedule(world, "quiz", Daily("12:00"), round=7)
    await live(world, 4)
    await world.set(timezone="Asia/Shanghai")
    await restart(world)
    await live(world, 20)
    assert [each for _, each in given] == [{"round": 7}] * 2
    assert [at.hour for at, _ in given] == [12, 4]


async def test_nothing_that_people_plan_is_due_before_they_planned_it(world: World) -> None:
    ran = noting(world)
    await schedule(world, "quiz", Daily("08:00"))
    await world.set(timezone="Europe/Berlin")
    await restart(world)
    await world.engine.due()
    assert ran == []


async def test_planned_anew_replaces_and_what_was_done_is_not_done_again(world: World) -> None:
    ran = noting(world)
    at = world.clock.now() + timedelta(hours=1)
    await schedule(world, "quiz", at + timedelta(hours=7))
    await schedule(world, "quiz", at)
    await live(world, 10)
    await schedule(world, "quiz", at)
    await live(world, 10)
    assert len(ran) == 1


async def test_many_slots_missed_are_made_up_for_by_one(world: World) -> None:
    ran = noting(world, Every(60))
    await world.engine.due()
    world.clock.advance(timedelta(hours=3))
    await world.engine.due()
    # The one that waited, and then what comes next: not each of 180.
    assert len(ran) <= 3


async def test_news_of_many_batches_waits_once(world: World) -> None:
    for number in range(5):
        await world.say("ana", f"hello {number}")
    async with world.store.read() as unit:
        assert (await unit.tasks.counts())["waiting"] <= 2  # and the plan
        assert await unit.rollups.behind()
    await world.engine.due()
    await world.say("ana", "after that")
    async with world.store.read() as unit:
        assert Lane.NEWS in await unit.tasks.look(world.clock.now(), early=True)
    await world.engine.due()
    async with world.store.read() as unit:
        assert not await unit.rollups.behind()


async def test_figures_alone_are_no_news(world: World) -> None:
    await world.say("ana", "hello")
    await world.advance(days=1)
    world.clock.advance(timedelta(days=1))
    others = [lane for lane in Lane if lane is not Lane.HEAVY]
    await world.engine.tasks.drain(others)
    assert await world.engine.tasks.drain([Lane.HEAVY]) > 1
    assert await world.engine.tasks.drain(others) == 0


async def test_a_run_that_had_nothing_to_do_is_no_news(world: World) -> None:
    await world.advance(hours=1)
    ran = noting(world, Every(60))
    world.clock.advance(timedelta(minutes=1))
    await restart(world)
    others = [lane for lane in Lane if lane is not Lane.NEWS]
    await world.engine.tasks.drain(others)
    await world.engine.tasks.drain()
    ran.clear()
    world.clock.advance(timedelta(minutes=1))
    assert await world.engine.tasks.drain(others) == len(ran) == 1
    assert await world.engine.tasks.drain([Lane.NEWS]) == 0


async def test_news_is_written_again_by_whoever_another_process_took_it_from(world: World) -> None:
    """A process remembers that news waits only for as long as nobody may begin with it."""
    await world.engine.due()
    await world.say("ana", "one")
    world.clock.advance(timedelta(seconds=30))
    async with world.store.begin() as unit:  # as another process does
        (news,) = await unit.tasks.claim(Lane.NEWS, world.clock.now(), 9)
        await unit.tasks.settle(news)
    assert news.action == NEWS
    await world.say("ana", "two")
    async with world.store.read() as unit:
        assert Lane.NEWS in await unit.tasks.look(world.clock.now(), early=True)


def wait(events: tuple[Event, Event]) -> str:
    """Tell that it began, and wait."""
    begun, go = events
    begun.set()
    go.wait(60)
    return "done"


async def test_heavy_work_delays_no_light_task(world: World) -> None:
    go, begun = Event(), Event()
    saved: list[str] = []
    done = asyncio.Event()

    async def save(context: Context, result: str) -> None:
        saved.append(result)

    async def heavy(context: Context, task: Task) -> Work:
        return Work(wait, (begun, go), save)

    async def light(context: Context, task: Task) -> None:
        assert saved == []
        done.set()

    for space in ("away", "afar"):
        await world.open(space, space)
    world.engine.executor = ThreadPoolExecutor(2)
    now = world.clock.now()
    handlers = (TaskHandler("heavy", heavy, Daily("08:00"), heavy=True), TaskHandler("light", light))
    world.engine.registry = replace(world.engine.registry, tasks={each.name: each for each in handlers})
    await world.engine.work()
    await asyncio.to_thread(begun.wait)
    async with world.store.begin() as unit:
        community = await world.community()
        await unit.tasks.add([Task(action="light", community_id=community.id, slot="1", due_at=now)])
    while not done.is_set():
        await world.engine.work()
        await asyncio.sleep(0.01)
    go.set()
    while len(saved) < 3:
        await world.engine.work()
        await asyncio.sleep(0.01)
    world.engine.executor.shutdown()
    assert saved == ["done"] * 3


async def test_an_answer_of_an_asker_who_is_gone_is_let_go(world: World) -> None:
    async with world.store.begin() as unit:
        community = await world.community()
        params = {"options": {}, "writes": False, "asked": ASKED}
        lost = Task(action=ANSWER, community_id=community.id, subject="network", slot="x", lane=Lane.ANSWER)
        await unit.tasks.add([replace(lost, params=params)])
    assert await world.engine.answer() == 1
    assert await world.engine.answer() == 0


ASKED = {"platform": "fake", "space": "home", "person": "x", "person_name": "X", "rights": "member"}
