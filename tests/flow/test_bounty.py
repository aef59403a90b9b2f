"""Question bounty: points of one's own on a question, who gets them, when they come back, and what can't be had."""

from __future__ import annotations

import json

import pytest

from core.domain.booking import TakeBack
from core.domain.events import ButtonPressed, MessageSent, RoomDeleted, RoomNamed
from core.domain.people import Person
from core.store.unit import Store
from tests.world import World
from tests.world.activities import fill, set_up, with_people
from tests.world.again import again

WHY = {"question": "Why do owls *turn* their heads?", "points": "30"}


@pytest.fixture
async def here(store: Store) -> World:
    """Give a world in which questions can be asked for points, and Ana has a hundred."""
    return await again(store, opened)


async def opened(world: World) -> None:
    await world.open()
    await with_people(world)
    await set_up(world, "bounty daily 10:00 hours=48 most=50 each=2 days=3")
    await world.say("olga", "/grant @ana 100 for the test")
    await world.advance(hours=1)


def said(world: World) -> list[str]:
    """Return what posts were changed to."""
    return [each.content.text for each in world.platforms["fake"].changed if getattr(each, "content", None)]


async def points(world: World, *who: str) -> list[tuple[int, int]]:
    """Return balance and lifetime sum of each."""
    found = [await world.member(each) for each in who]
    return [(each.balance, each.earned) for each in found]


async def test_points_go_to_whose_answer_is_accepted_and_raise_nobodys_level(here: World) -> None:
    await here.say("bo", "before")
    earned = (await points(here, "bo"))[0]
    await here.advance(minutes=5)
    await fill(here, "ana", "Ask for points", **WHY)
    assert here.texts[-2].startswith("Your question stands in the room, with 30 points on it until")
    post = next(each for each in here.sent if "asks:" in each.outgoing.text)
    assert "30 points for an answer" in post.outgoing.text
    assert "owls \\*turn\\* their" in post.outgoing.text
    assert await points(here, "ana") == [(70, 100)]
    await here.say("cleo", "hm")
    await here.say("bo", "Their eyes are fixed.", reply_to=post.id)
    balance = await points(here, "bo", "cleo")
    await here.press("bo", "Accept an answer")
    assert here.last == "Only whoever asked can accept an answer. Write yours in the room."
    await here.press("ana", "Accept an answer")
    assert here.sent[-1].outgoing.private
    assert [row[0].label for row in here.sent[-1].outgoing.buttons] == ["Bo", "Cleo"]
    await here.press("ana", "Bo")
    assert here.texts[-2:] == [
        "Accepted: Bo gets 30 points.",
        "Ana accepted your answer in Data Kitchen: +30 points.",
    ]
    assert said(here)[-1].startswith("**Solved** · the answer got 30 points")
    (bo, cleo) = await points(here, "bo", "cleo")
    assert (bo, cleo) == ((balance[0][0] + 30, balance[0][1]), balance[1])
    assert earned[1] <= bo[1]
    before = await points(here, "ana", "bo", "cleo")
    await here.press("ana", "Cleo")
    assert here.last == "That question is open no more."
    await here.advance(days=4)
    assert await points(here, "ana", "bo", "cleo") == before
    await books_hold(here)


async def books_hold(world: World) -> None:
    community = await world.community()
    async with world.store.read() as unit:
        sums = await unit.ledger.sums(community.id)
        members = {member.id: member for member in await unit.members.all(community.id)}
        assert {each: members[each].balance for each in sums} == sums


async def test_without_an_accepted_answer_points_come_back_once(here: World) -> None:
    await fill(here, "ana", "Ask for points", **WHY)
    await here.advance(days=3, hours=2)
    assert await points(here, "ana") == [(100, 100)]
    assert any(text.startswith("**Open no more**") for text in said(here))
    assert any(text.endswith("was accepted in time: your 30 points are back.") for text in here.texts)
    await here.say("ana", "/accept @bo")
    assert here.last == "You have no open question with points on it. /bounty shows how to ask one."
    await books_hold(here)


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"question": "Why?", "points": "51"}, "Put 50 points on it at most."),
        ({"question": "Why?", "points": "0"}, "Points on it takes a number from 1 to 100,000, not “0”."),
        ({"question": "Why?", "points": "many"}, "Points on it takes a whole number, not “many”."),
    ],
)
async def test_what_cant_be_asked_is_said_and_spends_nothing(here: World, given: dict[str, str], answer: str) -> None:
    await fill(here, "ana", "Ask for points", **given)
    assert here.last == answer
    assert await points(here, "ana") == [(100, 100)]


async def test_who_has_too_little_or_asked_enough_is_told(here: World) -> None:
    await fill(here, "bo", "Ask for points", **WHY)
    assert here.last == "You have 0 points, too few to put 30 on a question."
    for _ in range(2):
        await fill(here, "ana", "Ask for points", **WHY)
    await fill(here, "ana", "Ask for points", **WHY)
    assert here.last == "You have 2 questions open already, as many as one may. Accept an answer to one first."
    assert await points(here, "ana") == [(40, 100)]


async def test_an_answer_is_accepted_by_a_reply_and_never_ones_own_or_a_bots(here: World) -> None:
    await fill(here, "ana", "Ask for points", **WHY)
    await here.say("ana", "/accept", reply_author=Person("ana", "Ana"))
    assert here.last == "You can't accept an answer of your own."
    await here.say("ana", "/accept", reply_author=Person("robo", "Robo", bot=True))
    assert here.last == "That is a bot: it has no use for points."
    await here.say("bo", "/accept @cleo")
    assert here.last.startswith("You have no open question")
    await here.leave("cleo")
    await here.say("ana", "/accept @cleo")
    assert here.last == "Cleo isn't here any more."
    await here.say("ana", "/accept", reply_author=Person("bo", "Bo"))
    assert (await points(here, "bo"))[0] == (30, 0)


async def test_of_several_questions_it_is_asked_which(here: World) -> None:
    await fill(here, "ana", "Ask for points", question="First?", points="10")
    await fill(here, "ana", "Ask for points", question="Second?", points="20")
    await here.say("ana", "/accept @bo")
    assert here.last == "Which of your questions did Bo answer?"
    await here.press("ana", "Second?")
    assert await points(here, "ana", "bo") == [(70, 100), (20, 0)]
    await here.say("cleo", "/bounty")
    assert "10 points · First?" in here.last
    assert "Second?" not in here.last


async def undo(world: World, who: str, key: str) -> None:
    """Let a moderator take back what was booked for somebody under a key."""
    async with world.store.read() as unit:
        rows = await unit.ledger.of_member((await world.member(who)).id)
    (entry,) = (row.id for row in rows if row.key == key)
    await world.say("olga", f"/undo {entry}")


async def test_a_question_whose_points_a_moderator_gave_back_is_over(here: World) -> None:
    await fill(here, "ana", "Ask for points", **WHY)
    await undo(here, "ana", "bounty:1")
    assert here.texts[-1].endswith("in Data Kitchen back: your 30 points are back.")
    assert said(here)[-1].startswith("**Taken back** · a moderator gave the 30 points back")
    assert await points(here, "ana") == [(100, 100)]
    await here.say("ana", "/accept @bo")
    assert here.last.startswith("You have no open question")
    await here.advance(days=3, hours=2)
    assert await points(here, "ana", "bo") == [(100, 100), (0, 0)]
    assert not any("was accepted in time" in text for text in here.texts)
    await books_hold(here)


async def test_a_question_is_open_again_once_the_answer_had_to_give_its_points_back(here: World) -> None:
    await fill(here, "ana", "Ask for points", **WHY)
    for who in ("bo", "cleo"):
        await here.say(who, "an answer")
    bo, cleo = await points(here, "bo", "cleo")
    for key in ("bounty:1:won", "bounty:1:won:2"):  # the same answer, accepted and taken back twice
        await here.say("ana", "/accept @bo")
        assert (await points(here, "bo"))[0] == (bo[0] + 30, bo[1])
        assert said(here)[-1].startswith("**Solved**")
        await undo(here, "bo", key)
        assert await points(here, "ana", "bo") == [(70, 100), bo]
        lost, again = here.texts[-2:]
        assert lost == f"A moderator took the 30 points for your answer to “{WHY['question']}” in Data Kitchen back."
        assert "your question is open again until" in again
        assert "30 points for an answer" in said(here)[-1]
    open_again = here.platforms["fake"].changed[-1].content
    await here.happen(ButtonPressed, "ana", token=open_again.buttons[0][0].token, space=open_again.space)
    await here.press("ana", "Cleo")
    assert await points(here, "ana", "bo", "cleo") == [(70, 100), bo, (cleo[0] + 30, cleo[1])]
    await here.advance(days=4)
    assert (await points(here, "ana"))[0][0] == 70
    await books_hold(here)


async def test_a_question_opened_again_after_its_time_has_a_day(here: World) -> None:
    await fill(here, "ana", "Ask for points", **WHY)
    await here.say("ana", "/accept @bo")
    await here.advance(days=10)
    await undo(here, "bo", "bounty:1:won")
    await here.advance(hours=23)
    assert (await points(here, "ana"))[0][0] == 70
    await here.advance(hours=2)
    assert (await points(here, "ana"))[0][0] == 100
    assert any(text.endswith("was accepted in time: your 30 points are back.") for text in here.texts)
    await books_hold(here)


async def test_a_question_of_which_everything_was_taken_back_is_over(here: World) -> None:
    await fill(here, "ana", "Ask for points", **WHY)
    await here.say("ana", "/accept @bo")
    await undo(here, "ana", "bounty:1")
    assert said(here)[-1].startswith("**Solved**")
    await undo(here, "bo", "bounty:1:won")
    await here.say("ana", "/accept @bo")
    assert here.last.startswith("You have no open question")
    assert await points(here, "ana", "bo") == [(100, 100), (0, 0)]
    await books_hold(here)


async def test_what_holds_no_points_any_more_is_not_given(here: World) -> None:
    await fill(here, "ana", "Ask for points", **WHY)
    community = await here.community()
    async with here.store.begin() as unit:
        await unit.ledger.take_back([(community.id, TakeBack("bounty:1", here.clock.now()))])
    await here.say("ana", "/accept @bo")
    assert here.last == "A moderator took the points of that question back: it has none to give."


async def test_a_question_is_handed_over_and_goes_with_who_asked_it(here: World) -> None:
    await fill(here, "ana", "Ask for points", **WHY)
    await here.say("ana", "/mydata")
    file = next(each.outgoing.file for each in reversed(here.sent) if each.outgoing.file)
    assert [each["asked"] for each in json.loads(file.content)["kept"]["bounties"]] == [WHY["question"]]
    await here.say("ana", "/forgetme")
    await here.press("ana", "Erase everything")
    await here.press("bo", "Accept an answer")
    assert here.last == "That question is open no more."
    await here.advance(days=3, hours=2)
    assert "This question was taken back." in said(here)


async def test_nobody_asks_where_no_moderator_opened_it(here: World) -> None:
    await here.say("olga", "/activities 1")
    await here.press("olga", "Stop")
    await here.say("ana", "/bounty")
    assert here.last.endswith("a moderator opens that with /activities.")
    assert not here.sent[-1].outgoing.buttons


@pytest.fixture
async def threads(world: World) -> World:
    """Give a world with a room for questions, in which Ana began the thread t1 and Bo the thread t2."""
    await with_people(world)
    for room in ("general", "questions"):
        await world.happen(RoomNamed, None, room=room, name=room)
        await world.say("olga", "/activities bounty daily 10:00 hours=48", room=room)
        await world.press("olga", "Start")
    await world.say("olga", "/grant @ana 100 for the test")
    await world.advance(hours=1)
    for who, room in (("ana", "t1"), ("bo", "t2")):
        more = {"room": room, "name": f"{who} asks", "parent": "questions", "thread": True}
        await world.happen(RoomNamed, None, **more)
        await world.happen(MessageSent, who, key=f"m:{room}", room=room, length=5)
    return world


@pytest.mark.parametrize(("room", "label"), [("t1", "Put points on this post"), ("t2", "Ask for points")])
async def test_points_are_put_on_a_thread_of_ones_own(threads: World, room: str, label: str) -> None:
    await threads.say("ana", "/bounty", room=room)
    assert [each.label for row in threads.sent[-1].outgoing.buttons for each in row] == [label]
    asked = {"points": "30"} if room == "t1" else WHY
    await fill(threads, "ana", label, **asked)
    post = next(each.outgoing for each in reversed(threads.sent) if "asks:" in each.outgoing.text)
    assert post.room == {"t1": "t1", "t2": "questions"}[room]
    assert {"t1": "ana asks", "t2": "owls"}[room] in post.text
    for who, where in (("bo", post.room), ("cleo", {"t1": "questions", "t2": "general"}[room])):
        await threads.say(who, "an answer", room=where)
    await threads.press("ana", "Accept an answer")
    assert [row[0].label for row in threads.sent[-1].outgoing.buttons] == ["Bo"]


async def test_a_thread_that_is_gone_or_has_points_takes_none(threads: World) -> None:
    ((balance, earned),) = await points(threads, "ana")
    await threads.say("ana", "/bounty", room="t1")
    await fill(threads, "ana", "Put points on this post", points="30")
    await threads.say("ana", "/bounty", room="t1")
    await fill(threads, "ana", "Put points on this post", points="10")
    assert threads.last == "There are points on this post already."
    await threads.happen(RoomDeleted, None, room="t1")
    await fill(threads, "ana", "Put points on this post", points="10")
    assert threads.last == "The room is gone."
    assert await points(threads, "ana") == [(balance - 30, earned)]
