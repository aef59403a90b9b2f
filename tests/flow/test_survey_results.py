"""/survey: set up by form, and what its rounds say."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from core.domain.events import RoomNamed
from core.domain.pictures import Chart
from core.domain.segments import Place
from core.store.tables.members import members
from tests.flow.test_survey import GIVEN, OWN, PEOPLE, answer_all, crowd, leap, press, write
from tests.world import World
from tests.world.activities import fill, lift, set_up, with_people
from tests.world.crowd import all_answered

__all__ = ["crowd"]


async def test_it_is_set_up_by_form_and_looked_at_before_it_runs(world: World) -> None:
    await with_people(world)
    await world.say("olga", "/survey")
    assert world.last.startswith("No survey yet.")
    await fill(world, "olga", "New survey", scale="own", often="monthly", questions="")
    assert world.last.startswith("It has no questions.")
    await fill(world, "olga", "New survey", scale="own", often="monthly", questions="How? A / B\nHow many? 9-3")
    assert world.last.startswith("Line 2 can't be asked: “How many? 9-3”.")
    await fill(world, "olga", "New survey", scale="own", often="monthly", questions="How? A / B")
    assert world.last.startswith("Survey 1 is set up and hasn't asked anybody.")
    await world.press("olga", "Look at it")
    await world.press("olga", "Preview")
    assert "How?" in world.last
    await world.press("olga", "A")
    assert world.last == "This is a preview: nobody takes part yet."
    await world.say("olga", "/survey 7")
    assert world.last == "There is no survey “7”. /survey lists those there are."
    await world.say("ana", "/survey")
    assert world.last == "That's for moderators of this community."


async def test_what_rounds_say_is_told_to_moderators_with_interval_and_trend(crowd: World) -> None:
    await set_up(crowd, f"{GIVEN} rest=0")
    await crowd.say("olga", "/survey 1")
    assert "No round is over yet" in crowd.last
    await leap(crowd, hours=1)
    await answer_all(crowd)
    await crowd.say("olga", "/survey 1")
    assert "about 25 answered so far" in crowd.last
    assert "NPS **" not in crowd.last
    await leap(crowd, hours=20)
    await crowd.say("olga", "/survey 1")
    assert crowd.last.splitlines()[2:] == [
        "Round of 2 March",
        "About 25 answered. Of 24 who were written to, about 24 did: 100 %.",
        "NPS +25, between −12 and +55 (95 %).",
        "0 to 6: 5, 7 or 8: 5, 9 or 10: 10",
        "Counts are rounded to five, and other figures are worked out from these.",
    ]
    picture = crowd.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert picture.series[0].values == (5, 5, 10)
    await leap(crowd, hours=4)
    for who in PEOPLE:
        await press(crowd, who, "10")
    await leap(crowd, hours=20)
    await crowd.say("olga", "/chart survey_trend")
    picture = crowd.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert picture.title == "NPS rose from +25 to +79 over 2 rounds"  # where nobody said less, "under 5" counts as two
    assert picture.series[0].values == (25, 79)


async def test_what_was_written_is_read_without_names_from_five_on(crowd: World) -> None:
    await set_up(crowd, f"survey daily 10:00 hours=20 {OWN}")
    await leap(crowd, hours=1)
    for who in PEOPLE[:5]:
        await press(crowd, who, "Skip")
        await press(crowd, who, "Skip")
        await write(crowd, who, f"Less noise *{who}*")
    await leap(crowd, hours=20)
    await crowd.say("olga", "/survey 1")
    await crowd.press("olga", "Read: What should change?")
    assert crowd.last.splitlines()[1:] == [f"– Less noise *{who}*" for who in PEOPLE[:5]]
    await crowd.say("p0", "/forgetme", direct=True)
    await crowd.press("p0", "Erase everything", direct=True)
    await crowd.say("olga", "/survey 1")
    await crowd.press("olga", "Read: What should change?")
    assert crowd.last.startswith("Fewer than five wrote something")


async def test_answers_are_weighed_by_activity_told_by_tier_and_beside_later_days(crowd: World) -> None:
    often, seldom = PEOPLE[:12], PEOPLE[12:]
    for who in often:
        await lift(crowd, who, 1)
    day = crowd.clock.now().date() + timedelta(days=1)
    await set_up(crowd, f"survey {day} 10:00 hours=20 scale=nps")
    for who in often:
        await crowd.say(who, "hello")
    await leap(crowd, hours=25)
    for who in often:
        await lift(crowd, who, 1)
        await press(crowd, who, "10")
    for who in seldom[:10]:
        await press(crowd, who, "2")
    await leap(crowd, hours=21)
    for who in often:
        await crowd.say(who, "hello again")
    await crowd.say("olga", "/survey 1")
    assert "Weighted by how active people were before, as if all had answered: −2." in crowd.last
    assert "By tier: Newcomer: −57, Regular: +57." in crowd.last
    assert "Active in the four weeks after" not in crowd.last
    await leap(crowd, days=28)
    await crowd.say("olga", "/survey 1")
    assert "83 % of those who said 9 or 10, 17 % of those who said 0 to 6." in crowd.last


async def test_results_are_told_by_segment_and_by_circle_as_it_is_called_elsewhere(crowd: World) -> None:
    groups = PEOPLE[:12], PEOPLE[12:]
    await crowd.happen(RoomNamed, None, room="r1", name="help")
    await crowd.happen(RoomNamed, None, room="r2", name="wins")
    near = [(at, (at + by) % 12) for at in range(12) for by in (1, 2, 3)]
    await all_answered(crowd, [(group[one], group[other]) for group in groups for one, other in near])
    for room, group in zip(("r1", "r2"), groups, strict=True):
        for who in group:
            await crowd.say(who, "morning", room=room)
    await set_up(crowd, f"survey {crowd.clock.now().date() + timedelta(days=1)} 10:00 hours=20 scale=nps")
    community = (await crowd.community()).id
    async with crowd.store.begin() as unit:
        agreed = update(members).where(members.c.name != groups[1][-1].capitalize())
        await unit.connection.execute(agreed.values(consent="personal"))
        figures: dict[str, Any] = {"month": "2026-03", "recency": 0, "frequency": 1, "value": 0}
        segments = zip(("regulars", "occasional"), groups, strict=True)
        there = {(await crowd.member(who)).id: segment for segment, group in segments for who in group}
        await unit.segments.keep(
            community, [Place(member_id=each, segment=segment, **figures) for each, segment in there.items()]
        )
    await leap(crowd, hours=25)
    for group, answer in zip(groups, ("10", "2"), strict=True):
        for who in group:
            await press(crowd, who, answer)
    await leap(crowd, hours=21)
    await crowd.say("olga", "/survey 1")
    assert "By segment: Regulars: +57, Now and then: −57." in crowd.last
    called = re.search(r"By circle: (#help · P\d+, P\d+): \+57, (#wins · P\d+, P\d+): −57.", crowd.last)
    assert called
    await crowd.say("olga", "/circles")
    assert all(name in crowd.last for name in called.groups())
