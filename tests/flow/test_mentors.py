"""Mentors: who is brought together with whom, who is told and named, how it is asked, and who is out of it again."""

from __future__ import annotations

import json

import pytest

from tests.world import World
from tests.world.activities import set_up, with_people


@pytest.fixture
async def here(world: World) -> World:
    """Give a world in which mentors are looked for."""
    await with_people(world, "ana", "bo", "cleo", "dan")
    await set_up(world, "mentors daily 10:00 hours=2 topics=Python | SQL")
    await world.advance(hours=1)
    return world


async def offer(world: World, who: str, capacity: int, *topics: str) -> None:
    await world.press(who, "I can mentor")
    await world.press(who, str(capacity))
    for topic in topics:
        await world.press(who, topic)


async def seek(world: World, who: str, topic: str) -> None:
    await world.press(who, "I look for a mentor")
    await world.press(who, topic)


def told(world: World, who: str) -> str:
    """Return what was written last to somebody unasked."""
    return next(each.outgoing.text for each in reversed(world.sent) if each.outgoing.to == who and each.outgoing.direct)


def post(world: World) -> str:
    changed = [each for each in world.platforms["fake"].changed if getattr(each, "content", None)]
    return changed[-1].content.text


async def test_as_many_as_can_be_are_brought_together_by_topic(here: World) -> None:
    for who in ("ana", "bo"):
        await here.say(who, "/consent personal")
    await offer(here, "ana", 1, "Python", "SQL")
    assert here.last.startswith("You take on 1 member at most. Your topics: Python, SQL.")
    await offer(here, "cleo", 1, "Python")
    await seek(here, "bo", "SQL")
    await seek(here, "dan", "Python")
    assert here.last.startswith("Noted: you look for a mentor on Python.")
    assert "2 mentors, 2 people look for one." in post(here)
    await here.advance(hours=2)
    assert post(here).splitlines() == [
        "The search for mentors is closed: 2 people have a mentor now.",
        "– Ana mentors Bo (SQL)",
    ]
    assert told(here, "bo").startswith("Your mentor in Data Kitchen on SQL is Ana.")
    assert told(here, "cleo").startswith("In Data Kitchen you mentor Dan (Python).")


async def test_the_nearer_in_time_zones_comes_first_and_the_load_is_shared(here: World) -> None:
    await here.say("bo", "/quiet 22-8 Asia/Shanghai")
    await here.say("cleo", "/quiet 22-8 Asia/Tokyo")
    await offer(here, "ana", 2, "SQL")
    await offer(here, "cleo", 1, "SQL")
    await seek(here, "dan", "SQL")
    await seek(here, "bo", "SQL")
    assert "Your time zone: " in here.last
    await here.advance(hours=2)
    assert "is Ana." in told(here, "dan")
    assert "is Cleo." in told(here, "bo")


async def test_nobody_is_left_in_who_left_or_chose_no_topic(here: World) -> None:
    await here.press("ana", "I can mentor")
    await here.press("ana", "2")
    assert here.last.splitlines()[0] == "You take on 2 members at most. On which topics? Press at least one."
    await seek(here, "bo", "SQL")
    await seek(here, "dan", "SQL")
    await here.press("dan", "Leave")
    assert here.last == "You are in it no more."
    assert "No mentor yet, 1 person looks for one." in post(here)
    await here.advance(hours=2)
    assert post(here) == (
        "The search for mentors is closed: nobody could be brought together this time. For 1 there was none this time."
    )
    assert told(here, "bo").startswith("For you there was nobody")


async def test_after_two_weeks_each_is_asked_and_who_says_no_is_with_another(here: World) -> None:
    await offer(here, "ana", 1, "SQL")
    await seek(here, "bo", "SQL")
    await here.advance(hours=2)
    await here.say("olga", "/activities 1")
    await here.press("olga", "Pause")
    before = len(here.sent)
    await here.advance(days=14)
    asked = {each.outgoing.to: each.outgoing.text for each in here.sent[before:] if each.outgoing.direct}
    assert asked == {
        "ana": "How does it go with Bo in Data Kitchen? Only I read your answer.",
        "bo": "How does it go with Ana in Data Kitchen? Only I read your answer.",
    }
    await here.press("bo", "Not for us")
    assert here.last.startswith("I never pair the two of you again.")
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.press("olga", "Run now")
    await offer(here, "ana", 1, "SQL")
    await seek(here, "bo", "SQL")
    await here.advance(hours=2)
    assert post(here).startswith("The search for mentors is closed: nobody could be brought together")


async def test_what_was_wished_is_handed_over_and_goes(here: World) -> None:
    await offer(here, "ana", 1, "SQL")
    await seek(here, "bo", "SQL")
    await here.say("ana", "/mydata")
    file = next(each.outgoing.file for each in reversed(here.sent) if each.outgoing.file)
    assert [each["answer"] for each in json.loads(file.content)["kept"]["answers"]] == ["1|1|0"]
    await here.say("ana", "/forgetme")
    await here.press("ana", "Erase everything")
    await here.advance(hours=2)
    assert post(here).startswith("The search for mentors is closed: nobody could be brought together")
