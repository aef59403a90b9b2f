"""The make-up of the check-in challenge: one a month, for the run before, without points."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.activities.challenge import MADE_UP
from core.domain.activities import Phase, State
from core.store.unit import Store
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.again import again

CHALLENGE = "challenge daily 10:00 hours=8 points=2 task=Read ten pages"


def offered(world: World) -> bool:
    return any(
        button.label == "Make up for the one before" for row in world.sent[-1].outgoing.buttons for button in row
    )


async def day(world: World, *, done: bool) -> None:
    await world.advance(hours=2)
    if done:
        await world.press("ana", "Done")


@pytest.fixture
async def here(store: Store) -> World:
    """Give a world with a challenge in which Ana missed the third day, when her one missed day was spent before."""
    return await again(store, missed)


async def missed(world: World) -> None:
    await world.open()
    await with_people(world)
    await set_up(world, CHALLENGE)
    for done in (True, False, True, False):
        await day(world, done=done)
        await world.advance(hours=22)
    await day(world, done=True)


async def test_one_run_is_made_up_for_a_month(here: World) -> None:
    assert here.last == "Noted: +2 points. Your streak: 1."
    assert offered(here)
    balance = (await here.member("ana")).balance
    await here.press("ana", "Make up for the one before")
    assert here.last == "Made up for, without points. Your streak: 4. You can do that once a month."
    assert (await here.member("ana")).balance == balance
    await here.press("ana", "Make up for the one before")
    assert here.last.startswith("You can make up for the run before within two days")
    await here.advance(hours=22)
    await day(here, done=False)
    await here.advance(hours=22)
    await day(here, done=True)
    assert not offered(here)
    await let_it_be_last_month(here)
    await here.press("ana", "Done")
    assert offered(here)


async def let_it_be_last_month(world: World) -> None:
    community = await world.community()
    async with world.store.begin() as unit:
        (activity,) = await unit.activities.of(community.id, (State.ACTIVE,))
        runs = {run.id: run for run in await unit.activities.runs_of(activity, tuple(Phase), 20)}
        (made,) = [each for each in await unit.activities.answers(runs) if each.answer == MADE_UP]
        before = made.at - timedelta(days=28)
        await unit.activities.answer(runs[made.run_id], made.account_id, MADE_UP, before)


async def test_who_just_came_has_nothing_to_make_up_for(here: World) -> None:
    await here.press("bo", "Done")
    assert not offered(here)
