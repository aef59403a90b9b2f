"""The review quiz: each member's cards, what is due, how a sitting ends, reminders, and what goes with whom."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from core.domain.events import ButtonPressed
from core.domain.kinds import Kind
from core.store.tables.cards import cards
from core.store.unit import Store
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.again import again

BANK = "2+2? ; *4 ; 5 # Count. | 3+3? ; *6 ; 7 | 4+4? ; *8 ; 9"
RIGHT = {"2+2?": "4", "3+3?": "6", "4+4?": "8"}
WRONG = {"2+2?": "5", "3+3?": "7", "4+4?": "9"}


@pytest.fixture
async def here(store: Store) -> World:
    """Give a world in which a review begins each day at ten."""
    return await again(store, begun)


async def begun(world: World) -> None:
    await world.open()
    await with_people(world)
    await set_up(world, f"review daily 10:00 points=5 hours=23 items={BANK}")
    await world.advance(hours=1)


def asked(world: World) -> str:
    """Return the question that was asked last."""
    return world.last.splitlines()[0].strip("*")


async def answer(world: World, who: str, *, right: bool = True, grade: str = "Well") -> None:
    """Let somebody answer what they were asked, and go on."""
    question = asked(world)
    await world.press(who, (RIGHT if right else WRONG)[question])
    if right:
        await world.press(who, grade)
    else:
        assert world.last.startswith(f"It is “{RIGHT[question]}”.")
        await world.press(who, "Next")


async def kept(world: World, who: str) -> list[int]:
    """Return how often each question was reviewed by somebody."""
    member = await world.member(who)
    async with world.store.read() as unit:
        accounts = await unit.members.accounts_of([member.id])
        return sorted(card.reviews for _, card in await unit.cards.of(1, [each.id for each in accounts]))


async def test_a_member_is_asked_in_private_until_nothing_is_due(here: World) -> None:
    await here.press("ana", "Review now")
    assert here.sent[-1].outgoing.private
    assert here.last.splitlines()[1] == "3 due, 0 learned"
    await here.press("ana", RIGHT[asked(here)])
    assert here.last.startswith("Right.")
    assert here.last.endswith("How did it come?")
    await here.press("ana", "With effort")  # a new one comes again
    await answer(here, "ana")
    await answer(here, "ana", grade="At once")
    assert here.last.splitlines()[1] == "1 due, 2 learned"
    await answer(here, "ana")
    assert here.last == "Done: 3 questions, +5 points. 3 learned. Next: 3 March."
    assert (await here.member("ana")).balance == 5
    await here.press("ana", "Review now")
    assert here.last == "Done: 3 questions. 3 learned. Next: 3 March."
    assert (await here.member("ana")).balance == 5
    community = await here.community()
    async with here.store.read() as unit:
        assert await unit.interactions.count_about(community.id, Kind.TOOK_PART, "run:1") == 1


async def test_a_wrong_answer_says_why_and_comes_again_in_the_same_sitting(here: World) -> None:
    await here.press("bo", "Review now")
    missed = asked(here)
    await answer(here, "bo", right=False)
    for _ in range(2):
        assert asked(here) != missed
        await answer(here, "bo")
    assert asked(here) == missed
    assert here.last.splitlines()[1] == "1 due, 2 learned"
    await answer(here, "bo")
    assert here.last.startswith("Done: 3 questions, +5 points.")


async def test_two_in_one_room_have_cards_of_their_own_and_an_old_press_counts_once(here: World) -> None:
    await here.press("ana", "Review now")
    question, first = asked(here), here.sent[-1]
    await here.press("bo", "Review now")
    await here.press("bo", WRONG[asked(here)])
    (wrong,) = (button.token for row in first.outgoing.buttons for button in row if button.label == WRONG[question])
    for _ in range(3):
        await here.happen(ButtonPressed, "ana", token=wrong, message=first.id)
    assert await kept(here, "ana") == [1]
    assert await kept(here, "bo") == [1]
    assert await kept(here, "cleo") == []
    await here.happen(ButtonPressed, "bo", token=wrong, message=first.id)
    assert await kept(here, "bo") == [1]


async def test_a_run_has_so_many_questions_and_the_next_the_rest(here: World) -> None:
    await here.say("olga", "/activities 1 cards=2")
    await here.press("ana", "Review now")
    await answer(here, "ana")
    await answer(here, "ana")
    assert here.last.startswith("Done: 2 questions, +5 points. 2 learned.")
    await here.advance(days=1)
    await here.press("ana", "Review now")
    assert here.last.splitlines()[1] == "1 due, 2 learned"
    await answer(here, "ana")
    assert here.last.startswith("Done: 1 question, +5 points. 3 learned.")


async def test_cards_of_a_question_that_the_bank_lost_go_and_others_stay(here: World) -> None:
    await here.press("ana", "Review now")
    for _ in range(3):
        await answer(here, "ana")
    await here.say("olga", "/activities 1 items=2+2? ; *four ; five | 5+5? ; *10 ; 11")
    await here.press("ana", "Review now")
    assert asked(here) == "5+5?"
    assert here.last.splitlines()[1] == "1 due, 1 learned"
    await here.advance(hours=24)
    assert await kept(here, "ana") == [1]
    await here.say("olga", "/activities 1")
    await here.press("olga", "Stop")
    assert await kept(here, "ana") == []


async def test_only_who_asked_is_reminded_and_only_while_something_is_due(here: World) -> None:
    for who in ("bo", "ana"):
        await here.say(who, "/start", space=who, direct=True)
        await here.press(who, "Review now", space="home")
        for _ in range(3):
            await answer(here, who)
        await here.press(who, "Remind me each day")
        assert here.last == "I write to you at 18:00 on days when something is due, as often as /quiet allows."
    await here.press("bo", "Review now")
    await here.press("bo", "Remind me no more")
    assert here.last == "I remind you no more."
    before = len(here.sent)
    await here.advance(hours=20)  # nothing is due for two days
    assert not [each for each in here.texts[before:] if "due for review" in each]
    await here.advance(days=2)
    reminders = [each.outgoing for each in here.sent[before:] if "due for review" in each.outgoing.text]
    assert [each.to for each in reminders] == ["ana"]
    await here.press("ana", "Review now")
    assert here.last.splitlines()[1] == "3 due, 3 learned"


async def test_whoever_cant_be_written_to_is_told_so(here: World) -> None:
    await here.press("ana", "Review now")
    for _ in range(3):
        await answer(here, "ana")
    await here.press("ana", "Remind me each day")
    assert here.last.startswith("Noted, but I can't write to you yet")


async def test_cards_are_handed_over_erased_and_not_begun_for_who_is_left_out(here: World) -> None:
    await here.press("ana", "Review now")
    await answer(here, "ana")
    await here.say("ana", "/mydata")
    file = next(each.outgoing.file for each in reversed(here.sent) if each.outgoing.file)
    assert [each["reviews"] for each in json.loads(file.content)["kept"]["cards"]] == [1]
    await here.say("ana", "/forgetme")
    await here.press("ana", "Erase everything")
    async with here.store.read() as unit:
        assert not (await unit.connection.execute(select(cards))).all()
    await here.say("bo", "/consent out")
    await here.press("bo", "Yes, leave me out")
    await here.press("bo", "Review now")
    assert "left out" in here.last or "asked" in here.last
    async with here.store.read() as unit:
        assert not (await unit.connection.execute(select(cards))).all()
