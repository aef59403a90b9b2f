"""Polls by name: asked, voted on, counted and closed, a platform's own and those with buttons, on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.platforms.port import Unavailable
from core.domain.errors import NotFound
from core.domain.events import ELSEWHERE, PollCounted, PollVoted
from core.domain.kinds import Kind
from core.domain.outgoing import Edit, Pin, Poll, PollClose
from core.domain.polls import Change, PollLimits, Question, Result, changed
from core.kit import Context, Texts, polls
from tests.flow.test_posts import do
from tests.world import World
from tests.world.world import START

NAME = "poll:1"
LUNCH = Question(text="Lunch?", options=("Rice", "Noodles", "Soup"))
SEVERAL = Question(text="Lunch?", options=("Rice", "Noodles", "Soup"), several=True)
QUIZ = Question(text="2 + 2?", options=("3", "4"), right=(1,), explanation="Count.")
LONG = "An option that no platform's poll has room for"  # so it is drawn with buttons


async def ask(world: World, question: Question, *, name: str = NAME, **more: Any) -> None:
    async def doing(context: Context) -> None:
        (space,) = await context.unit.communities.spaces_of(context.community.id)
        assert await polls.ask_poll(context, name, space, "r1", question, **more)

    await do(world, doing)


async def result(world: World, name: str = NAME) -> Result | None:
    found: list[Result | None] = []

    async def doing(context: Context) -> None:
        found.append(await polls.poll_result(context, name))

    await do(world, doing)
    return found[0]


async def counts(world: World, name: str = NAME) -> tuple[int, ...]:
    found = await result(world, name)
    assert found is not None
    return found.counts


async def vote(world: World, who: str, *options: int, poll: str, **more: Any) -> None:
    await world.happen(PollVoted, who, space=ELSEWHERE, poll=poll, options=options, **more)


async def reference(world: World, name: str = NAME) -> str:
    community = await world.community()
    async with world.store.read() as unit:
        (poll,) = await unit.polls.named(community.id, name)
    assert poll.reference is not None
    return poll.reference


async def taken_part(world: World, name: str = NAME) -> int:
    community = await world.community()
    async with world.store.read() as unit:
        return len(await unit.interactions.who_did(community.id, Kind.VOTED, name))


async def test_a_platforms_own_poll_is_voted_on_counted_and_closed(world: World) -> None:
    await ask(world, LUNCH, pinned=True)
    (poll,) = world.platforms["fake"].polls
    assert poll.question == LUNCH
    told = await reference(world)
    for who, option in (("ana", 0), ("ben", 1), ("cleo", 1)):
        await vote(world, who, option, poll=told)
    assert await counts(world) == (1, 2, 0)
    await vote(world, "ben", 2, poll=told)
    await vote(world, "cleo", poll=told)
    found = await result(world)
    assert found is not None
    assert (found.counts, found.voters) == ((1, 0, 1), 2)
    assert found.votes is not None
    assert sorted(found.votes.values()) == [(0,), (2,)]
    assert await taken_part(world) == 3
    await do(world, lambda context: polls.close_poll(context, NAME))
    await world.advance(seconds=2)
    pin, close = world.platforms["fake"].changed
    assert isinstance(pin, Pin)
    assert isinstance(close, PollClose)
    assert (close.own, close.message) == (True, told)
    assert await result(world) == found


async def test_a_name_is_asked_once_and_one_that_is_unknown_has_no_result(world: World) -> None:
    await ask(world, LUNCH)

    async def again(context: Context) -> None:
        (space,) = await context.unit.communities.spaces_of(context.community.id)
        assert not await polls.ask_poll(context, NAME, space, "r1", LUNCH)

    await do(world, again)
    assert len(world.platforms["fake"].polls) == 1
    assert await result(world, "another") is None


async def test_a_poll_whose_time_is_over_closes_by_itself(world: World) -> None:
    await ask(world, LUNCH, until=START + timedelta(hours=1))
    told = await reference(world)
    await world.advance(hours=2)
    (close,) = world.platforms["fake"].changed
    assert isinstance(close, PollClose)
    assert close.message == told


async def test_redelivery_and_polls_of_others_change_nothing(world: World) -> None:
    await ask(world, LUNCH)
    told = await reference(world)
    for _ in range(3):
        await vote(world, "ana", 0, poll=told, key="vote:1")
        await vote(world, "ana", 1, poll=told, key="vote:2")
    await vote(world, "ana", 0, poll="somebody else's")
    await vote(world, "ana", 7, poll=told, key="vote:3")
    assert await counts(world) == (0, 0, 0)
    await vote(world, "ana", 2, poll=told, key="vote:4")
    assert await counts(world) == (0, 0, 1)
    assert await taken_part(world) == 1


@pytest.mark.parametrize(("question", "expected"), [(LUNCH, (0, 1, 0)), (SEVERAL, (1, 1, 0))])
async def test_votes_that_are_told_one_by_one(world: World, question: Question, expected: tuple[int, ...]) -> None:
    await ask(world, question)
    told = await reference(world)
    for option in (0, 1):
        await vote(world, "ana", option, poll=told, change=Change.MORE)
    assert await counts(world) == expected
    await vote(world, "ana", 1, poll=told, change=Change.LESS)
    assert await counts(world) == ((1, 0, 0) if question.several else (0, 0, 0))


async def test_of_an_anonymous_one_the_platforms_figures_are_told_and_nobody(world: World) -> None:
    await ask(world, Question(text="Lunch?", options=("Rice", "Soup"), anonymous=True))
    told = await reference(world)
    for key, counted in (("c:1", (1, 0)), ("c:2", (2, 3)), ("c:1", (1, 0))):
        await world.happen(PollCounted, None, space=ELSEWHERE, key=key, poll=told, counts=counted)
    assert await result(world) == Result((2, 3), 5, None)


async def test_who_asked_to_be_left_out_leaves_no_vote(world: World) -> None:
    await world.say("ana", "/consent out")
    await world.press("ana", "Yes, leave me out")
    await ask(world, LUNCH)
    await ask(world, Question(text="Lunch?", options=("Rice", LONG)), name="buttons")
    member = await world.member("ana")
    assert member.consent == "out"
    await vote(world, "ana", 0, poll=await reference(world))
    await world.press("ana", "Rice", room="r1")
    assert "left out" in world.last
    assert await counts(world) == (0, 0, 0)
    assert await counts(world, "buttons") == (0, 0)
    assert await taken_part(world) == 0


async def test_one_that_the_platform_cant_ask_has_buttons(world: World) -> None:
    await ask(world, Question(text="Lunch *today*?", options=("Rice", LONG)))
    asked = world.sent[-1].outgoing
    assert "Lunch *today*?" in world.last
    assert [button.label for row in asked.buttons for button in row] == ["Rice", LONG]
    await world.press("ana", "Rice", room="r1")
    assert world.last == "Your vote: Rice."
    assert world.sent[-1].outgoing.private
    await world.press("ben", "Rice", room="r1")
    await world.press("ana", LONG, room="r1")
    assert await counts(world) == (1, 1)
    changed_to = world.platforms["fake"].changed[-1]
    assert isinstance(changed_to, Edit)
    assert changed_to.content is not None
    assert "Rice: 1 vote\n" in changed_to.content.text
    assert changed_to.content.buttons == asked.buttons
    await world.press("ana", LONG, room="r1")
    assert world.last == "I took your vote back."
    assert await counts(world) == (1, 0)
    await do(world, lambda context: polls.close_poll(context, NAME))
    close = world.platforms["fake"].changed[-1]
    assert isinstance(close, PollClose)
    assert not close.own
    await world.press("ben", LONG, room="r1")
    assert "time is over" in world.last
    assert await counts(world) == (1, 0)


@pytest.mark.parametrize(
    ("language", "right", "wrong", "again"),
    [
        ("en", "Right. Count.", "Not quite: 4 is right. Count.", "You have answered already. Right. Count."),
        ("zh-CN", "答对了。Count.", "差一点，正确答案是：4。Count.", "你已经答过了。答对了。Count."),
    ],
)
async def test_a_quiz_with_buttons_takes_the_first_answer(
    world: World, language: str, right: str, wrong: str, again: str
) -> None:
    await world.set(language=language)
    world.platforms["fake"].capabilities = _without_polls(world)
    await ask(world, QUIZ)
    await world.press("ana", "4", room="r1")
    assert world.last == right
    await world.press("ben", "3", room="r1")
    assert world.last == wrong
    await world.press("ana", "3", room="r1")
    assert world.last == again
    assert await counts(world) == (1, 1)


def _without_polls(world: World) -> Any:
    return replace(world.platforms["fake"].capabilities, polls=None)


async def test_its_time_ends_it_though_kith_was_away(world: World) -> None:
    await ask(world, LUNCH, until=world.clock.now() + timedelta(hours=2))
    await world.advance(hours=1)
    assert world.platforms["fake"].changed == []
    world.clock.advance(timedelta(days=3))
    await world.engine.due()
    await world.deliver()
    (close,) = world.platforms["fake"].changed
    assert isinstance(close, PollClose)


async def test_one_that_may_have_been_sent_before_a_crash_isnt_sent_twice(world: World) -> None:
    platform = world.platforms["fake"]
    platform.capabilities = replace(platform.capabilities, idempotent_send=False)
    platform.fail_next = [Unavailable()]
    await ask(world, LUNCH)
    await world.advance(hours=1)
    assert platform.polls == []
    await do(world, lambda context: polls.close_poll(context, NAME))
    assert platform.changed == []


async def test_a_poll_is_written_down_whole(world: World) -> None:
    await ask(world, QUIZ, until=world.clock.now() + timedelta(days=1))
    (poll,) = world.platforms["fake"].polls
    assert Poll.from_json(json.loads(json.dumps(poll.to_json()))) == poll


async def test_the_rooms_of_a_name_are_counted_together(world: World) -> None:
    async def doing(context: Context) -> None:
        (space,) = await context.unit.communities.spaces_of(context.community.id)
        for room in ("r1", "r2"):
            assert await polls.ask_poll(context, NAME, space, room, LUNCH)

    await do(world, doing)
    community = await world.community()
    async with world.store.read() as unit:
        first, second = await unit.polls.named(community.id, NAME)
    await vote(world, "ana", 0, poll=str(first.reference))
    await vote(world, "ben", 2, poll=str(second.reference))
    assert await counts(world) == (1, 0, 1)


@pytest.mark.parametrize("until", [None, timedelta(days=40)])
def test_what_a_platform_takes(until: timedelta | None) -> None:
    end = None if until is None else START + until
    limits = PollLimits(options=3, text=10, option=8, days=32, quiz=False, anonymous=False)
    assert limits.take(LUNCH, end, START) is (until is None)
    for more in ({"anonymous": True}, {"right": (0,)}, {"text": "x" * 11}, {"options": ("a", "b" * 9)}):
        given = {"text": "Lunch?", "options": ("Rice", "Soup"), **more}
        assert not limits.take(Question(**given), None, START)
    assert not limits.take(Question(text="x", options=("a", "b", "c", "d")), None, START)


@pytest.mark.parametrize(
    "wrong", [{"options": ("one",)}, {"options": tuple("abcdefghijklm")}, {"options": ("a", " ")}, {"right": (2,)}]
)
def test_a_question_says_what_it_expects(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"options|right"):
        Question(**{"text": "Lunch?", "options": ("a", "b"), **wrong})


def test_what_is_chosen_follows_what_is_told() -> None:
    assert changed((0,), Change.MORE, [1], LUNCH) == (1,)
    assert changed((0,), Change.MORE, [1], SEVERAL) == (0, 1)
    assert changed((0, 1), Change.LESS, [1], SEVERAL) == (0,)
    assert changed((0, 1), Change.ALL, [], SEVERAL) == ()


async def test_a_closed_poll_and_another_communitys_take_no_vote(world: World) -> None:
    """Though a button be left over of it."""
    await world.say("ana", "hello")
    await ask(world, Question(text="Lunch?", options=("Rice", LONG)))
    home = await world.community()
    async with world.store.begin() as unit:
        (poll,) = await unit.polls.named(home.id, NAME)
        elsewhere = await unit.communities.add("Elsewhere", home.settings, world.clock.now())
        account = (await unit.members.find("fake", {home.id: ["ana"]}))[home.id, "ana"]
        ana = await unit.members.get(account.member_id)
        there = Context(unit, world.clock.now(), elsewhere, Texts("en"), account=account, member=ana)
        with pytest.raises(NotFound):
            await polls.cast(there, poll.post_id, 0)
        await unit.posts.close(poll.post_id, world.clock.now())
        here = Context(unit, world.clock.now(), home, Texts("en"), account=account, member=ana)
        with pytest.raises(NotFound):
            await polls.cast(here, poll.post_id, 0)
    assert await counts(world) == (0, 0)
