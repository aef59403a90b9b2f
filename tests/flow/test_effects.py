"""What activities changed, found through the whole house: planted truths come out, nothing is silent, harm pauses."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from bot.cli.activities import figures
from core.domain.effect_result import EffectsResult, Measured
from core.domain.effects import Design
from core.domain.message import plain_text
from core.domain.pictures import Chart
from core.kit.texts import LANGUAGES
from core.studies.effects import effects as study
from tests.flow.test_holdouts import exposed, names
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.crowd import come, write

TRUTH = {1: 0.4, 2: 0.0, 3: -0.4}  # by activity, in shares of those it asks
ALONE = 0.5


async def live(world: World, weeks: int) -> None:
    """Let weeks begin on Monday at nine: runs are at noon, and whoever comes back writes a day later."""
    chance = random.Random(5)
    called = await names(world)
    for _ in range(weeks):
        last = max((each.at for each in await exposed(world)), default=None)
        await _pass(world, hours=3, minutes=10)
        share = dict.fromkeys(called, ALONE)
        for each in await exposed(world):
            if (last is None or each.at > last) and not each.held_out:
                share[each.member_id] += TRUTH[each.activity_id]
        await _pass(world, days=1)
        back = [called[member] for member in called if chance.random() < share[member]]
        await write(world, [(who, world.clock.now()) for who in back])
        await _pass(world, days=5, hours=20, minutes=50)


async def _pass(world: World, **by: float) -> None:
    world.clock.advance(timedelta(**by))
    await world.engine.due()
    await world.deliver()


async def measured(world: World) -> dict[int, Measured]:
    community = await world.community()
    async with world.store.read() as unit:
        kept = await unit.snapshots.newest(community.id, "effects", EffectsResult)
    return {} if kept is None else {each.activity: each for each in kept.result.measured}


@pytest.fixture
async def here(world: World) -> World:
    """Give a community of a hundred in which one activity helps, one changes nothing and one does harm."""
    await with_people(world, "olga")
    await come(world, [f"p{number}" for number in range(100)])
    await world.say("olga", "hello")
    await set_up(world, "question mon 12:00 hours=3 tell=direct questions=What did you learn?")
    await set_up(world, "quiz mon 12:00 hours=3 tell=direct items=2+2? ; *4 ; 5 # Count.")
    await set_up(world, "challenge mon 12:00 hours=3 tell=direct task=Write a line")
    return world


async def test_what_was_planted_is_found_what_wasnt_isnt_and_harm_pauses(here: World) -> None:
    await here.say("olga", "/effect 1")
    assert here.last.startswith("1. Daily question: nobody was asked yet")
    await live(here, 2)
    await here.say("olga", "/effect 1")
    assert "Too few to say" in here.last or "between" in here.last
    await live(here, 2)
    found = await measured(here)
    assert sorted(found) == [1, 2, 3]
    for number, truth in TRUTH.items():
        low, high = found[number].low, found[number].high
        assert low is not None
        assert high is not None
        assert low < truth < high
        assert (low > 0 or high < 0) == (truth != 0)
        assert (found[number].balanced, found[number].felt) == (True, False)
    await here.say("olga", "/effects")
    told = {line[:1]: line for line in here.last.splitlines()[1:]}
    assert told["1"].startswith("1. Daily question: +")
    assert "points of 100 came back within a week" in told["1"]
    assert "asked," in told["2"]
    assert "−" in told["3"]
    assert here.sent[-1].outgoing.picture is not None
    for language in LANGUAGES:
        await here.say("olga", f"/language {language.partition('-')[0]}")
        await here.say("olga", "/effect 1")
        picture = here.sent[-1].outgoing.picture
        assert isinstance(picture, Chart)
        assert picture.title[-1] not in ".。"  # it is a heading
        assert plain_text(here.last).splitlines()[1].startswith(picture.title)
    await here.say("olga", "/language en")
    paused = [text for text in here.texts if "I paused Check-in challenge" in text]
    assert ["worse than those held out" in each for each in paused] == [True]
    listed = (await figures(here.store, "Data Kitchen", here.clock))["activities"]
    assert [(each["effect"]["design"], each["effect"]["asked"] > 20) for each in listed] == 3 * [("holdout", True)]
    await here.say("olga", "/activities 3")
    await here.press("olga", "Start")  # a moderator knows better
    await _pass(here, days=1)
    assert len([text for text in here.texts if "I paused Check-in challenge" in text]) == 1


async def test_only_moderators_ask_and_unmeasured_activities_say_why(here: World) -> None:
    await set_up(here, "announcement fri 12:00 text=Hello")
    await set_up(here, "question thu 12:00 questions=Why?")
    await here.say("olga", "/effect 4")
    assert "is measured by nothing" in here.last
    await here.say("olga", "/effect 5")
    assert "nobody is held out, so nobody can say what it changes" in here.last
    await here.say("olga", "/effects")
    assert here.last.startswith("Nothing is measured yet")
    await here.say("p1", "/effects", direct=True)
    assert "moderators" in here.last
    await here.say("olga", "/effect 99")
    assert "no such activity" in here.last.lower() or "no activity" in here.last.lower()


async def test_what_goes_along_with_taking_part_is_no_effect(world: World) -> None:
    await with_people(world, "olga")
    people = [f"p{number}" for number in range(50)]
    await come(world, people)
    now = world.clock.now()
    before = [(who, now - timedelta(days=7 * week)) for who in people for week in range(1, 9)]
    await write(world, before)
    await set_up(world, "question mon 12:00 hours=24 questions=What did you learn?")
    await _pass(world, hours=3, minutes=10)
    for who in people[:25]:
        await world.press(who, "I answered")
    await write(world, [(who, now + timedelta(days=7 * week + 1)) for who in people[:25] for week in range(5)])
    async with world.store.begin() as unit:
        while await unit.rollups.advance((await world.community()).id):
            pass
    found = await study.anew(world.store, (await world.community()).id, now + timedelta(days=35))
    assert found is not None
    (measured_,) = found.measured
    assert (measured_.design, measured_.asked, measured_.held_out) == (Design.DIFFERENCE, 25, 25)
    assert measured_.estimate == pytest.approx(1.0)
    await world.say("olga", "/effect 1")
    await _pass(world, minutes=5)
    assert "Too few to say how those who take part have changed" in world.last
    assert "nobody is held out, so nobody can say what it changes" in world.last
