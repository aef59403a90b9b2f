"""Killed between sending and marking it sent: what is said again and what isn't, as the platform can."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.deliver import AT_ONCE, REMEMBERED, Deliverer
from bot.platforms.port import RetryLater, Unavailable
from core.domain.clock import Clock, ManualClock
from core.domain.message import plain_text
from core.domain.outgoing import Lane, Outgoing
from core.store.outbox import LEASE, Claimed, OutboxRow
from core.store.tables.outbox import outbox
from core.store.unit import DatabaseDown, Store
from tests.world import World
from tests.world.background import beside
from tests.world.platform import FakePlatform


class Killed(BaseException):
    """The process ends here."""


class Mortal(FakePlatform):
    """Sends, and dies before anybody hears of it; a nonce that came before is sent once, where it can."""

    dying = False

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        known = {sent.id for sent in self.sent}
        if not (self.capabilities.idempotent_send and f"sent-{letter_id}" in known):
            await super().send(letter_id, outgoing, image)
        if self.dying:
            raise Killed
        return f"sent-{letter_id}"


def letter(text: str, *, to: str = "", **more: Any) -> OutboxRow:
    outgoing = Outgoing(text=text, platform="fake", space="home", to=to or None, private=bool(to))
    return OutboxRow(outgoing, **more)


def quiet(text: str, seconds: int) -> OutboxRow:
    outgoing = Outgoing(text=text, platform="fake", space="home", room="r1", delete_after=seconds)
    return OutboxRow(outgoing, kind="push")


async def write(world: World, *letters: OutboxRow, clock: Clock | None = None) -> None:
    async with world.store.begin() as unit:
        await unit.outbox.add(letters, (clock or world.clock).now())


def said(platform: FakePlatform) -> list[str]:
    return [plain_text(sent.outgoing.text) for sent in platform.sent]


async def killed_while_sending(store: Store, *, idempotent: bool, away: timedelta = LEASE) -> tuple[World, Mortal]:
    platform = Mortal()
    platform.capabilities = replace(platform.capabilities, idempotent_send=idempotent)
    world = World(store, platform)
    await world.open()
    await write(world, letter("an answer"), letter("a push", to="ana", kind="push"))
    platform.dying = True
    deliverer = world.house.deliverers["fake"]
    for claimed in await deliverer.claim():
        with pytest.raises(Killed):
            await deliverer._settle(claimed)
    platform.dying = False
    await world.deliver()
    assert said(platform) == ["an answer", "a push"], "claimed again before its time"
    world.clock.advance(away + timedelta(seconds=1))
    await world.deliver()
    return world, platform


async def test_where_a_platform_knows_what_it_sent_each_message_appears_once(store: Store) -> None:
    world, platform = await killed_while_sending(store, idempotent=True)
    assert said(platform) == ["an answer", "a push"]
    async with world.store.read() as unit:
        assert await unit.outbox.backlog() == {}


async def test_where_kith_comes_back_after_the_platform_forgot_a_push_is_not_sent_again(store: Store) -> None:
    _, platform = await killed_while_sending(store, idempotent=True, away=LEASE + REMEMBERED)
    assert said(platform) == ["an answer", "a push"]
    async with store.read() as unit:
        states = (await unit.connection.execute(select(outbox.c.kind, outbox.c.state).order_by(outbox.c.id))).all()
    assert [tuple(each) for each in states] == [("reply", "sent"), ("push", "failed")]


async def test_elsewhere_an_answer_is_sent_again_and_a_push_is_not(store: Store) -> None:
    world, platform = await killed_while_sending(store, idempotent=False)
    assert said(platform) == ["an answer", "a push", "an answer"]
    async with world.store.read() as unit:
        assert await unit.outbox.backlog() == {}


async def test_a_chat_keeps_its_order_when_its_first_message_has_to_wait(world: World) -> None:
    platform = world.platforms["fake"]
    await write(world, letter("one"), letter("two"), letter("elsewhere", to="bo"), letter("three"))
    platform.fail_next = [RetryLater(300)]
    await world.deliver()
    assert said(platform) == ["elsewhere"]
    world.clock.advance(timedelta(seconds=301))
    platform.fail_next = [Unavailable("away")]
    await world.deliver()
    assert said(platform) == ["elsewhere"]
    world.clock.advance(timedelta(seconds=60))
    await world.deliver()
    assert said(platform) == ["elsewhere", "one", "two", "three"]


async def test_what_is_to_go_away_does_so_after_a_restart_and_holds_nothing_up(world: World) -> None:
    platform = world.platforms["fake"]
    await write(world, quiet("soon gone", 600), quiet("gone sooner", 60), letter("stays"))
    await world.deliver()
    assert (said(platform), platform.gone) == (["stays", "soon gone", "gone sooner"], [])
    async with world.store.read() as unit:
        assert await unit.outbox.backlog() == {}, "what only waits for its time is no backlog"
    restarted = Deliverer(world.store, platform, world.clock, asyncio.Event())
    world.clock.advance(timedelta(seconds=61))
    await restarted.drain()
    assert platform.gone == ["sent-2"]
    world.clock.advance(timedelta(seconds=600))
    (dies,) = await world.house.deliverers["fake"].claim()
    assert dies.kind == "deletion"
    world.clock.advance(LEASE + timedelta(seconds=1))
    platform.fail_next = [RetryLater(5)]
    await restarted.drain()
    world.clock.advance(timedelta(seconds=6))
    await restarted.drain()
    assert platform.gone == ["sent-2", "sent-1"]


async def test_two_deliverers_send_each_message_once_and_in_order(world: World) -> None:
    platform = world.platforms["fake"]
    chats = [f"p{number}" for number in range(8)]
    await write(world, *(letter(str(turn), to=chat) for turn in range(6) for chat in chats))
    other = Deliverer(world.store, platform, world.clock, asyncio.Event())
    both = (world.house.deliverers["fake"], other)
    while sum(await asyncio.gather(*(each.drain() for each in both))):
        pass
    for chat in chats:
        here = [plain_text(sent.outgoing.text) for sent in platform.sent if sent.outgoing.to == chat]
        assert here == [str(turn) for turn in range(6)]


class Slow(FakePlatform):
    """Takes its time, and counts what it is asked for at once."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.now, self.most = 0, 0

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        self.now += 1
        self.most = max(self.most, self.now)
        await self.gate.wait()
        self.now -= 1
        return await super().send(letter_id, outgoing, image)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_no_more_is_on_its_way_than_the_lane_has_room_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.bell.LOOKS", 0.01)
    platform = Slow()
    world = World(store, platform)
    await world.open()
    await write(world, *(letter("hello", to=f"p{number}", kind="push") for number in range(300)))
    async with beside(world.house.deliverers["fake"].run()):
        await until(lambda: platform.most >= AT_ONCE[Lane.PUSH])
        await asyncio.sleep(0.5)
        held = platform.most
        platform.gate.set()
        await until(lambda: len(platform.sent) >= 300)
    assert held == AT_ONCE[Lane.PUSH]
    assert len({sent.id for sent in platform.sent}) == 300


async def test_an_answer_waits_behind_no_pushes(store: Store) -> None:
    platform = FakePlatform()
    world = World(store, platform)
    await world.open()
    pushes = [letter("a push", to=f"p{number}", kind="push") for number in range(5_000)]
    await write(world, *pushes, letter("a push to ana", to="ana", kind="push"))
    async with beside(world.house.deliverers["fake"].run()):
        await until(lambda: len(platform.sent) >= 30)
        await write(world, letter("an answer", to="ana"))
        before = len(platform.sent)
        await until(lambda: "an answer" in said(platform))
    assert said(platform).index("an answer") - before < 10
    assert sum(AT_ONCE[lane] for lane in Lane if lane is not Lane.ANSWER and lane is not Lane.CHANGE) < 10


async def test_what_is_long_on_its_way_is_nobody_elses(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.deliver.RENEWAL", 0.01)
    platform = Slow()
    world = World(store, platform)
    await world.open()
    await write(world, letter("takes long"))
    async with beside(world.house.deliverers["fake"].run()):
        await until(lambda: platform.now == 1)
        other = Deliverer(store, platform, world.clock, asyncio.Event())
        for _ in range(5):
            world.clock.advance(LEASE * 0.9)
            await asyncio.sleep(0.2)
            assert await other.claim() == []
        platform.gate.set()
        await until(lambda: platform.sent != [])
    assert said(platform) == ["takes long"]


async def test_what_has_arrived_is_not_held_again(world: World) -> None:
    await write(world, letter("hello"))
    await world.deliver()
    async with world.store.begin() as unit:
        await unit.outbox.renew([1], world.clock.now())
        assert await unit.outbox.backlog() == {}


async def test_after_a_crash_a_room_is_silent_for_seconds(store: Store) -> None:
    platform = Mortal()
    world = World(store, platform)
    await world.open()
    await write(world, letter("under way when it ended"))
    await world.house.deliverers["fake"].claim()
    restarted = Deliverer(store, platform, world.clock, asyncio.Event())
    await write(world, letter("asked after the restart"))
    await restarted.drain()
    assert said(platform) == []
    world.clock.advance(timedelta(seconds=5))
    await restarted.drain()
    assert said(platform) == ["under way when it ended", "asked after the restart"]


async def test_a_clock_that_was_ahead_for_a_moment_mutes_nobody(world: World) -> None:
    platform = world.platforms["fake"]
    deliverer = world.house.deliverers["fake"]
    await write(world, letter("claimed"), letter("tried", to="ana"), quiet("goes away", 60))
    ahead = ManualClock(world.clock.now() + timedelta(days=5))
    deliverer._clock = ahead
    claimed = {plain_text(each.outgoing.text): each for each in await deliverer.claim()}
    await deliverer._put_back(claimed["tried"], 7 * 86_400)
    await deliverer._settle(claimed["goes away"])
    await write(world, letter("written", to="bo"), clock=ahead)
    deliverer._clock = world.clock
    await deliverer.drain()
    assert said(platform) == ["goes away", "claimed", "tried", "written"]
    assert len(platform.gone) == 1


class Busy(Deliverer):
    """Something is written down while it looks and finds nothing."""

    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def claim(self, shares: Mapping[Lane, int] = AT_ONCE) -> list[Claimed]:
        found = await super().claim(shares)
        if not found and self.meanwhile is not None:
            then, self.meanwhile = self.meanwhile, None
            await then()
        return found


async def test_what_is_written_down_while_it_looks_is_not_overlooked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.bell.LOOKS", 3600.0)
    deliverer = Busy(world.store, world.platforms["fake"], world.clock, asyncio.Event())

    async def meanwhile() -> None:
        await write(world, letter("hello"))
        deliverer.waiting.set()

    deliverer.meanwhile = meanwhile
    async with beside(deliverer.run()):
        await until(lambda: said(world.platforms["fake"]) == ["hello"])


async def test_a_database_that_goes_while_a_fault_is_noted_breaks_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = world.platforms["fake"]
    platform.fail_next = [ValueError("a fault of the adapter")]
    await write(world, letter("hello"))
    deliverer = world.house.deliverers["fake"]
    (claimed,) = await deliverer.claim()

    def gone() -> None:
        raise DatabaseDown("gone")

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "begin", gone)
        await deliverer._settle(claimed)
    world.clock.advance(LEASE + timedelta(seconds=1))
    await world.deliver()
    assert said(platform) == ["hello"]


async def test_what_is_given_back_was_never_tried(world: World) -> None:
    await write(world, letter("a push", to="ana", kind="push"))
    deliverer = world.house.deliverers["fake"]
    for _ in range(3):
        (claimed,) = await deliverer.claim()
        assert (claimed.attempts, claimed.again) == (1, False)
        await deliverer._give_back([claimed])


async def test_nothing_is_due_in_a_chat_that_was_put_off(world: World) -> None:
    await world.open()
    await write(world, letter("one", to="ana"), letter("two", to="ana"))
    deliverer = world.house.deliverers["fake"]
    (claimed,) = await deliverer.claim()
    await deliverer._put_back(claimed, 60)
    async with world.store.read() as unit:
        seen = await unit.outbox.look("fake", world.clock.now())
    assert seen.lanes == set()
    assert seen.next_at == world.clock.now() + timedelta(seconds=60)


async def test_what_waits_for_later_is_not_brought_forward_by_what_is_put_back(world: World) -> None:
    later = world.clock.now() + timedelta(hours=1)
    await write(world, letter("now", to="ana", kind="push"), letter("later", to="ana", kind="push", due_at=later))
    world.platforms["fake"].fail_next.append(RetryLater(10))
    await world.deliver()
    world.clock.advance(timedelta(seconds=11))
    await world.deliver()
    assert said(world.platforms["fake"]) == ["now"]
    world.clock.advance(timedelta(hours=1))
    await world.deliver()
    assert said(world.platforms["fake"]) == ["now", "later"]


async def test_what_a_dead_process_held_takes_its_room(world: World) -> None:
    rooms = [Outgoing(text="a push", platform="fake", space="home", room=f"r{number}") for number in range(4)]
    await write(world, *(OutboxRow(each, kind="push") for each in rooms))
    shares = {**dict.fromkeys(Lane, 0), Lane.PUSH: 2}
    deliverer = world.house.deliverers["fake"]
    dead = await deliverer.claim(shares)
    assert len(dead) == 2
    world.clock.advance(LEASE + timedelta(seconds=1))
    claimed = await deliverer.claim(shares)
    assert [(each.id, each.again) for each in claimed] == [(each.id, True) for each in dead]
