"""The machine's time jumps, for a moment or for good, either way: nothing waits for it and nothing is repeated."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.alarm import Alarm
from bot.platforms.port import RetryLater
from core.domain import tasks
from core.domain.clock import LASTING, SystemClock
from core.domain.community import Settings
from core.domain.events import CommandCalled
from core.domain.outgoing import Lane, Outgoing
from core.domain.people import Person
from core.domain.schedule import Daily
from core.domain.tasks import ANSWER, NEWS, Task
from core.kit.declare import TaskHandler
from core.store.outbox import OutboxRow
from core.store.unit import Store
from tests.world import World

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
JUMPS = [timedelta(days=5), timedelta(minutes=20), timedelta(days=-5)]


class Machine:
    """A machine whose time people set."""

    def __init__(self) -> None:
        self.steady = 1_000.0
        self.ahead = NOW.timestamp() - self.steady
        self.clock = SystemClock(lambda: self.steady + self.ahead, lambda: self.steady)

    def after(self, seconds: float) -> datetime:
        self.steady += seconds
        return self.clock.now()


@pytest.mark.parametrize("jump", JUMPS)
def test_a_jump_that_is_taken_back_is_none(jump: timedelta) -> None:
    machine = Machine()
    machine.ahead += jump.total_seconds()
    for second in range(1, 60):
        assert machine.after(1) == NOW + timedelta(seconds=second)
    machine.ahead -= jump.total_seconds()
    for second in range(60, 600):
        assert machine.after(1) == NOW + timedelta(seconds=second)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_jump_that_lasts_is_believed(jump: timedelta) -> None:
    machine = Machine()
    machine.ahead += jump.total_seconds()
    assert machine.after(1) == NOW + timedelta(seconds=1)
    assert machine.after(LASTING - 1) == NOW + timedelta(seconds=LASTING)
    assert machine.after(1) == NOW + timedelta(seconds=LASTING + 1) + jump


def test_a_time_put_right_by_little_is_taken_at_once() -> None:
    machine = Machine()
    machine.ahead += 1.5
    assert machine.after(1) == NOW + timedelta(seconds=2.5)


def test_the_machine_s_own_time_is_told() -> None:
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(seconds=2)


@pytest.mark.parametrize("jump", JUMPS)
async def test_what_is_said_while_the_clock_is_wrong_is_sent_when_it_is_right(world: World, jump: timedelta) -> None:
    world.clock.jump(jump)
    await world.engine.accept([asked(world, "/points")])
    world.clock.jump(-jump)
    await world.deliver()
    assert len(world.sent) == 1


@pytest.mark.parametrize("jump", JUMPS)
async def test_what_is_put_back_while_the_clock_is_wrong_waits_no_longer(world: World, jump: timedelta) -> None:
    await world.engine.accept([asked(world, "/points")])
    world.clock.jump(jump)
    platform = world.platforms[world.default]
    platform.fail_next = [RetryLater(20)]
    await world.deliver()
    assert world.sent == []
    world.clock.jump(-jump)
    world.clock.advance(timedelta(seconds=20))
    await world.deliver()
    assert len(world.sent) == 1


def asked(world: World, text: str) -> CommandCalled:
    return CommandCalled(
        platform=world.default,
        key="m:asked",
        space="home",
        at=world.clock.now(),
        actor=Person("ana", "Ana"),
        name=text[1:],
        text="",
    )


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_claim_made_while_the_clock_was_wrong_ends_like_any_other(store: Store, jump: timedelta) -> None:
    async with store.begin() as unit:
        community = await unit.communities.add("Home", Settings(), NOW)
        letter = OutboxRow(Outgoing(text="hello", platform="telegram", space="1"))
        await unit.outbox.add([letter], NOW)
        lanes = {ANSWER: tasks.Lane.ANSWER, NEWS: tasks.Lane.NEWS, "daily": tasks.Lane.LIGHT}
        await unit.tasks.add(Task(action=each, community_id=community.id, lane=lane) for each, lane in lanes.items())
    wrong, shares = NOW + jump, {Lane.ANSWER: 10}
    async with store.begin() as unit:
        await unit.outbox.set_right("telegram", wrong)
        assert len(await unit.outbox.claim("telegram", wrong, shares)) == 1
        assert [len(await unit.tasks.claim(lane, wrong, 9)) for lane in lanes.values()] == [1, 2, 1]  # and its plan
    right = NOW + timedelta(seconds=30)
    async with store.begin() as unit:
        assert Lane.ANSWER in (await unit.outbox.look("telegram", right)).lanes
        assert [each.again for each in await unit.outbox.claim("telegram", right, shares)] == [True]
        assert await unit.outbox.claim("telegram", right, shares) == []
        assert await unit.tasks.look(right) == set(lanes.values())
        assert [len(await unit.tasks.claim(lane, right, 9)) for lane in lanes.values()] == [1, 2, 1]
        assert await unit.tasks.look(right) == set()


@pytest.mark.parametrize("jump", JUMPS)
async def test_members_earn_and_jobs_run_after_a_jump_and_once(world: World, jump: timedelta) -> None:
    ran: list[datetime] = []

    async def note(context: object, task: Task) -> None:
        ran.append(world.clock.now())

    world.engine.registry = replace(world.engine.registry, tasks={"note": TaskHandler("note", note, Daily("03:30"))})
    await world.say("ana", "one")
    await world.engine.due()
    before = len(ran)
    world.clock.jump(jump)
    await world.say("ana", "two")
    await world.engine.due()
    world.clock.jump(-jump)
    world.clock.advance(timedelta(minutes=2))
    earned = (await world.member("ana")).earned
    await world.say("ana", "three")
    assert (await world.member("ana")).earned > earned
    again = len(ran)
    await world.engine.due()
    assert len(ran) == again
    world.clock.advance(timedelta(days=1))
    await world.engine.due()
    assert len(ran) == again + 1
    assert before == 1


@pytest.mark.parametrize("jump", [timedelta(days=5), timedelta(days=-5)])
async def test_a_check_in_on_a_wrong_day_costs_no_right_one(world: World, jump: timedelta) -> None:
    await world.say("ana", "/checkin")
    world.clock.jump(jump)
    await world.say("ana", "/checkin")
    world.clock.jump(-jump)
    world.clock.advance(timedelta(days=1))
    before = (await world.member("ana")).balance
    await world.say("ana", "/checkin")
    assert (await world.member("ana")).balance > before
    await world.say("ana", "/checkin")
    assert world.last.startswith("You checked in today already")
    assert (await world.member("ana")).streak == (2 if jump > timedelta(0) else 1)


async def test_the_alarm_rings_on_when_the_time_went_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = timedelta(0)

    class Machine(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Machine:  # type: ignore[override]
            told = datetime.now(UTC) + ahead
            return cls(*told.timetuple()[:6], told.microsecond, UTC)

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Machine)
    rung = asyncio.Semaphore(0)

    async def ring() -> None:
        rung.release()

    alarm = Alarm(ring, pulse=0.1)
    alarm.start()
    try:
        await rung.acquire()
        ahead = timedelta(hours=5)  # 180,000 pulses, each of which APScheduler counts
        await rung.acquire()
        await rung.acquire()
        ahead = timedelta(0)
        while not rung.locked():
            await rung.acquire()
        for _ in range(3):
            await asyncio.wait_for(rung.acquire(), 20)
    finally:
        alarm.stop()
