"""The intake: what is committed in which order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.intake import Intake
from core.domain.events import CommandCalled, Event, MessageSent
from core.domain.people import Person
from tests.world import World


async def test_a_command_goes_ahead_of_others_but_not_of_what_came_with_it(world: World) -> None:
    at = world.clock.now()
    ana, ben = Person("ana", "Ana"), Person("ben", "Ben")
    common = {"platform": "fake", "space": "home", "at": at}
    others = [MessageSent(**common, key=f"m:o{n}", actor=ben) for n in range(3)]
    mine = [
        MessageSent(**common, key="m:1", actor=ana),
        CommandCalled(**common, key="m:2", actor=ana, name="points"),
    ]
    order: list[str] = []
    intake = Intake(world.engine)
    accept = world.engine.accept

    async def noted(events: Sequence[Event]) -> object:
        order.extend(event.key for event in events)
        return await accept(events)

    intake._commit = noted  # type: ignore[method-assign]  looks on, and hands over
    submitted = [asyncio.create_task(intake.submit(events)) for events in (others, mine)]
    await asyncio.sleep(0)
    running = asyncio.create_task(intake.run())
    await asyncio.gather(*submitted)
    running.cancel()
    await world.deliver()
    assert order == ["m:1", "m:2", "m:o0", "m:o1", "m:o2"]
    earned = (await world.member("ana")).balance
    assert earned
    assert world.last.startswith(f"{earned} points")
