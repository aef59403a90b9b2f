"""Introductions over several rounds: who joined for good, who is kept apart, who stays away, who met."""

from __future__ import annotations

import json
import re

import pytest

from core.domain.events import ButtonPressed
from core.domain.outgoing import Edit
from tests.world import World
from tests.world.activities import set_up, with_people

PEOPLE = ("ana", "bo", "cleo", "dan")


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it who opened their direct chats, one of them a moderator."""
    await with_people(world, *PEOPLE)
    async with world.store.begin() as unit:
        await unit.members.open_chats("fake", [*PEOPLE], world.clock.now())
    await set_up(world, "introductions daily 10:00 hours=1 whom=joined")
    for who in PEOPLE:
        await world.say(who, "/activities")
        await world.press(who, "Join: Introductions")
    return world


def closed(world: World) -> str:
    """Return what the post changed last says."""
    changed = [each for each in world.platforms["fake"].changed if isinstance(each, Edit) and each.content]
    return changed[-1].content.text if changed and changed[-1].content else ""


def pairs(world: World) -> list[set[str]]:
    return [set(re.split(", | and ", line[2:])) for line in closed(world).splitlines() if line.startswith("–")]


async def play(world: World, *, day: bool = False) -> None:
    """Let a round begin, and end."""
    await world.advance(hours=23 if day else 1)
    await world.advance(hours=1)


async def press_own(world: World, who: str, label: str) -> None:
    """Let somebody press the newest button of this label in their own direct chat."""
    sent = next(
        each
        for each in reversed(world.sent)
        if each.outgoing.to == who and any(button.label == label for row in each.outgoing.buttons for button in row)
    )
    button = next(button for row in sent.outgoing.buttons for button in row if button.label == label)
    await world.happen(ButtonPressed, who, token=button.token, message=sent.id, space="direct", direct=True)


async def test_who_joined_is_paired_each_time_without_pressing(here: World) -> None:
    await play(here)
    first = pairs(here)
    assert sorted(name for pair in first for name in pair) == ["Ana", "Bo", "Cleo", "Dan"]
    await play(here, day=True)
    assert sorted(name for pair in pairs(here) for name in pair) == ["Ana", "Bo", "Cleo", "Dan"]
    assert not any(pair in first for pair in pairs(here))


async def test_two_are_kept_apart_until_that_is_taken_back_and_nobody_else_sees_it(here: World) -> None:
    await play(here)
    (other,) = next(pair for pair in pairs(here) if "Ana" in pair) - {"Ana"}
    await press_own(here, "ana", f"Don't pair me with {other}")
    assert here.last.startswith("I never pair the two of you again.")
    await here.say("ana", "/apart")
    assert here.last == f"I don't pair you with {other}. Only you see this."
    await here.say(other.lower(), "/apart")
    assert here.last == "There is nobody whom I don't pair you with."
    for who, rows in (("ana", 1), (other.lower(), 0)):
        await here.say(who, "/mydata")
        assert len(json.loads(here.sent[-1].outgoing.file.content)["kept"]["kept_apart"]) == rows
    for name in {"Bo", "Cleo", "Dan"} - {other}:
        await here.say("ana", f"/apart @{name.lower()}")
    for _ in range(3):
        await play(here, day=True)
        assert not any("Ana" in pair for pair in pairs(here))
    assert any(text.startswith("In Data Kitchen nobody was left to meet you") for text in here.texts)
    await here.say("ana", "/apart")
    await here.press("ana", f"Allow {other} again")
    assert here.last.startswith("Taken back.")
    await play(here, day=True)
    assert {"Ana", other} in pairs(here)


@pytest.mark.parametrize(("typed", "said"), [("@ana", "Nobody is paired with themselves."), ("nobody", "I don't know")])
async def test_what_makes_no_sense_is_said(here: World, typed: str, said: str) -> None:
    await here.say("ana", f"/apart {typed}")
    assert here.last.startswith(said)


async def test_a_month_is_skipped(here: World) -> None:
    await play(here)
    await press_own(here, "ana", "Skip a month")
    assert here.last.startswith("I pair you with nobody until 1 April.")
    await play(here, day=True)
    (three,) = pairs(here)
    assert three == {"Bo", "Cleo", "Dan"}
    await here.say("olga", "/activities 1 when=monthly 4 10:00")
    await here.advance(days=31, hours=22)
    await play(here)
    assert any("Ana" in pair for pair in pairs(here))


async def test_it_asks_whether_people_met_and_the_next_round_counts_them(here: World) -> None:
    await here.say("olga", "/activities 1 when=mon 10:00")
    await play(here)
    await here.advance(days=5, hours=1)
    asked = {sent.outgoing.to for sent in here.sent if sent.outgoing.text.startswith("Did you meet whom")}
    assert asked == {"ana", "bo", "cleo", "dan"}
    await press_own(here, "ana", "We met")
    assert here.last == "Good to hear."
    await press_own(here, "ana", "We met")
    await press_own(here, "bo", "Not yet")
    assert here.last == "There is still time."
    await here.advance(days=1, hours=20)
    await play(here)
    await here.advance(hours=1)
    assert closed(here).splitlines()[-1] == "Of the 4 people of the round before, 1 said they met."


async def test_who_is_erased_is_on_nobody_s_list(here: World) -> None:
    await here.say("ana", "/apart @bo")
    await here.say("bo", "/forgetme")
    await here.press("bo", "Erase everything")
    await here.say("ana", "/apart")
    assert here.last == "There is nobody whom I don't pair you with."
