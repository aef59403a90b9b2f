"""Who is held out of what an activity writes to members directly: who it is, for how long, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.platforms.port import Unreachable
from core.domain.activities import Phase, State
from core.domain.message import plain_text
from core.domain.outgoing import Lane
from core.domain.people import Consent
from core.engine.settle import settle
from core.features.community.activities import pages, undoing
from core.kit import Context, Texts
from core.store.exposures import Exposed
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.crowd import come, write

PEOPLE = [f"p{number}" for number in range(60)]
QUESTION = "question daily 12:00 hours=3 tell=direct questions=What did you learn? | Who helped you?"


async def exposed(world: World) -> list[Exposed]:
    community = await world.community()
    async with world.store.read() as unit:
        return await unit.exposures.of(community.id)


def written_to(world: World) -> set[str | None]:
    """Return who got the question directly."""
    return {
        each.outgoing.to for each in world.sent if each.outgoing.direct and "What did you learn" in each.outgoing.text
    }


async def names(world: World) -> dict[int, str]:
    community = await world.community()
    async with world.store.read() as unit:
        return {member.id: member.name for member in await unit.members.all(community.id)}


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with sixty people who opened the chat, and a moderator who didn't."""
    await with_people(world, "olga")
    await come(world, PEOPLE)
    return world


async def test_it_is_said_before_the_start_who_is_held_out_and_what_could_be_seen(here: World) -> None:
    await write(here, [(who, here.clock.now()) for who in PEOPLE[:12]])
    await here.say("olga", f"/activities {QUESTION}")
    assert "30 are asked and 30 held out for eight weeks" in here.last
    assert (
        "A difference of 29 points of 100 or more would be seen in 80 % of cases; today the figure is 20 in 100"
        in here.last
    )
    await here.press("olga", "Dry run")
    held = next(line for line in here.last.splitlines() if "held out, to measure" in line)
    asked = next(line for line in here.last.splitlines() if "would be written to" in line)
    assert int(held.split()[2]) + int(asked.split("Directly, ")[1].split()[0]) == len(PEOPLE)
    assert await exposed(here) == []


async def test_half_are_held_out_all_season_and_others_in_the_next(here: World) -> None:
    await set_up(here, QUESTION)
    await here.advance(hours=5)
    first = await exposed(here)
    called = await names(here)
    assert len(first) == len(PEOPLE)
    assert 15 < sum(each.held_out for each in first) < 45
    assert written_to(here) == {called[each.member_id] for each in first if not each.held_out}
    await here.advance(days=7)
    assert {(each.member_id, each.held_out) for each in await exposed(here)} == {
        (each.member_id, each.held_out) for each in first
    }
    assert len(await exposed(here)) == 2 * len(PEOPLE)  # one a week: weeks that overlap would say the same twice
    await here.say("olga", "/activities 1")
    await here.press("olga", "Pause")
    here.clock.advance(timedelta(days=49))  # as if Kith had been away: nothing is run meanwhile anyway
    await here.advance(days=1)
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(days=1)
    last = [each for each in await exposed(here) if each.season == 1]
    before = {each.member_id: each.held_out for each in first}
    assert len(last) == len(PEOPLE)
    assert 10 < sum(each.held_out != before[each.member_id] for each in last) < 50


async def test_nobody_is_held_out_where_nothing_could_be_seen_or_a_moderator_says_so(here: World) -> None:
    await set_up(here, f"{QUESTION} holdout=no")
    await here.advance(hours=5)
    assert written_to(here) == set(PEOPLE)
    assert await exposed(here) == []
    await here.say("olga", "/activities 1")
    await here.press("olga", "Stop")
    async with here.store.begin() as unit:
        there = await unit.members.all((await here.community()).id)
        await unit.members.save([replace(each, consent=Consent.OUT) for each in there[:20]])
    await set_up(here, QUESTION)
    await here.advance(days=1)
    assert await exposed(here) == []


async def test_who_has_enough_for_the_week_counts_all_the_same(here: World) -> None:
    await set_up(here, f"{QUESTION} holdout=no")
    await here.advance(days=4)  # three pushes a week are what people want, and everybody had them
    await set_up(here, "challenge daily 15:00 tell=direct task=Write a line")
    await here.advance(hours=7)
    there = await exposed(here)
    assert len(there) == len(PEOPLE)
    assert 15 < sum(each.held_out for each in there) < 45


async def test_who_is_erased_or_links_accounts_stands_there_once_or_not_at_all(here: World) -> None:
    await set_up(here, QUESTION)
    await here.advance(hours=5)
    await here.say("p1", "/forgetme", direct=True)
    await here.press("p1", "Erase everything")
    assert len(await exposed(here)) == len(PEOPLE) - 1
    one, other = await here.member("p2"), await here.member("p3")
    async with here.store.begin() as unit:
        (account,) = await unit.members.accounts_of([other.id])
        await unit.members.move_account(account.id, one.id)
    there = await exposed(here)
    assert len({each.member_id for each in there}) == len(there) - 1  # both rows are one person's now
    await here.advance(days=8)
    again = [each for each in await exposed(here) if each.run_id > 1]
    assert len(again) == len({each.member_id for each in again}) == len(PEOPLE) - 2


async def test_a_run_that_is_taken_back_says_nothing_of_its_effect(here: World) -> None:
    await set_up(here, QUESTION)
    await here.advance(hours=5)
    assert len(await exposed(here)) == len(PEOPLE)
    await here.say("olga", "/activities 1")
    await here.press("olga", "Undo a run")
    await here.press("olga", "2 March, 12:00")
    await here.press("olga", "Take it back")
    assert await exposed(here) == []
    await here.advance(days=1)
    assert len(await exposed(here)) == len(PEOPLE)  # nobody's week is watched for it any more


async def test_its_page_says_how_many_were_written_to_and_what_waits_is_called_back(here: World) -> None:
    await set_up(here, f"{QUESTION} holdout=no")
    here.clock.advance(timedelta(hours=3))
    await here.engine.due()
    deliverer = here.house.deliverers["fake"]
    for number, row in enumerate(await deliverer.claim({Lane.PUSH: 20})):  # the post in the room goes first
        here.platforms["fake"].fail_next += [Unreachable("blocked")] if number in {5, 9} else []
        await deliverer._settle(row)
    before = written_to(here)
    assert len(before) == 17
    async with here.store.begin() as unit:
        context = Context(unit, here.clock.now(), await here.community(), Texts("en"))
        context.kinds = here.engine.registry.kinds
        (activity,) = await unit.activities.of(context.community.id, (State.ACTIVE,))
        said = plain_text((await pages.page(context, activity)).text)
        assert "Directly: 17 of 60 written to so far. 2 couldn’t be reached." in said
        (run,) = await unit.activities.runs_of(activity, (Phase.OPEN,), 1)
        await undoing._close(context, run)
        await settle(unit, context, here.engine.registry)
    await here.deliver()
    assert written_to(here) == before
    await here.say("olga", "/activities 1")
    assert "Directly: 17 of 60 written to. 2 couldn’t be reached." in here.last
    assert "Look again" not in [button.label for row in here.sent[-1].outgoing.buttons for button in row]
