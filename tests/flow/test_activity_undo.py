"""A run that a moderator takes back: its points by reversing entries, its post closed, its streak uncounted."""

from __future__ import annotations

import pytest

from core.domain.activities import Phase, State
from core.domain.points import Reason
from tests.world import World
from tests.world.activities import QUESTION, set_up, with_people


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    return await with_people(world)


async def undo(world: World, at: str) -> None:
    """Take the run of a time back by buttons."""
    await world.say("olga", "/activities 1")
    await world.press("olga", "Undo a run")
    await world.press("olga", at)
    await world.press("olga", "Take it back")


@pytest.mark.parametrize("ended", [False, True])
async def test_its_points_go_by_reversing_entries_and_its_post_says_so(here: World, *, ended: bool) -> None:
    await set_up(here, QUESTION)
    await here.advance(hours=3)
    for who in ("ana", "bo"):
        await here.press(who, "I answered")
    await here.advance(hours=4 if ended else 1)
    await here.say("olga", "/activities 1")
    await here.press("olga", "Undo a run")
    await here.press("olga", "2 March, 12:00")
    assert "2 members lose the 14 points" in here.last
    await here.press("olga", "Take it back")
    assert here.last.startswith("Taken back: 14 points of 2 members.")
    changed = here.platforms["fake"].changed[-1]
    assert changed.content.text == "This run of Daily question was taken back by a moderator; its points are too."
    assert not changed.content.buttons
    ana = await here.member("ana")
    assert (ana.balance, ana.earned) == (0, 0)
    community = await here.community()
    async with here.store.read() as unit:
        rows = await unit.ledger.of_member(ana.id)
        assert [(row.reason, row.amount) for row in rows] == [(Reason.REVERSAL, -7), (Reason.ACTIVITY, 7)]
        (activity,) = await unit.activities.of(community.id, (State.ACTIVE,))
        assert [run.phase for run in await unit.activities.runs_of(activity, tuple(Phase), 5)] == [Phase.UNDONE]
    await here.press("cleo", "I answered")
    assert (await here.member("cleo")).balance == 0
    await here.press("olga", "Take it back")
    assert here.last == "That run is taken back already, or never began."
    assert (await here.member("ana")).balance == 0
    await here.say("olga", "/audit")
    assert "took back the run 2026-03-02 of activity number 1: 14 points of 2 members" in here.last
    await here.advance(hours=24)
    assert here.last.startswith("What did you learn?")  # nobody was asked that, so it comes again


async def test_what_was_taken_back_of_it_before_isn_t_taken_back_twice(here: World) -> None:
    await set_up(here, QUESTION)
    await here.advance(hours=3)
    for who in ("ana", "bo"):
        await here.press(who, "I answered")
    async with here.store.read() as unit:
        (row,) = await unit.ledger.of_member((await here.member("ana")).id)
    await here.say("olga", f"/undo {row.id}")
    await undo(here, "2 March, 12:00")
    assert here.last.startswith("Taken back: 7 points of 1 member.")
    assert [(await here.member(who)).balance for who in ("ana", "bo")] == [0, 0]


async def test_it_counts_for_no_streak(here: World) -> None:
    await set_up(here, "challenge daily 10:00 hours=3 points=5 task=Read")
    for _ in range(2):
        await here.advance(hours=1)
        await here.press("ana", "Done")
        await here.advance(hours=23)
    await undo(here, "3 March, 10:00")
    await here.advance(hours=1)
    await here.press("ana", "Done")
    assert here.last.endswith("Your streak: 2.")


async def test_members_take_nothing_back(here: World) -> None:
    await set_up(here, QUESTION)
    await here.advance(hours=3)
    await here.say("olga", "/activities 1")
    await here.press("ana", "Undo a run")
    assert "Which run" not in here.last
