"""For whom an activity is: who may take part, who is told why not, who is left out, and who joins and leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from core.domain.activities import Phase, State
from core.domain.clock import day_number
from core.domain.events import ButtonPressed
from core.domain.network_result import CIRCLES, Baseline, CircleFigures
from core.domain.people import Person
from core.domain.segments import SEGMENTS, Place, Segment, SegmentFigures, SegmentsResult
from core.store.snapshots import Snapshot
from tests.world import World
from tests.world.activities import set_up, with_people

ASKS = "question daily 10:00 hours=3 points=7 questions=Why?"


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    return await with_people(world)


async def phases(world: World) -> list[Phase]:
    community = await world.community()
    async with world.store.read() as unit:
        (activity,) = await unit.activities.of(community.id, (State.ACTIVE,))
        return [run.phase for run in await unit.activities.runs_of(activity, tuple(Phase), 10)]


async def test_who_joined_it_alone_takes_part_until_they_leave(here: World) -> None:
    await set_up(here, f"{ASKS} whom=joined")
    assert "For: who joined it" in here.last
    assert "For now its runs would be left out: nobody is among those whom it is for." in here.last
    await here.advance(hours=1)
    assert await phases(here) == [Phase.SKIPPED]
    await here.say("ana", "/activities")
    assert here.last.splitlines()[1].endswith("next 3 March, 10:00 · for who joins it")
    await here.press("ana", "Join: Daily question")
    assert here.last.startswith("You are in Daily question from now on.")
    assert here.last.splitlines()[2].endswith("· you are in")
    await here.advance(hours=24)
    for who, said in (
        ("bo", "This one is for who joined it: press Join under /activities first."),
        ("ana", "You're in: +7 points. Write your answer in the room."),
    ):
        await here.press(who, "I answered")
        assert here.last == said
    await here.say("ana", "/activities")
    await here.press("ana", "Leave: Daily question")
    assert here.last.startswith("You are no longer in Daily question.")
    await here.press("ana", "I answered")  # in mid-run
    assert here.last.startswith("This one is for who joined it")
    assert (await here.member("ana")).balance == 7  # what they did, they did
    await here.advance(hours=24)
    assert await phases(here) == [Phase.SKIPPED, Phase.OVER, Phase.SKIPPED]
    await here.say("olga", "/activities 1")
    assert "The last run was left out: nobody is among those whom it is for." in here.last


async def test_nobody_joins_what_is_for_others_or_stopped(here: World) -> None:
    await set_up(here, f"{ASKS} whom=joined tier=2")
    await here.say("ana", "/activities")
    assert here.last == "Nothing is planned here at the moment."
    await here.say("olga", "/activities 1 tier=0")
    await here.say("ana", "/activities")
    await here.say("olga", "/activities 1 tier=2")
    await here.press("ana", "Join: Daily question")
    assert here.last.startswith("This one is for")
    await here.say("olga", "/activities 1 tier=0 whom=everybody")
    await here.press("ana", "Join: Daily question")
    assert here.last.startswith("That one can't be joined")
    async with here.store.read() as unit:
        (it,) = await unit.activities.of((await here.community()).id, (State.ACTIVE,))
        assert await unit.activity_members.count(it) == 0


async def test_who_came_this_week_alone(here: World) -> None:
    await here.advance(days=10)
    await here.join("newt")
    await here.say("olga", "/activities question daily 10:00 questions=Why? whom=newcomers tell=direct")
    await here.press("olga", "Dry run")
    said = here.last.splitlines()
    assert said[1:3] == [
        "Everybody who reads the room sees one post. Directly, 0 members would be written to.",
        "Left out: 1 – never opened a direct chat with me",
    ]
    assert "1 member can take part; 4 others, whom it isn't for, can't." in said
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(hours=2)
    await here.press("ana", "I answered")
    assert here.last == "This one is for those who came in the 7 days before it began."
    await here.press("newt", "I answered")
    assert here.last.startswith("You're in")


async def circle(world: World, *people: str) -> None:
    """Let the network say that these are a circle, and the others another."""
    community = await world.community()
    async with world.store.begin() as unit:
        every = [member.id for member in await unit.members.all(community.id)]
        there = {(await world.member(who)).id for who in people}
        kept = Baseline(
            until=day_number(world.clock.now()),
            members=tuple(every),
            circle=tuple(7 if member in there else 8 for member in every),
            circles=tuple(CircleFigures(id=each, size=3, cohesion=1.0, born=1) for each in (7, 8)),
            next_circle=9,
            weeks=(),
        )
        await unit.snapshots.keep(community.id, Snapshot(CIRCLES, kept.until, kept))


async def test_a_circle_alone_and_of_it_who_agreed(here: World) -> None:
    await here.say("ana", "/consent personal")
    await here.say("cleo", "/consent personal")
    await circle(here, "ana", "bo")
    await here.say("olga", f"/activities {ASKS} whom=everybody")
    community = await here.community()
    async with here.store.begin() as unit:  # as the button of a circle does, of whose network there is a view
        (it,) = await unit.activities.of(community.id, (State.DRAFT,))
        await unit.activities.save(replace(it, audience=replace(it.audience, circle=7)))
    await here.say("olga", "/activities 1")
    assert "For: Circle 7" in here.last
    await here.press("olga", "Dry run")
    assert here.last.splitlines()[2:] == [
        "1 member can take part; 3 others, whom it isn't for, can't.",
        "Left out of the circle: 1 member who didn't agree that I look at whom they talk with.",
    ]
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(hours=1)
    for who in ("bo", "cleo"):
        await here.press(who, "I answered")
        assert here.last.startswith("This one is for a circle that you aren't in")
    await here.press("ana", "I answered")
    assert here.last.startswith("You're in")


async def segment(world: World, *people: str) -> None:
    """Let the newest look find that these are quiet buyers, and all others regulars."""
    community = await world.community()
    async with world.store.begin() as unit:
        there = {(await world.member(who)).id for who in people}
        named = {
            each.id: Segment.QUIET_BUYERS if each.id in there else Segment.REGULARS
            for each in await unit.members.all(community.id)
        }
        kept = SegmentsResult(
            until=day_number(world.clock.now()),
            month="2026-03",
            people=len(named),
            segments=tuple(
                SegmentFigures(segment=each, size=size, recency=1, frequency=20, value=0, stability=1)
                for each, size in Counter(named.values()).items()
            ),
        )
        await unit.snapshots.keep(community.id, Snapshot(SEGMENTS, kept.until, kept))
        places = [
            Place(member_id=id_, month=month, segment=named[id_], recency=1, frequency=20, value=0)
            for id_ in await unit.members.who_agreed(named)
            for month in ("2026-02", "2026-03")
        ]
        await unit.segments.keep(community.id, places)


async def test_a_segment_alone_and_of_it_who_agreed(here: World) -> None:
    await here.say("ana", "/consent personal")
    await here.say("cleo", "/consent personal")
    await set_up(here, f"{ASKS} whom=quiet_buyers")
    assert "For: Quiet buyers" in here.last
    assert "For now its runs would be left out: nobody is among those whom it is for." in here.last
    await here.advance(hours=1)
    assert await phases(here) == [Phase.SKIPPED]
    await segment(here, "ana", "bo")
    await here.say("olga", "/activities 1")
    await here.press("olga", "Dry run")
    assert here.last.splitlines()[2:] == [
        "1 member can take part; 3 others, whom it isn't for, can't.",
        "Left out of the group: fewer than five members who didn't agree that I look at how they come.",
    ]
    await here.advance(hours=24)
    for who in ("bo", "cleo"):
        await here.press(who, "I answered")
        assert here.last.startswith("This one is for a group that you aren't in")
    await here.press("ana", "I answered")
    assert here.last.startswith("You're in")


async def test_segments_are_offered_by_name_in_either_language(here: World) -> None:
    await segment(here, "ana")
    await here.say("olga", f"/activities {ASKS} whom=everybody")
    await here.press("olga", "Change")
    await here.press("olga", "For whom")
    await here.press("olga", "Quiet buyers")
    assert "For: Quiet buyers" in here.last
    await here.say("olga", "/activities 1 whom=常客")
    assert "For: Regulars" in here.last
    await here.say("olga", "/activities 1 whom=nobody")
    assert "who joined it, Quiet buyers, Regulars" in here.last or "who joined it, Regulars, Quiet buyers" in here.last


async def test_a_word_that_names_nobody_is_answered_with_those_that_do(here: World) -> None:
    await here.say("olga", f"/activities {ASKS} whom=segments")
    assert here.last == (
        "“segments” names nobody I know. Give it one of: everybody, who came this week, who joined it."
    )
    await here.say("olga", "/activities question 对象=本周新来的人 questions=Why?")
    assert "For: who came this week" in here.last


async def test_a_copy_is_for_who_joins_the_copy(here: World) -> None:
    await set_up(here, f"{ASKS} whom=joined")
    await here.press("olga", "Copy to this room")
    async with here.store.read() as unit:
        there = await unit.activities.of((await here.community()).id, tuple(State))
    assert [each.audience.joined for each in there] == [each.id for each in there]
    assert len({each.id for each in there}) == 2


async def test_everybody_left_or_wants_no_part_in_anything(here: World) -> None:
    await set_up(here, f"{ASKS} whom=joined")
    for who in ("ana", "bo"):
        await here.say(who, "/activities")
        await here.press(who, "Join: Daily question")
    await here.say("ana", "/consent out")
    await here.press("ana", "Yes, leave me out")
    await here.leave("bo")
    await here.say("olga", "/activities 1")
    assert "For now its runs would be left out: nobody is among those whom it is for." in here.last
    await here.advance(hours=1)
    assert await phases(here) == [Phase.SKIPPED]


async def test_a_bank_of_one_question_asks_it_each_time(here: World) -> None:
    await set_up(here, ASKS)
    for _ in range(2):
        await here.advance(hours=1)
        assert here.last.startswith("Why?")
        await here.press("ana", "I answered")
        await here.advance(hours=23)
    assert (await here.member("ana")).balance == 14


async def test_many_press_at_once_and_each_is_counted_once(here: World) -> None:
    await set_up(here, ASKS)
    await here.advance(hours=1)
    post = here.sent[-1]
    (button,) = (each for row in post.outgoing.buttons for each in row)
    presses = [
        ButtonPressed(
            platform="fake", key=f"press:{number}:{time}", space="home", at=here.clock.now(),
            actor=Person(f"p{number}", f"P{number}"), token=button.token, message=post.id,
        )
        for time in range(2)
        for number in range(60)
    ]  # fmt: skip
    await here.hand_in(*presses)
    assert here.platforms["fake"].changed[-1].content.text.endswith("60 people answered so far.")
    assert {(await here.member(f"p{number}")).balance for number in (0, 30, 59)} == {7}
