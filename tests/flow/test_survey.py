"""Surveys: asked directly and from a post, answered bit by bit, changed, put off; only sums are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from core.domain.activities import Phase, State
from core.domain.events import ButtonPressed, FormSent
from core.kit.surveys import Round, read
from core.store.tables.members import accounts
from core.store.tables.surveys import survey_answers, survey_asks
from tests.world import World
from tests.world.activities import lift, set_up, with_people

FEW = tuple(f"p{number}" for number in range(6))
PEOPLE = tuple(f"p{number}" for number in range(24))
GIVEN = "survey daily 10:00 hours=20 scale=nps"
OWN = "scale=own questions=What do you like most? Courses / People | How many hours a week? 0-40 | What should change?"


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with a few people, all of whom opened the chat."""
    return await _open(await with_people(world, *FEW))


@pytest.fixture
async def crowd(world: World) -> World:
    """Give a world with enough people to say something of them."""
    return await _open(await with_people(world, *PEOPLE))


async def leap(world: World, **by: float) -> None:
    """Move time on in one step: nothing happens in between that isn't asked for."""
    world.clock.advance(timedelta(**by))
    await world.engine.tasks.drain()
    await world.deliver()


async def _open(world: World) -> World:
    async with world.store.begin() as unit:
        await unit.connection.execute(
            update(accounts).where(accounts.c.external_id != "olga").values(opened_at=world.clock.now())
        )
    return world


def shown(world: World, who: str, label: str) -> dict[str, object]:
    """Return where somebody was shown a button directly."""
    for sent in reversed(world.sent):
        for row in sent.outgoing.buttons if sent.outgoing.direct and sent.outgoing.to == who else ():
            for button in row:
                if button.label == label:
                    return {"token": button.token, "message": sent.id, "direct": True}
    raise AssertionError(f"{who} was never shown {label}")


async def press(world: World, who: str, label: str) -> str:
    """Let somebody press what they were asked directly; return what is said to them."""
    await world.happen(ButtonPressed, who, **shown(world, who, label))
    return world.last


async def write(world: World, who: str, answer: str) -> str:
    """Let somebody fill in the form that they were shown directly; return what is said to them."""
    world.engine.dialogs = frozenset({"fake"})
    await world.happen(FormSent, who, values={"answer": answer}, **shown(world, who, "Answer"))
    return world.last


async def answer_all(world: World, people: tuple[str, ...] = PEOPLE) -> None:
    """Let people answer: half of them promoters, a quarter each in between and below."""
    for at, who in enumerate(people):
        await press(world, who, ("9", "10", "7", "3")[at % 4])


async def rounds(world: World) -> list[Round]:
    """Return what is told of the rounds that are over, the newest first."""
    community = await world.community()
    async with world.store.read() as unit:
        (activity,) = await unit.activities.of(community.id, (State.ACTIVE,))
        runs = await unit.activities.runs_of(activity, (Phase.OVER,), 10)
    return [told for run in runs if (told := read(run)) is not None]


async def count(world: World, table: object) -> int:
    async with world.store.read() as unit:
        return (await unit.connection.execute(select(func.count()).select_from(table))).scalar_one()


async def test_nps_is_asked_directly_answered_with_a_tap_and_told_in_sums(crowd: World) -> None:
    await set_up(crowd, GIVEN)
    await leap(crowd, hours=1)
    direct = [
        each.outgoing.to for each in crowd.sent if each.outgoing.direct and "10 is very likely" in each.outgoing.text
    ]
    assert sorted(direct) == sorted(PEOPLE)
    await answer_all(crowd)
    assert await rounds(crowd) == []  # nothing is told while it is open
    await leap(crowd, hours=20)
    (told,) = await rounds(crowd)
    (nps,) = told.told
    assert (told.answers, told.asked, told.back, nps.totals) == (25, 24, 25, (5, 5, 10))


async def test_an_answer_is_changed_until_the_end_and_counts_once(here: World) -> None:
    await set_up(here, GIVEN)
    await leap(here, hours=1)
    await answer_all(here, FEW)
    assert (await press(here, "p0", "Change my answer")).startswith("How likely")
    assert (await press(here, "p0", "9")).startswith("Thank you")  # the same again changes nothing
    await press(here, "p0", "Change my answer")
    assert (await press(here, "p0", "2")).startswith("Changed. Thank you")
    assert await count(here, survey_answers) == len(FEW)
    await leap(here, hours=20)
    assert await press(here, "p0", "9") == "That one is over. /activities shows what comes next."
    assert await count(here, survey_answers) == len(FEW)


async def test_own_questions_come_one_by_one_and_what_was_answered_is_kept(crowd: World) -> None:
    await set_up(crowd, f"survey daily 10:00 hours=20 {OWN}")
    await leap(crowd, hours=1)
    for at, who in enumerate(PEOPLE):
        assert (await press(crowd, who, ("Courses", "People")[at % 2])).startswith("2/3 · How many hours a week?")
    for at, who in enumerate(PEOPLE[:12]):
        assert (await write(crowd, who, str(at))).startswith("3/3 · What should change?")
    assert (await write(crowd, "p0", "Less noise")).startswith("Thank you")
    await leap(crowd, hours=20)
    (told,) = await rounds(crowd)
    assert [each.totals for each in told.told] == [(10, 10), (10, 0, 0, 0), ()]


async def test_a_number_out_of_range_is_asked_for_again(here: World) -> None:
    await set_up(here, f"survey daily 10:00 hours=20 {OWN}")
    await leap(here, hours=1)
    await press(here, "p0", "Courses")
    assert await write(here, "p0", "a lot") == "Give it a whole number from 0 to 40."
    assert await count(here, survey_answers) == 1


async def test_later_asks_again_tomorrow_and_not_when_it_is_over(here: World) -> None:
    await set_up(here, f"survey daily 10:00 hours=48 {OWN}")
    await leap(here, hours=1)
    await press(here, "p1", "People")
    assert (await press(here, "p1", "Later")).startswith("I'll ask you again")
    before = len(here.sent)
    await leap(here, hours=25)
    (again,) = [each.outgoing for each in here.sent[before:] if each.outgoing.to == "p1"]
    assert "How many hours a week?" in again.text
    assert (await press(here, "p1", "Later")).startswith("It ends before tomorrow")


async def test_nobody_is_asked_the_same_twice_within_the_days_of_rest(here: World) -> None:
    await set_up(here, f"{GIVEN} rest=3")
    await leap(here, hours=1)
    assert await count(here, survey_asks) == len(FEW)
    await here.say("newbie", "/start", direct=True)
    await leap(here, days=1)
    assert await count(here, survey_asks) == len(FEW) + 1  # the newcomer alone
    assert [each.asked for each in await rounds(here)] == [len(FEW)]
    await here.say("olga", "/activities 1")
    await here.press("olga", "Dry run")
    assert "Directly, 0 members would be written to." in here.last


async def test_what_was_told_stays_as_it_was_when_somebody_goes(crowd: World) -> None:
    await set_up(crowd, GIVEN)
    await leap(crowd, hours=1)
    await answer_all(crowd)
    await crowd.leave("p2")
    await leap(crowd, hours=20)
    before = await rounds(crowd)
    assert before[0].answers == 25  # an answer counts, be it that who gave it left
    await crowd.say("p3", "/forgetme", direct=True)
    await crowd.press("p3", "Erase everything", direct=True)
    assert await count(crowd, survey_answers) < len(PEOPLE)
    assert await rounds(crowd) == before


async def test_under_five_answers_say_nothing(here: World) -> None:
    await set_up(here, GIVEN)
    await leap(here, hours=1)
    await answer_all(here, FEW[:4])
    await leap(here, hours=20)
    (told,) = await rounds(here)
    assert (told.answers, told.told[0].totals) == (0, (0, 0, 0))


async def test_a_survey_without_questions_waits_and_says_why(here: World) -> None:
    await here.say("olga", "/activities survey daily 10:00 scale=own")
    await here.press("olga", "Preview")
    assert here.last.startswith("It has no questions.")
    await here.press("olga", "Start")
    await leap(here, hours=1)
    assert any("It has no questions" in each for each in here.texts)
    assert await count(here, survey_asks) == 0


async def test_who_has_no_part_in_it_is_told_so(here: World) -> None:
    await lift(here, "p1", 1)
    await set_up(here, "survey daily 10:00 hours=20 tell=room tier=1")
    await leap(here, hours=1)
    post = next(each for each in reversed(here.sent) if "10 is very likely" in each.outgoing.text)
    token = post.outgoing.buttons[0][0].token
    await here.happen(ButtonPressed, "p0", token=token, message=post.id)
    assert here.last == "This one is for Regular and above. /tier says how to get there."
    await here.happen(ButtonPressed, "p1", token=token, message=post.id)
    assert here.last.startswith("Thank you")
    assert await count(here, survey_answers) == 1
