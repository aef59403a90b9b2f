"""Whoever leaves, or is erased, while a run is on: each kind ends all the same, and tells them nothing any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.activities import Phase, State
from core.domain.events import ButtonPressed, WroteDirectly
from tests.flow.test_activity_kinds import DIRECT, GIVEN, PEOPLE, books_hold
from tests.world import World
from tests.world.activities import set_up, with_people


async def follow(world: World, who: str) -> None:
    """Let somebody press the first button of what they were just answered, if there is one to go on with."""
    answer = world.sent[-1]
    first = next((row[0] for row in answer.outgoing.buttons), None)
    if answer.outgoing.to == who and first is not None and first.label != "Leave":
        await world.happen(ButtonPressed, who, token=first.token, message=answer.id)


@pytest.mark.parametrize("kind", sorted(GIVEN.keys() - DIRECT))
async def test_each_kind_ends_without_who_is_gone(world: World, kind: str) -> None:
    await with_people(world, *PEOPLE)
    for who in PEOPLE:
        await world.happen(WroteDirectly, who, text="hi", space="direct", direct=True)
    await world.say("olga", "/settings pulse yes")
    await set_up(world, f"{kind} 2026-03-02 10:00 {GIVEN[kind]}")
    await world.advance(hours=1)
    post = next(each for each in reversed(world.sent) if not each.outgoing.private)
    for at, token in enumerate(button.token for row in post.outgoing.buttons for button in row):
        for who in PEOPLE[min(at, 1) :]:  # the first stays with the first button
            await world.happen(ButtonPressed, who, token=token, message=post.id)
            for _ in range(2):
                await follow(world, who)
    await world.leave("bo")
    await world.say("cleo", "/forgetme")
    await world.press("cleo", "Erase everything")
    before = len(world.sent)
    for days in (0.25, 6, 10, 15):  # the longest lasts two weeks, and some ask days later how it was
        world.clock.advance(timedelta(days=days))
        await world.engine.due()
        await world.deliver()
    told = [each.outgoing for each in world.sent[before:] if each.outgoing.private]
    assert [(each.to, each.text) for each in told if each.to in {"bo", "cleo"}] == []
    assert not any("Something broke" in text for text in world.texts)
    community = await world.community()
    async with world.store.read() as unit:
        assert await unit.tasks.failed() == []
        (activity,) = await unit.activities.of(community.id, tuple(State))
        (run,) = await unit.activities.runs_of(activity, tuple(Phase), 5)
    assert run.phase is Phase.OVER
    await books_hold(world)
