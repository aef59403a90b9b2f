"""A live session as people live it: seats and the line, questions and votes, reminder and link, the recording."""

from __future__ import annotations

import pytest

from core.domain.activities import Phase, State
from core.domain.events import ButtonPressed, Interested, InterestLost, WroteDirectly
from core.domain.message import plain_text
from core.domain.outgoing import Edit
from core.domain.people import Rights
from core.store.unit import Store
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.again import again

LINK = "https://example.org/room?pwd=a_b*c"
SESSION = f"live daily 12:00 lead=4 minutes=60 seats=2 points=5 link={LINK} topic=Pandas, in practice"


@pytest.fixture
async def here(store: Store) -> World:
    """Give a world in which a session of two seats was just announced, for four hours from now."""
    return await again(store, announced)


async def announced(world: World) -> None:
    await world.open()
    await with_people(world, "ana", "bo", "cleo", "dan", "eve")
    await set_up(world, SESSION)
    await world.advance(hours=3)


def post(world: World) -> str:
    """Return what the session's post says now."""
    changed = [each.content for each in world.platforms["fake"].changed if isinstance(each, Edit) and each.content]
    return changed[-1].text if changed else world.sent[-1].outgoing.text


def told(world: World, who: str, words: str) -> int:
    """Return how often somebody was told something directly, unasked."""
    direct = [each.outgoing for each in world.sent if each.outgoing.direct and each.outgoing.to == who]
    return sum(words in plain_text(each.text) for each in direct)


async def press(world: World, who: str, label: str) -> None:
    """Press a button of the post as it stands now."""
    (content, *_) = [each for each in reversed(world.platforms["fake"].changed) if isinstance(each, Edit)]
    assert content.content is not None
    (token,) = [each.token for row in content.content.buttons for each in row if each.label == label]
    await world.happen(ButtonPressed, who, token=token, message=content.message)


async def write(world: World, who: str, text: str) -> None:
    """Write an answer to a form, in the direct chat where this platform asks, and send it."""
    await world.happen(WroteDirectly, who, text=text, space="direct", direct=True)
    await world.press(who, "Send", space="direct", direct=True)


async def ask(world: World, who: str, text: str) -> None:
    await world.press(who, "Ask something")
    await write(world, who, text)


async def test_whoever_comes_too_late_waits_and_moves_up(here: World) -> None:
    for who in ("ana", "bo", "ana"):
        await here.press(who, "Take a seat")
        assert here.last.startswith("You have a seat.")
    await here.press("cleo", "Take a seat")
    assert "you are next in line" in here.last
    await here.press("dan", "Take a seat")
    assert "you are number 2 in line" in here.last
    assert "2 of 2 seats taken, 2 in line." in post(here)
    await here.press("eve", "Give it up")
    assert here.last == "You have no seat to give up."
    await here.leave("cleo")  # who is gone is passed over
    await here.press("ana", "Give it up")
    assert (told(here, "dan", "A seat is free"), told(here, "cleo", "A seat is free")) == (1, 0)
    assert "2 of 2 seats taken." in post(here)


async def test_who_has_a_seat_alone_is_reminded_and_has_the_link_at_its_time(here: World) -> None:
    for who in ("ana", "bo", "cleo"):
        await here.press(who, "Take a seat")
    await here.leave("bo")
    assert "The link" not in [button.label for row in here.sent[-1].outgoing.buttons for button in row]
    await here.advance(hours=3)
    assert told(here, "ana", "starts") == 0
    await here.advance(minutes=45)
    assert [told(here, who, LINK) for who in ("ana", "bo", "cleo")] == [1, 0, 1]
    assert told(here, "cleo", "A seat is free") == 1  # Bo's
    await press(here, "ana", "The link")
    assert here.last == f"Here you get in: {LINK}"
    await press(here, "dan", "The link")
    assert here.last == "That is for who has a seat: take one first."


async def test_being_there_while_it_is_on_is_taking_part(here: World) -> None:
    await here.press("ana", "Take a seat")
    await here.advance(hours=4)
    assert "It is on" in post(here)
    await press(here, "ana", "I'm here")
    assert here.last == "Good that you are here: +5 points."
    await press(here, "bo", "I'm here")
    assert here.last == "That is for who has a seat: take one first."
    assert "1 person is here." in post(here)
    await here.advance(hours=1)
    assert "It is over; 1 person was here." in post(here)
    assert (await here.member("ana")).balance == 5


async def test_questions_have_one_vote_of_each_member_and_the_host_ticks_them_off(here: World) -> None:
    await ask(here, "ana", "Why  not *polars*?")
    await ask(here, "bo", "How long?")
    assert here.last == "It's in the queue, with your vote. The most wanted come first."
    await here.press("cleo", "Questions (0)")
    assert "2 questions." in here.last
    for expected in ("1. How long? · 2 votes", "1. Why not *polars*? · 1 vote"):  # a vote, and taken back
        label = "▲ 2" if "2 votes" in expected else "▲ 1"
        await here.press("cleo", label)
        assert expected in here.last
    assert "1. Why not \\*polars\\*? · 1 vote" in post(here)
    assert "✓ 1" not in [button.label for row in here.sent[-1].outgoing.buttons for button in row]
    await here.press("olga", "Questions (0)")
    await here.press("olga", "Who hosts")
    await write(here, "olga", "@dan")
    (said,) = [text for text in here.texts if text.startswith("Dan hosts")]
    assert said.endswith("They never wrote to me directly, so I may not reach them: tell them yourself.")
    await here.press("dan", "Questions (0)")
    await here.press("dan", "✓ 1")
    assert "✓ Why not *polars*?" in here.last
    assert "polars" not in post(here)
    await here.say("bo", "/forgetme")
    await here.press("bo", "Erase everything")
    await here.press("dan", "Questions (0)")
    assert "1 question." in here.last
    await here.advance(hours=5)
    assert "1 of 1 question answered." in post(here)
    async with here.store.read() as unit:
        (activity,) = await unit.activities.of((await here.community()).id, (State.ACTIVE,))
        (run,) = await unit.activities.runs_of(activity, (Phase.OVER,), 5)
        assert await unit.queue.of(run.id) == []


async def test_somebody_asks_so_many_things_and_no_more(here: World) -> None:
    for number in range(5):
        await ask(here, "ana", f"Question {number}?")
    await ask(here, "ana", "Another?")
    assert "There are 5 questions waiting already." in here.last


async def test_the_recording_is_said_in_the_room_by_the_host_alone(here: World) -> None:
    await here.advance(hours=5)
    assert told(here, "olga", "Is there a recording?") == 1
    await here.press("olga", "Give the recording")
    await write(here, "olga", "ftp://nowhere")
    assert "begins with https://" in here.last
    for label in ("Change", "Its address"):
        await here.press("olga", label, space="direct", direct=True)
    await write(here, "olga", "https://example.org/r/1")
    said = [each.outgoing for each in here.sent if "The recording of" in each.outgoing.text]
    assert [(each.space, each.private) for each in said] == [("home", False)]


async def test_the_calendar_shows_the_start_and_a_broken_link_is_said(here: World) -> None:
    await here.say("ana", "/calendar")
    assert "16:00 Live session" in here.last
    here.moderator("dan", Rights.MODERATOR)
    await here.say("olga", "/activities 1 link=nowhere")
    assert here.last == "Give it an address that begins with https://"


async def test_the_platforms_calendar_shows_the_next_session_and_follows_it(here: World) -> None:
    """It is moved, left out, called off with the run, and who is interested is counted, once each."""
    calendar = here.platforms["fake"].calendar
    (name,) = calendar
    assert (calendar[name].title, calendar[name].shown) == ("Pandas, in practice", True)
    assert calendar[name].starts_at == "2026-03-02T16:00:00+00:00"
    for who in ("ana", "bo", "ana"):
        await here.happen(Interested, who, reference=name)
    await here.happen(InterestLost, "bo", reference=name)
    await here.happen(Interested, "cleo", reference="another")
    await here.press("cleo", "Take a seat")
    assert "1 person is interested on Discord." in post(here)
    await here.say("olga", "/activities 1 topic=Polars")
    await here.deliver()
    assert calendar[name].title == "Polars"
    await here.advance(hours=5)
    assert [each.shown for each in calendar.values()] == [False, True]  # tomorrow's
    following = [*calendar][1]
    await here.say("olga", "/activities 1")
    await here.press("olga", "1 hour later")
    assert calendar[following].starts_at == "2026-03-03T17:00:00+00:00"
    await here.say("olga", "/activities 1")
    await here.press("olga", "Skip the next")
    assert [each.shown for each in calendar.values()] == [False, False, True]
    await here.say("olga", "/activities 1")
    await here.press("olga", "Stop")
    assert not any(each.shown for each in calendar.values())


async def test_a_session_that_is_stopped_before_it_starts_is_called_off(here: World) -> None:
    for who in ("ana", "bo", "cleo"):
        await here.press(who, "Take a seat")
    await here.say("olga", "/activities 1")
    await here.press("olga", "Stop")
    await here.advance(hours=1)
    assert post(here) == "**Pandas, in practice** in Data Kitchen is called off."
    assert [told(here, who, "is called off.") for who in ("ana", "bo", "cleo", "dan")] == [1, 1, 1, 0]
    assert told(here, "olga", "recording") == 0
