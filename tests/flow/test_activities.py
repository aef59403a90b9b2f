"""What goes on in a community on a schedule: set up, begun once, taken part in, ended once; on both databases."""

from __future__ import annotations

import pytest

from core.domain.people import Rights
from tests.world import World


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    for who in ("ana", "bo", "cleo"):
        await world.join(who)
    world.moderator("olga", Rights.OWNER)
    await world.join("olga")
    return world


async def set_up(world: World, text: str) -> None:
    """Set an activity up by typing, and start it."""
    await world.say("olga", f"/activities {text}")
    await world.press("olga", "Start")


QUESTION = "question daily 12:00 hours=3 points=7 questions=What did you learn? | Who helped you?"


async def test_a_question_is_asked_answered_and_closed(here: World) -> None:
    await set_up(here, QUESTION)
    assert here.last.startswith("Started.")
    await here.advance(hours=3)
    post = here.sent[-1]
    assert here.last == "What did you learn?\nWrite your answer here, then press the button."
    for who in ("ana", "bo", "ana"):
        await here.press(who, "I answered")
    assert here.texts[-3:] == [
        "You're in: +7 points. Write your answer in the room.",
        "You're in: +7 points. Write your answer in the room.",
        "You are in already.",
    ]
    assert (await here.member("ana")).balance == 7
    await here.advance(hours=3)
    closed = here.platforms["fake"].changed[-1]
    assert closed.message == post.id
    assert closed.content.text == "**What did you learn?**\nClosed. 2 people answered."
    await here.press("cleo", "I answered")
    assert "time is over" in here.last
    for wanted in ("Who helped you?", "What did you learn?"):  # none again before all had their turn
        await here.advance(hours=22)
        assert here.last.startswith(wanted)
        await here.advance(hours=2)


async def test_the_calendar_shows_four_weeks(here: World) -> None:
    await here.say("ana", "/calendar")
    assert here.last == "Nothing is planned for the next four weeks."
    await set_up(here, "announcement mon,thu 18:00 text=Come to the live session")
    await here.say("ana", "/calendar")
    said = here.last.splitlines()
    assert said[:3] == [
        "8 activities in the next four weeks",
        "2 March, 18:00 · Announcement in Data Kitchen",
        "5 March, 18:00 · Announcement in Data Kitchen",
    ]
    picture = here.sent[-1].outgoing.picture
    assert sum(picture.values) == 8
    assert here.sent[-1].image
