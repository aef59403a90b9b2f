"""/remindme and /reminders: said at the time that was asked for, put off, taken back, forgotten; for nobody else."""

from __future__ import annotations

import json

import pytest

from tests.world import World
from tests.world.activities import with_people


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it."""
    return await with_people(world)


def said_to(world: World, who: str) -> list[str]:
    return [sent.outgoing.text for sent in world.sent if sent.outgoing.to == who and sent.outgoing.direct]


async def test_it_comes_at_its_time_in_quiet_hours_too_is_put_off_and_done(here: World) -> None:
    await here.say("ana", "/remindme today 23:00 read *chapter* 3")
    assert "23:00" in here.last
    assert here.last.splitlines()[0].endswith(": read *chapter* 3")
    assert here.sent[-1].outgoing.private
    await here.advance(hours=13, minutes=50)
    assert said_to(here, "ana") == []
    await here.advance(hours=1)
    assert here.last == "You asked to be reminded: read *chapter* 3"
    assert here.sent[-1].outgoing.silent
    await here.press("ana", "In 1 hour")
    assert here.last.startswith("I remind you again")
    await here.advance(hours=2)
    assert here.last == "You asked to be reminded: read *chapter* 3"
    await here.press("ana", "In 1 day")
    await here.advance(hours=25)
    await here.press("ana", "Done")
    assert here.last == "Done, and forgotten."
    assert len(said_to(here, "ana")) >= 3
    await here.say("ana", "/reminders")
    assert here.last == "You asked to be reminded of nothing. /remindme says how."
    await here.press("ana", "In 1 hour")
    assert here.last == "That reminder is gone."


async def test_what_was_said_and_never_answered_goes_after_a_week(here: World) -> None:
    await here.say("ana", "/remindme in 2 hours stretch")
    await here.advance(hours=3)
    await here.say("ana", "/reminders")
    assert here.last.endswith("stretch · said")
    await here.advance(days=8)
    await here.say("ana", "/reminders")
    assert here.last.startswith("You asked to be reminded of nothing.")


async def test_they_are_listed_and_taken_back_by_nobody_else(here: World) -> None:
    await here.say("ana", "/remindme tomorrow 9:00 second")
    await here.say("ana", "/remindme 10:00 first")
    await here.say("ana", "/reminders")
    assert [line.rsplit(" · ", 1)[1] for line in here.last.splitlines()[1:]] == ["first", "second"]
    await here.press("bo", "Delete 1")
    assert here.last != "Deleted."
    await here.press("ana", "Delete 1")
    assert here.last.splitlines()[0] == "Deleted."
    await here.advance(hours=2)
    assert said_to(here, "ana") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("read chapter 3", "I can't read a time in “read chapter 3”."),
        ("today 8:00 read", "“today 8:00” is over already"),
        ("tomorrow 9:00", "Say after the time what it is about"),
        ("tomorrow 9:00 " + "x" * 301, "Say after the time what it is about"),
        ("", "Write when, then what"),
    ],
)
async def test_bad_input_is_answered_in_one_line(here: World, typed: str, said: str) -> None:
    await here.say("ana", f"/remindme {typed}".strip())
    assert here.last.startswith(said)
    async with here.store.read() as unit:
        assert await unit.reminders.of(range(100)) == []


async def test_nobody_has_more_than_twenty_five(here: World) -> None:
    for number in range(26):
        await here.say("ana", f"/remindme tomorrow 9:00 thing {number}")
    assert here.last == "You have 25 reminders, as many as one can have. Delete one under /reminders first."
    await here.say("ana", "/reminders")
    assert len(here.sent[-1].outgoing.buttons) == 5


async def test_they_stand_in_mydata_and_go_with_forgetme(here: World) -> None:
    await here.say("ana", "/remindme tomorrow 9:00 my secret plan")
    await here.say("bo", "/remindme tomorrow 9:00 other plan")
    await here.say("ana", "/mydata")
    kept = json.loads(here.sent[-1].outgoing.file.content)["kept"]
    assert [row["text"] for row in kept["reminders"]] == ["my secret plan"]
    await here.say("ana", "/forgetme")
    await here.press("ana", "Erase everything")
    await here.advance(hours=25)
    assert not any("secret plan" in text for text in said_to(here, "ana")[1:])
    assert here.last == "You asked to be reminded: other plan"


async def test_times_are_those_of_whoever_asks_and_in_chinese(here: World) -> None:
    await here.say("ana", "/quiet 22:00-08:00 Asia/Shanghai")
    await here.say("ana", "/language zh")
    await here.say("ana", "/remindme 今晚8点 读第三章")
    assert here.last.splitlines()[0].endswith("：读第三章")
    await here.advance(hours=4)
    assert here.last == "你让我提醒你：读第三章"  # 20:00 in Shanghai is 12:00 in UTC
