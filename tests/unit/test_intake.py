"""The intake: what is committed in which order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.intake import Intake
from core.domain.events import CommandCalled, Event, MessageSent
from core.domain.people import Person
from tests.world import World
from tests.world.background import beside


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
    async with beside(intake.run()):
        await asyncio.gather(*submitted)
    await world.deliver()
    assert order == ["m:1", "m:2", "m:o0", "m:o1", "m:o2"]
    earned = (await world.member("ana")).balance
    assert earned
    assert world.last.startswith(f"{earned} points")


async def test_lanes_commit_beside_each_other_and_keep_each_spaces_order(world: World) -> None:
    at = world.clock.now()
    spaces = [f"s{n}" for n in range(4)]
    people = {space: [Person(f"{space}-{n}", f"Member {n}") for n in range(3)] for space in spaces}
    events = [
        MessageSent(
            platform="fake",
            space=space,
            at=at + timedelta(minutes=2 * turn),
            key=f"m:{space}-{turn}",
            actor=people[space][turn % 3],
            reply_to=f"{space}-{turn - 1}" if turn else None,
        )
        for turn in range(12)
        for space in spaces
    ]
    order: list[str] = []
    at_once: list[int] = []
    accept, under_way = world.engine.accept, set[str]()
    intake = Intake(world.engine, lanes=2)

    async def noted(some: Sequence[Event]) -> object:
        mine = {event.space for event in some}
        assert not mine & under_way
        under_way.update(mine)
        at_once.append(len(under_way))
        accepted = await accept(some)
        order.extend(event.key for event in some)
        under_way.difference_update(mine)
        return accepted

    intake._commit = noted  # type: ignore[method-assign]  looks on, and hands over
    async with beside(intake.run()):
        await asyncio.gather(*(intake.submit(events[start : start + 5]) for start in range(0, len(events), 5)))
    assert max(at_once) > max(at_once[0], 1)
    for space in spaces:
        assert [key for key in order if key.startswith(f"m:{space}-")] == [f"m:{space}-{n}" for n in range(12)]
    assert intake.waiting == 0
    # Each wrote four times two minutes apart, and was answered by somebody new that day once.
    async with world.store.read() as unit:
        for space in spaces:
            place = (await unit.communities.spaces("fake", [space]))[space]
            found, owners = await unit.members.find_owned("fake", {place.community_id: [p.id for p in people[space]]})
            assert len(found) == 3
            earned = {owners[account.member_id].earned for account in found.values()}
            assert all(4 * 15 + 5 <= each <= 4 * 25 + 5 for each in earned)
