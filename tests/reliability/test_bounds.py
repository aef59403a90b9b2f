"""A flood: what waits is bounded, whoever floods waits, and a command goes past it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.intake import LIMIT, Intake
from core.domain.clock import ManualClock
from core.domain.events import CommandCalled, Event, MessageSent
from core.domain.people import Person
from core.engine import Accepted, Engine
from tests.world.world import START


async def test_a_command_waits_for_no_flood_and_the_flood_waits_for_room(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    async def noted(events: Sequence[Event]) -> Accepted:
        order.extend(event.key for event in events)
        await asyncio.sleep(0)
        return Accepted(len(events))

    monkeypatch.setattr("core.engine.Engine.accept", lambda engine, events: noted(events))  # not what is looked at
    engine = Engine.__new__(Engine)
    engine.clock = ManualClock(START)
    intake = Intake(engine)
    common = {"platform": "fake", "space": "home", "at": START, "actor": Person("ana", "Ana")}
    flood = [
        asyncio.create_task(intake.submit([MessageSent(**common, key=f"m:{turn}-{n}") for n in range(100)]))
        for turn in range(3 * LIMIT // 100)
    ]
    await asyncio.sleep(0)
    asked = asyncio.create_task(intake.submit([CommandCalled(**common, key="c", name="points")]))
    for _ in range(5):
        await asyncio.sleep(0)
    assert intake.waiting <= LIMIT + 1
    running = asyncio.create_task(intake.run())
    async with asyncio.timeout(30):
        await asked
    assert order[0] == "c"
    most = 0
    while not all(each.done() for each in flood):
        most = max(most, intake.waiting)
        await asyncio.sleep(0)
    assert most <= LIMIT + 100
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(order) == len(set(order)) == 3 * LIMIT + 1
