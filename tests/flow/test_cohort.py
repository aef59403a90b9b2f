"""A study cohort from joining to the certificate: partners, milestones, reminders, who goes through to the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.message import plain_text
from core.domain.outgoing import Edit, Outgoing
from core.domain.pictures import Certificate
from tests.world import World
from tests.world.activities import set_up, with_people

COHORT = "cohort monthly 2 12:00 lead=24 points=30 topic=Pandas weeks=1: Read chapter 1 | 3: Write a *report*"


@pytest.fixture
async def here(world: World) -> World:
    """Give a world in which a cohort of two milestones can be joined until tomorrow noon."""
    await with_people(world, "ana", "bo", "cleo", "dan")
    for who in ("ana", "bo", "cleo", "dan"):
        await world.say(who, "/start", space="direct", direct=True)
    await set_up(world, COHORT)
    await world.advance(hours=3)
    return world


async def jump(world: World, **by: float) -> None:
    """Let time go by at once, as while Kith was down: weeks by the hour take long."""
    world.clock.advance(timedelta(**by))
    await world.engine.due()
    await world.deliver()


def told(world: World, who: str) -> list[Outgoing]:
    """Return what somebody was told directly, unasked."""
    return [each.outgoing for each in world.sent if each.outgoing.direct and each.outgoing.to == who]


def post(world: World) -> str:
    """Return what the post changed last says."""
    changed = [each for each in world.platforms["fake"].changed if isinstance(each, Edit) and each.content]
    assert changed[-1].content is not None
    return plain_text(changed[-1].content.text)


async def test_from_joining_to_the_certificate(here: World) -> None:
    assert "Week 3: Write a *report*" in here.last
    await here.press("ana", "I'm in, with a partner")
    await here.press("bo", "I'm in")
    await here.press("bo", "I'm in, with a partner")  # they may think again
    for who in ("cleo", "dan"):
        await here.press(who, "I'm in")
    await here.press("dan", "I'm out")
    assert here.last == "You are out."
    assert "3 people are in." in post(here)
    await jump(here, hours=24)
    partners = [plain_text(each.text) for who in ("ana", "bo") for each in told(here, who)[-1:]]
    assert partners == [
        f"Pandas begins in Data Kitchen. Your partner: {name}. Write to each other and find a time."
        for name in ("Bo", "Ana")
    ]
    assert "Read chapter 1\n0 of 3 did it." in here.last
    await here.press("dan", "I'm in")
    assert here.last.startswith("It has begun")
    await here.press("ana", "Done")
    assert here.last == "Noted. 1 of 2 milestones done."
    assert "1 of 3 did it." in post(here)
    await here.press("dan", "Done")
    assert here.last.startswith("It has begun")

    await jump(here, days=5)
    behind = "Pandas in Data Kitchen, week 1: “Read chapter 1” is still open for you."
    assert [sum(behind in plain_text(each.text) for each in told(here, who)) for who in ("ana", "bo", "dan")] == [
        0,
        1,
        0,
    ]
    await jump(here, days=9)
    assert "Write a *report*" in here.last
    await here.press("ana", "Done")
    assert here.last == "You did it all: Pandas (+30 points). Here is your certificate."
    shown = here.sent[-1].outgoing.picture
    assert isinstance(shown, Certificate)
    assert (shown.name, shown.topic, shown.steps) == ("Ana", "Pandas", "2 milestones, all of them done")
    assert shown.foot == "Data Kitchen · 17 March 2026"
    await here.press("ana", "Done")  # once more changes nothing, and shows it again
    assert here.sent[-1].outgoing.picture == shown
    assert (await here.member("ana")).balance == 30

    await here.say("ana", "/consent personal")
    await jump(here, days=7)
    closed = [each.content.text for each in here.platforms["fake"].changed if isinstance(each, Edit) and each.content]
    assert any("1 of 3 went through to the end, Ana among them." in plain_text(each) for each in closed)
    assert [isinstance(each.picture, Certificate) for each in told(here, "ana")].count(True) == 1
    assert not any(each.picture for each in told(here, "bo"))
    before = len(here.sent)
    await here.press("cleo", "Done")
    assert "error" not in here.last
    assert len(here.sent) == before + 1


async def test_who_is_erased_is_in_no_longer_and_one_alone_has_no_partner(here: World) -> None:
    await here.press("ana", "I'm in, with a partner")
    await here.press("bo", "I'm in, with a partner")
    await here.say("bo", "/forgetme")
    await here.press("bo", "Erase everything")
    await jump(here, hours=24)
    assert "Nobody else wanted a partner" in plain_text(told(here, "ana")[-1].text)
    assert "0 of 1 did it." in here.last


async def test_nobody_is_asked_for_milestones_where_nobody_joined(here: World) -> None:
    before = len(here.sent)
    await here.press("ana", "I'm in")
    await here.press("ana", "I'm out")
    await jump(here, hours=24)
    assert post(here).splitlines()[1].startswith("It began 3 March, 12:00 (UTC); nobody joined this time.")
    await jump(here, days=15)
    assert [each.outgoing.text for each in here.sent[before:] if not each.outgoing.private] == []


async def test_members_see_only_what_they_can_still_join_and_when_it_starts(here: World) -> None:
    await here.say("dan", "/activities")
    assert here.last.splitlines()[1:] == [
        "Study cohort in Data Kitchen is open until 3 March, 12:00: take part there.",
        "Study cohort in Data Kitchen · next 3 March, 12:00",
    ]
    await jump(here, hours=24)
    await here.say("dan", "/activities")
    assert here.last.splitlines()[1:] == ["Study cohort in Data Kitchen · next 3 April, 12:00"]


@pytest.mark.parametrize("line", ["Read", "0: Read", "53: Read", "1: Read | 1: Write"])
async def test_a_line_that_is_no_week_is_said(world: World, line: str) -> None:
    await with_people(world)
    await world.say("olga", f"/activities cohort topic=Pandas weeks={line}")
    assert "is no week: “" in world.last
