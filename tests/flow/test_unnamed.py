"""What moderators are told where nobody may be named."""

from __future__ import annotations

import re

import pytest

from core.domain.people import Person
from core.domain.pictures import NetworkMap
from tests.world import World
from tests.world.turns import each_language_on_a_database

GROUPS = tuple(tuple(f"{letter}{number}quist" for number in range(7)) for letter in "ab")


async def test_what_can_be_said_without_names_is_said_of_groups_of_five_or_more(world: World) -> None:
    world.moderator("mod")
    pairs = [(one, other) for group in GROUPS for one in group for other in group if one < other]
    pairs += [(GROUPS[0][i], GROUPS[1][i]) for i in range(3)]
    for one, other in pairs:
        await world.say(one, "so", reply_to="x", reply_author=Person(other, other.capitalize()))
    for number in range(6):
        await world.say(f"new{number}quist", "anybody here?")
    await world.advance(days=1)
    said = {}
    for command in ("keypeople", "newcomers", "connect"):
        await world.say("mod", f"/{command}")
        said[command] = world.last
        assert "“Yes, show my circle”" in world.last, command
        assert "/consent personal" in world.last, command
        assert "quist" not in world.last.lower(), command
    assert "6 people have ties into more than one circle." in said["keypeople"]
    assert re.search(r"6 people have ties into both Circle \d and Circle \d\.", said["keypeople"])
    assert "stand most between" not in said["keypeople"]  # fewer than ten of them
    assert "Half of them have waited for 1 day or longer." in said["newcomers"]
    # Each of the three bridges knows whom the other group's bridge knows: too few in common but with one's own group.
    assert "pairs know" not in said["connect"]
    await world.say("new0quist", "/consent personal")
    await world.say("mod", "/newcomers")
    assert "Half of them" not in world.last


async def test_a_figure_of_fewer_than_five_people_is_not_told(world: World) -> None:
    world.moderator("mod")
    pairs = [(one, other) for group in GROUPS for one in group for other in group if one < other]
    for one, other in [*pairs, (GROUPS[0][0], GROUPS[1][0])]:
        await world.say(one, "so", reply_to="x", reply_author=Person(other, other.capitalize()))
    await world.advance(days=1)
    await world.say("mod", "/keypeople")
    assert world.last.startswith("I may name nobody here")
    assert "more than one circle" not in world.last


async def test_nothing_is_told_of_one_person_who_may_not_be_named(world: World) -> None:
    world.moderator("mod")
    for number in range(8):
        await world.say(f"fan{number}quist", "so", reply_to="x", reply_author=Person("hubquist", "Hubquist"))
    await world.advance(days=1)
    await world.say("mod", "/network")
    assert "8 people" not in world.last
    assert "shortest ways" not in world.last
    assert "addressed by" not in world.last
    await world.say("hubquist", "/consent personal")
    await world.advance(days=1)
    await world.say("mod", "/network")
    assert "Hubquist was addressed by 8 people" in world.last


@pytest.mark.parametrize("newcomers", [4, 6])
async def test_how_newcomers_were_received_is_told_of_five_or_more(world: World, newcomers: int) -> None:
    world.moderator("mod")
    hub = Person("hubquist", "Hubquist")
    for number in range(newcomers):
        await world.say(f"new{number}quist", "hello", reply_to="x", reply_author=hub)
    await world.advance(days=9)
    await world.say("new0quist", "hello again", reply_to="x", reply_author=hub)
    await world.advance(days=1)
    await world.say("mod", "/health")
    told = "None of 6 newcomers" if newcomers == 6 else "Fewer than five came in the four weeks"
    assert told in world.last


@each_language_on_a_database
async def test_no_figure_is_told_of_a_circle_of_fewer_than_five(world: World, language: str) -> None:
    world.moderator("mod")
    await world.set(language=language)
    small = tuple(f"c{number}quist" for number in range(4))
    pairs = [(one, other) for group in (*GROUPS, small) for one in group for other in group if one < other]
    for one, other in pairs:
        await world.say(one, "so", reply_to="x", reply_author=Person(other, other.capitalize()))
    await world.advance(days=1)
    few = {"en": "ewer than five ", "zh-CN": "不到五人"}[language]
    told = []
    await world.say("mod", "/circles")
    told.append(world.last)
    lines = world.last.splitlines()
    assert sum("7" in line for line in lines) == 2
    assert sum(few in line for line in lines) == 1
    proposed = world.sent[-1].outgoing.buttons[2][0].label
    await world.press("mod", proposed)
    told.append(world.last)
    assert few in world.last
    await world.press("mod", {"en": "In their room", "zh-CN": "用他们常去的频道"}[language])
    told.append(world.last)
    assert few in world.last
    await world.say("mod", "/network")
    drawn = world.sent[-1].outgoing.picture
    assert isinstance(drawn, NetworkMap)
    assert sorted(circle.members for circle in drawn.circles if circle.label) == [0, 7, 7]
    told.append(drawn.alt)
    assert not [text for text in told if re.search(r"\b4 (people|人)|4 of you|, 4\b|%.*\b4\b", text)]
