"""Sequences: who is written to when, until they reached the goal, left or were erased; nobody gets a step twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import World
from tests.world.activities import set_up, with_people

STEPS = "steps=0: Welcome | 1: One day | 3: Three days"


def letters(world: World, who: str) -> list[str]:
    """Return what somebody was written directly."""
    told = [each.outgoing for each in world.sent if each.outgoing.direct and each.outgoing.to == who]
    return [each.text.splitlines()[-1] for each in told if each.text.startswith("**Data Kitchen**")]


async def come(world: World, *names: str) -> None:
    """Let people come, and open the chat with Kith."""
    for who in names:
        await world.join(who)
        await world.say(who, "/start", direct=True)


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with a moderator, and people who came before."""
    return await with_people(world)


async def test_each_newcomer_gets_each_step_on_its_day_until_they_wrote(here: World) -> None:
    await set_up(here, f"sequence daily 10:00 {STEPS}")
    await come(here, "dan", "eve")
    await here.advance(hours=2)
    assert (letters(here, "dan"), letters(here, "eve"), letters(here, "ana")) == (["Welcome"], ["Welcome"], [])
    await here.say("eve", "hello everybody")
    await here.advance(days=1)
    await here.press("olga", "Run now")  # nobody gets a step twice
    await here.advance(days=5)
    assert letters(here, "dan") == ["Welcome", "One day", "Three days"]
    assert letters(here, "eve") == ["Welcome"]


async def test_who_comes_after_the_run_of_a_day_is_welcomed_by_the_next(here: World) -> None:
    await set_up(here, f"sequence daily 10:00 {STEPS}")
    await here.advance(hours=3)
    await come(here, "dan")  # at noon
    await here.advance(hours=20)
    assert letters(here, "dan") == []
    await here.say("olga", "/activities 1")
    await here.press("olga", "Run now")
    await here.advance(minutes=1)
    assert letters(here, "dan") == ["Welcome"]
    await here.advance(hours=2)
    assert letters(here, "dan") == ["Welcome"]
    await here.advance(days=1)
    assert letters(here, "dan") == ["Welcome", "One day"]
    await here.advance(days=2)
    assert letters(here, "dan") == ["Welcome", "One day", "Three days"]


async def test_a_weekly_one_begins_with_who_came_since_it_was_set_up(here: World) -> None:
    await set_up(here, "sequence sun 10:00 steps=0: Welcome")
    await come(here, "dan")
    await here.advance(days=7)
    assert letters(here, "dan") == ["Welcome"]


async def test_what_was_due_while_kith_was_down_is_written_by_the_next_run(here: World) -> None:
    await set_up(here, f"sequence daily 10:00 {STEPS}")
    await come(here, "dan")
    await here.advance(hours=2)
    here.clock.advance(timedelta(days=3, hours=12))  # the runs of three days are too late
    await here.advance(days=1)
    assert letters(here, "dan") == ["Welcome", "One day", "Three days"]


async def test_leaving_erasure_and_no_open_chat_end_it(here: World) -> None:
    await set_up(here, f"sequence daily 10:00 until=none {STEPS}")
    await come(here, "dan", "eve", "fay", "gus")
    await here.join("hui")
    await here.advance(hours=2)
    await here.say("dan", "hello")
    await here.leave("eve")
    await here.say("fay", "/forgetme")
    await here.press("fay", "Erase everything")
    await here.say("gus", "/consent out")
    await here.press("gus", "Yes, leave me out")
    await here.advance(days=4)
    assert [letters(here, who) for who in ("eve", "fay", "gus", "hui")] == [["Welcome"], ["Welcome"], ["Welcome"], []]
    assert letters(here, "dan") == ["Welcome", "One day", "Three days"]


async def test_a_checkin_is_a_goal_too(here: World) -> None:
    await set_up(here, f"sequence daily 10:00 until=checkin {STEPS}")
    await come(here, "dan", "eve")
    await here.say("dan", "hello")
    await here.say("eve", "/checkin")
    await here.advance(days=4)
    assert letters(here, "dan") == ["Welcome", "One day", "Three days"]
    assert letters(here, "eve") == []


async def test_who_falls_silent_is_written_to_until_they_are_back(here: World) -> None:
    await come(here, "dan", "eve")
    await here.say("dan", "hello")
    await here.say("eve", "hello")
    await set_up(here, "sequence daily 10:00 trigger=silent steps=3: Come back | 5: We miss you")
    await here.advance(days=4)
    assert (letters(here, "dan"), letters(here, "eve")) == (["Come back"], ["Come back"])
    await here.say("eve", "back")
    await here.advance(days=2)
    assert (letters(here, "dan"), letters(here, "eve")) == (["Come back", "We miss you"], ["Come back"])
    assert letters(here, "ana") == []  # never wrote


async def test_without_steps_it_has_its_own_in_each_members_language(here: World) -> None:
    await set_up(here, "sequence daily 10:00")
    await here.press("olga", "Preview")
    assert [line[:7] for line in here.last.replace("*", "").splitlines()] == [
        "Day 0: ",
        "Day 1: ",
        "Day 3: ",
        "Day 7: ",
    ]
    await come(here, "dan", "eve")
    await here.say("eve", "/language zh", direct=True)
    await here.say("olga", "/activities 1")
    await here.press("olga", "Dry run")
    assert "Nothing is put up in the room. Directly, 2 members would be written to today." in here.last
    await here.advance(hours=2)
    assert letters(here, "dan")[0].startswith("Good to have you here.")
    assert letters(here, "eve")[0].startswith("欢迎加入")


@pytest.mark.parametrize("line", ["Hello", "3 Hello", "400: Late", "0: Twice"])
async def test_a_line_that_is_no_step_is_said(here: World, line: str) -> None:
    await here.say("olga", f"/activities sequence steps=0: Welcome | {line}")
    assert here.last.startswith(f"Line 2 is no step: “{line}”.")
