"""A room that has an activity in blocks of days: its runs keep to them, and what the blocks show is found."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from core.domain.activities import Phase, State
from core.domain.clock import day_number
from core.domain.effects import Design, Metric, Trial, is_on
from core.kit.effects import block_draw
from core.studies.effects import effects
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.crowd import come, write

QUESTION = "question daily 12:00 hours=3 trial=yes questions=What did you learn? | Who helped you?"


async def trial_of(world: World) -> Trial | None:
    async with world.store.read() as unit:
        return await unit.exposures.newest_trial(1, Design.SWITCHBACK)


@pytest.fixture
async def here(world: World) -> World:
    return await with_people(world)


async def test_runs_keep_to_the_blocks_and_say_so(here: World) -> None:
    await here.say("olga", f"/activities {QUESTION}")
    assert "It takes 24 blocks, about 14 weeks" in here.last
    await here.press("olga", "Start")
    for _ in range(9):
        here.clock.advance(timedelta(hours=3, minutes=5))
        await here.engine.due()
        here.clock.advance(timedelta(hours=20, minutes=55))
    trial = await trial_of(here)
    assert trial is not None
    async with here.store.read() as unit:
        (it,) = await unit.activities.of((await here.community()).id, (State.ACTIVE,))
        runs = await unit.activities.runs_of(it, tuple(Phase), 50)
    had = {day_number(each.due_at): each.phase is not Phase.SKIPPED for each in runs}
    assert had == {day: is_on(block_draw(trial), trial.first, trial.length, day) for day in had}
    assert len(had) == 9
    assert set(had.values()) == {True, False}
    await here.say("olga", "/activities 1")
    why = "The last run was left out: it is being tried, and this block of days is without it."
    assert (why in here.last) == (not had[max(had)])
    days = [here.clock.now() + timedelta(days=ahead) for ahead in range(28)]
    on = [is_on(block_draw(trial), trial.first, trial.length, day_number(day)) for day in days]
    await here.say("ana", "/calendar")
    assert here.last.startswith(f"{sum(on)} events in the next four weeks")
    await here.say("olga", f"/activities 1 move={days[on.index(False)]:%Y-%m-%d} 23:00")
    assert "the days around that time are without it" in here.last
    await here.say("olga", "/effect 1")
    await here.engine.due()
    await here.deliver()
    assert "Too few to say: 2 of 24 blocks of days are over; about 13 more weeks." in here.last
    await here.say("olga", "/activities 1 trial=no")
    here.clock.advance(timedelta(hours=3, minutes=5))
    await here.engine.due()
    ended = await trial_of(here)
    assert ended is not None
    assert ended.ended == day_number(here.clock.now())
    async with here.store.read() as unit:
        assert (await unit.activities.runs_of(it, tuple(Phase), 1))[0].phase is Phase.OPEN


@pytest.mark.parametrize("more", [0.3, 0.0])
async def test_what_the_blocks_change_is_found(here: World, more: float) -> None:
    people = [f"p{number}" for number in range(30)]
    await come(here, people, ago=timedelta(days=200))
    await set_up(here, QUESTION)
    first = day_number(here.clock.now()) - 24 * 4
    trial = Trial(
        activity_id=1,
        design=Design.SWITCHBACK,
        metric=Metric.ACTIVE,
        season=0,
        began_at=here.clock.now() - timedelta(days=24 * 4),
        first=first,
        length=4,
    )
    community = await here.community()
    async with here.store.begin() as unit:
        await unit.exposures.begin(community.id, trial)
    chance = random.Random(7)
    for day in range(first, first + 24 * 4):
        share = 0.2 + more * is_on(block_draw(trial), first, 4, day)
        at = here.clock.now() - timedelta(days=day_number(here.clock.now()) - day)
        await write(here, [(who, at) for who in people if chance.random() < share])
    async with here.store.begin() as unit:
        while await unit.rollups.advance(community.id):
            pass
    found = await effects.anew(here.store, community.id, here.clock.now())
    assert found is not None
    (measured,) = found.measured
    assert measured.low is not None
    assert measured.high is not None
    assert measured.enough
    assert measured.low < 30 * more < measured.high
    assert (measured.low > 0) == (more > 0)
