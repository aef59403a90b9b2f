"""Whoever waits is woken: by this process at once, by others through the database, and without either all the same."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.deliver import Deliverer
from core.domain.clock import SystemClock
from core.domain.outgoing import Lane as Of
from core.domain.tasks import ANSWER, Lane, Task
from core.kit import Context
from core.kit.declare import TaskHandler
from core.store.bell import Bell
from core.store.tasks import LEASE, PROMPT
from core.store.unit import Store
from tests.reliability.test_sending import Slow, letter, said, until, write
from tests.world import World
from tests.world.background import beside
from tests.world.postgres import emptied

FOR_EVER = 3_600.0  # seconds: longer than any test lasts


@pytest.fixture
def unlooked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody look by themselves: they are woken, or wait until the test is given up."""
    for name in ("LOOKS", "LONGEST"):
        monkeypatch.setattr(f"core.store.bell.{name}", FOR_EVER)


def doing(world: World) -> list[str]:
    """Let a world know one action alone, and return the slots for which it was done."""
    done: list[str] = []

    async def note(context: Context, task: Task) -> None:
        done.append(task.slot)

    world.engine.registry = replace(world.engine.registry, tasks={"note": TaskHandler("note", note)})
    return done


async def plan(world: World, slot: str, store: Store, after: timedelta = timedelta(0)) -> None:
    home = await world.community()
    due_at = world.engine.clock.now() + after
    async with store.begin() as unit:
        await unit.tasks.add([Task(action="note", community_id=home.id, slot=slot, due_at=due_at)])


async def at_rest(world: World) -> None:
    """Return when nothing is due any more."""
    await until(lambda: world.engine.pulse.worked_at is not None)
    async with asyncio.timeout(60):
        while True:
            async with world.store.read() as unit:
                if not await unit.tasks.look(world.engine.clock.now()):
                    break
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)


@pytest.mark.usefixtures("unlooked")
async def test_what_this_process_plans_is_done_when_it_is_due_and_not_looked_for(world: World) -> None:
    world.engine.clock = world.engine.tasks.clock = SystemClock()
    done = doing(world)
    async with beside(world.engine.work_on()):
        await at_rest(world)
        await plan(world, "now", world.store)
        await until(lambda: done == ["now"])
        await plan(world, "soon", world.store, timedelta(seconds=1))
        await plan(world, "sooner", world.store, timedelta(seconds=0.5))
        await plan(world, "never", world.store, timedelta(days=1))
        await until(lambda: done == ["now", "sooner", "soon"])


@pytest.mark.usefixtures("unlooked")
async def test_what_another_process_plans_is_done_at_once(world: World) -> None:
    done = doing(world)
    other = Store(world.store.url)
    async with beside(world.engine.work_on(), world.store.listen()):
        await until(lambda: world.store.bell.hears)
        await at_rest(world)
        await plan(world, "now", other)
        await until(lambda: done == ["now"])
    await other.close()


@pytest.mark.usefixtures("unlooked")
async def test_what_another_process_says_is_sent_at_once(store: Store) -> None:
    world = World(store)
    await world.open()
    other = Store(store.url)
    async with beside(store.listen(), world.house.deliverers["fake"].run()):
        await until(lambda: store.bell.hears)
        await asyncio.sleep(0.5)
        async with other.begin() as unit:
            await unit.outbox.add([letter("hello")], world.clock.now())
        await until(lambda: said(world.platforms["fake"]) == ["hello"])
    await other.close()


async def lose_the_listener(store: Store) -> None:
    async with store.begin() as unit:
        ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'"
        await unit.connection.execute(text(f"{ours} AND pid <> pg_backend_pid()"))


async def test_a_listener_that_was_lost_looks_and_listens_anew(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.unit.RETRY", 2.0)
    store = Store(emptied(postgres))
    world = World(store)
    await world.open()
    done = doing(world)
    other = Store(store.url)
    async with beside(world.engine.work_on(), store.listen()):
        await until(lambda: store.bell.hears)
        await at_rest(world)
        await lose_the_listener(other)
        await until(lambda: not store.bell.hears)
        await plan(world, "meanwhile", other)
        await until(lambda: done == ["meanwhile"])
        await until(lambda: store.bell.hears)
        await plan(world, "again", other)
        await until(lambda: done == ["meanwhile", "again"])
    await other.close()
    await store.close()


async def test_nobody_waits_longer_than_for_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.bell.LOOKS", 0.01)
    monkeypatch.setattr("core.store.bell.LONGEST", FOR_EVER)
    bell, event = Bell(), asyncio.Event()
    await asyncio.wait_for(bell.rung(event, FOR_EVER), 60)
    bell.hears = True
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bell.rung(event, FOR_EVER), 0.2)
    await asyncio.wait_for(bell.rung(event, 0.1), 60)
    monkeypatch.setattr("core.store.bell.LONGEST", 0.01)
    await asyncio.wait_for(bell.rung(event, FOR_EVER), 60)


async def test_what_is_written_down_and_rolled_back_wakes_nobody(world: World) -> None:
    event = asyncio.Event()
    world.store.bell.hang("tasks", event)
    home = await world.community()

    async def fail() -> None:
        async with world.store.begin() as unit:
            await unit.tasks.add([Task(action="note", community_id=home.id)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert not event.is_set()
    await plan(world, "1", world.store)
    assert event.is_set()


async def test_what_is_under_way_when_kith_ends_is_begun_again_at_once(world: World) -> None:
    begun = asyncio.Event()
    tries: list[int] = []

    async def hang(context: Context, task: Task) -> None:
        tries.append(task.attempts)
        await context.record("hung")
        begun.set()
        await asyncio.Event().wait()

    world.engine.registry = replace(world.engine.registry, tasks={"note": TaskHandler("note", hang)})
    await plan(world, "1", world.store)
    for _ in range(5):  # more often than a task is tried
        begun.clear()
        async with beside(world.engine.work_on()):
            await asyncio.wait_for(begun.wait(), 60)
    done = doing(world)
    await world.engine.due()
    assert tries == [1] * 5
    assert done == ["1"]


async def test_whenever_kith_ends_nothing_stays_claimed(world: World) -> None:
    async def hang(context: Context, task: Task) -> None:
        await asyncio.Event().wait()

    world.engine.registry = replace(world.engine.registry, tasks={"note": TaskHandler("note", hang)})
    await world.engine.due()
    await plan(world, "1", world.store)
    await write(world, letter("hello"))
    platform = Slow()
    deliverer = Deliverer(world.store, platform, world.clock, asyncio.Event())
    for turn in range(40):
        doing = [asyncio.create_task(world.engine.work_on()), asyncio.create_task(deliverer._send_on())]
        await asyncio.sleep(0.001 * turn)
        for each in doing:
            each.cancel()
        await asyncio.gather(*doing, return_exceptions=True)
        for sending in list(deliverer._under_way):
            sending.cancel()
        await deliverer._give_back([deliverer._undone(each) for each in deliverer._under_way.values()])
        await asyncio.gather(*deliverer._under_way, return_exceptions=True)
        world.clock.advance(timedelta(milliseconds=1))
        async with world.store.read() as unit:
            assert Lane.LIGHT in await unit.tasks.look(world.clock.now())
            assert (await unit.outbox.look("fake", world.clock.now())).lanes


async def test_an_answer_under_way_when_kith_was_killed_comes_within_five_seconds(world: World) -> None:
    home = await world.community()
    async with world.store.begin() as unit:
        await unit.tasks.add([Task(action=ANSWER, community_id=home.id, subject="network", lane=Lane.ANSWER)])
        (mine,) = await unit.tasks.claim(Lane.ANSWER, world.clock.now(), 9)
        world.clock.advance(PROMPT * 0.9)
        assert await unit.tasks.claim(Lane.ANSWER, world.clock.now(), 9) == []
        assert await unit.tasks.next_at([Lane.ANSWER], world.clock.now()) == world.clock.now() + PROMPT * 0.1
        await unit.tasks.renew(mine, world.clock.now())
        world.clock.advance(PROMPT * 0.9)
        assert await unit.tasks.claim(Lane.ANSWER, world.clock.now(), 9) == []
        world.clock.advance(timedelta(seconds=1))
        assert await unit.tasks.look(world.clock.now(), [mine.id]) == {Lane.NEWS}
        assert await unit.tasks.claim(Lane.ANSWER, world.clock.now(), 9, [mine.id]) == []
        assert len(await unit.tasks.claim(Lane.ANSWER, world.clock.now(), 9)) == 1
    assert timedelta(seconds=5) >= PROMPT


async def test_when_the_next_task_is_due(world: World) -> None:
    now = world.clock.now()
    async with world.store.begin() as unit:
        home = await world.community()
        soon = Task(action="note", community_id=home.id, slot="soon", due_at=now + timedelta(minutes=3))
        claimed = replace(soon, slot="claimed", due_at=now)
        await unit.tasks.add([soon, claimed, replace(soon, slot="heavy", due_at=now + LEASE, lane=Lane.HEAVY)])
        (mine,) = await unit.tasks.claim(Lane.LIGHT, now, 9)
        assert await unit.tasks.next_at([Lane.LIGHT], now) == now + LEASE
        assert await unit.tasks.next_at([Lane.LIGHT], now, [mine.id]) == soon.due_at
        assert await unit.tasks.next_at([Lane.LIGHT, Lane.HEAVY], now, [mine.id]) == now + LEASE
        await unit.tasks.settle(mine)
        assert await unit.tasks.next_at([Lane.LIGHT], now) == soon.due_at
        assert await unit.tasks.next_at([], now) is None


async def ended(store: Store, monkeypatch: pytest.MonkeyPatch, *, idempotent: bool) -> tuple[World, Slow]:
    """End in order while an answer and a push are on their way, and are never told to have arrived."""
    monkeypatch.setattr("bot.deliver.GRACE", 0.1)
    platform = Slow()
    platform.capabilities = replace(platform.capabilities, idempotent_send=idempotent)
    world = World(store, platform)
    await world.open()
    await write(world, letter("an answer"), letter("a push", to="ana", kind="push"))
    sending = asyncio.create_task(world.house.deliverers["fake"].run())
    await until(lambda: platform.now == 2)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    platform.gate.set()
    world.clock.advance(timedelta(seconds=0.1))
    return World(store, platform), platform


@pytest.mark.parametrize("idempotent", [True, False])
async def test_what_was_on_its_way_when_kith_ended_goes_on_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, idempotent: bool
) -> None:
    world, platform = await ended(store, monkeypatch, idempotent=idempotent)
    world.clock.advance(timedelta(seconds=0.1))
    await world.deliver()
    assert sorted(said(platform)) == (["a push", "an answer"] if idempotent else ["an answer"])


async def test_what_was_claimed_and_not_begun_is_given_back_as_it_was(store: Store) -> None:
    world = World(store)
    await world.open()
    deliverer = world.house.deliverers["fake"]
    await write(world, letter("a push", to="ana", kind="push"))
    (claimed,) = await deliverer.claim()
    async with store.begin() as unit:
        await unit.outbox.release([deliverer._undone(claimed)], world.clock.now())
    (again,) = await deliverer.claim()
    assert (again.attempts, again.again) == (1, False)
    assert again.lane is Of.PUSH
