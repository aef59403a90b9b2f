"""Polls and quizzes as a platform's own: asked, voted on, rewarded once, and what is said of them in the end."""

from __future__ import annotations

import pytest

from core.domain.events import ELSEWHERE, PollVoted
from core.domain.kinds import Kind
from core.domain.outgoing import PollClose
from core.domain.pictures import Chart
from tests.world import World
from tests.world.activities import lift, set_up, with_people

LONG = "An option that no poll has room for"  # so it is drawn with buttons


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    return await with_people(world)


async def vote(world: World, who: str, *options: int, key: str = "") -> None:
    (reference,) = {each.reference for each in await stored(world)}
    more = {"key": key} if key else {}
    await world.happen(PollVoted, who, space=ELSEWHERE, poll=reference, options=options, **more)


async def stored(world: World) -> list:
    community = await world.community()
    async with world.store.read() as unit:
        return await unit.polls.named(community.id, "run:1")


async def taken_part(world: World) -> int:
    community = await world.community()
    async with world.store.read() as unit:
        return await unit.interactions.count_about(community.id, Kind.TOOK_PART, "run:1")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Closed, with 3 votes:", "Blue ▇▇▇▇▇▇▇▇▇▇ 2 (67 %)", "Red ▇▇▇▇▇ 1 (33 %)"]),
        ("zh-CN", ["已结束，共 3 票：", "Blue ▇▇▇▇▇▇▇▇▇▇ 2 票（67%）", "Red ▇▇▇▇▇ 1 票（33%）"]),
    ],
)
async def test_a_poll_is_the_platforms_own_and_its_end_is_a_chart(here: World, language: str, said: list[str]) -> None:
    await set_up(here, "poll daily 10:00 points=5 hours=3 ask=Which? options=Red | Blue")
    await here.set(language=language)
    await here.advance(hours=1)
    (asked,) = here.platforms["fake"].polls
    assert (asked.question.text, asked.question.options) == ("Which?", ("Red", "Blue"))
    for who, option in (("ana", 0), ("bo", 1), ("cleo", 1), ("ana", 1), ("ana", 0)):
        await vote(here, who, option)
    await vote(here, "ana", 0, key="again")
    await vote(here, "ana", 0, key="again")
    assert [(await here.member(who)).balance for who in ("ana", "bo", "olga")] == [5, 5, 0]
    assert await taken_part(here) == 3
    before = len(here.sent)
    await here.advance(hours=3)
    (close,) = [each for each in here.platforms["fake"].changed if isinstance(each, PollClose)]
    assert close.own
    (result,) = here.sent[before:]
    assert result.outgoing.text.splitlines()[1:] == said
    chart = result.outgoing.picture
    assert isinstance(chart, Chart)
    assert (chart.x, chart.series[0].values) == (("Blue", "Red"), (2.0, 1.0))
    assert result.image
    await here.advance(hours=1)
    assert len(here.sent) == before + 1


async def test_a_quiz_is_the_platforms_own_and_its_first_answer_counts(here: World) -> None:
    await here.say("bo", "/consent personal")
    await set_up(here, "quiz daily 10:00 points=5 hours=3 items=2+2? ; *4 ; 5 # Count.")
    await here.advance(hours=1)
    (asked,) = here.platforms["fake"].polls
    assert (asked.question.right, asked.question.explanation) == ((0,), "Count.")
    for who, option in (("ana", 1), ("bo", 0), ("ana", 0)):
        await vote(here, who, option)
    assert [(await here.member(who)).balance for who in ("ana", "bo")] == [0, 5]
    await here.advance(hours=3)
    assert here.last.splitlines()[1:] == ["Right is: 4. 1 of 2 knew it.", "Count.", "1. Bo · 0 seconds"]


async def test_a_preview_says_where_it_stands_otherwise(here: World) -> None:
    for more, said in (("", True), (" tell=direct", False)):
        await here.say("olga", f"/activities poll daily 10:00 ask=Which? options=Red | Blue{more}")
        await here.press("olga", "Preview")
        assert ("a poll of the platform’s own" in here.last) is said


async def test_one_that_the_platform_cant_ask_has_buttons_that_count_the_same(here: World) -> None:
    await set_up(here, f"poll daily 10:00 points=5 hours=3 ask=Which? options=Red | {LONG}")
    await here.advance(hours=1)
    for who in ("ana", "bo"):
        await here.press(who, LONG)
        assert here.last == f"Your vote: {LONG}."
    assert (await here.member("ana")).balance == 5
    await here.advance(hours=3)
    assert here.last.splitlines()[1:3] == ["Closed, with 2 votes:", f"{LONG} ▇▇▇▇▇▇▇▇▇▇ 2 (100 %)"]
    assert here.sent[-1].outgoing.picture is not None


async def test_nobody_voting_is_said_without_a_chart(here: World) -> None:
    await set_up(here, "poll daily 10:00 hours=3 ask=Which? options=Red | Blue")
    await here.advance(hours=4)
    assert "Nobody voted" in here.last
    assert here.sent[-1].outgoing.picture is None


async def test_who_asked_to_be_left_out_neither_counts_nor_earns(here: World) -> None:
    await here.say("ana", "/consent out")
    await here.press("ana", "Yes, leave me out")
    await set_up(here, "poll daily 10:00 points=5 hours=3 ask=Which? options=Red | Blue")
    await here.advance(hours=1)
    await vote(here, "ana", 0)
    assert await taken_part(here) == 0
    assert (await here.member("ana")).balance == 0


@pytest.mark.parametrize("limit", ["tier=1", "tell=direct"])
async def test_where_some_alone_may_vote_or_are_written_to_it_has_buttons(here: World, limit: str) -> None:
    await lift(here, "bo", 1)  # for nobody it would be left out
    await set_up(here, f"poll daily 10:00 hours=3 {limit} ask=Which? options=Red | Blue")
    await here.advance(hours=1)
    assert here.platforms["fake"].polls == []
    assert [b.label for row in here.sent[-1].outgoing.buttons for b in row] == ["Red · 0", "Blue · 0"]
