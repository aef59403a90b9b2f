"""/retention and /funnel, as moderators read them, and what is said where there is too little."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from bot.cli.retention import _lines, app, current, told
from core.domain.events import MemberJoined, MessageSent
from core.domain.people import Person
from core.domain.pictures import Cells, Chart, Funnel
from core.store.unit import Store
from tests.world import World
from tests.world.again import again
from tests.world.crowd import all_answered

NAMES = [f"n{number}" for number in range(12)]


async def settle(world: World) -> str:
    """Let what was put off be answered."""
    await world.engine.due()
    await world.deliver()
    return world.last


@pytest.fixture
async def grown(store: Store) -> World:
    """Give a community of six weeks."""
    return await again(store, live)


async def live(world: World) -> None:
    """Let twelve come in the first week, of whom nine write, six are answered, five come back and two leave later."""
    await world.open()
    world.moderator("mo")
    await world.say("mo", "welcome")
    start = world.clock.now()
    for name in NAMES:
        await world.join(name, source="Course page" if name < "n5" else "A friend")
    await world.advance(days=1)
    for name in NAMES[:9]:
        first = await world.say(name, "hello")
        if name in NAMES[:6]:
            await world.say("mo", "hi", reply_to=first, reply_author=Person(name, name.capitalize()))
    for day in (9, 40):
        await world.advance(seconds=(start + timedelta(days=day) - world.clock.now()).total_seconds())
        for name in NAMES[: 5 if day == 9 else 3]:
            await world.say(name, "again")
    for name in NAMES[9:11]:
        await world.leave(name)
    await world.advance(days=1)


async def test_moderators_see_who_comes_back(grown: World) -> None:
    await grown.say("mo", "/retention")
    said = await settle(grown) if "working" in grown.last else grown.last
    assert said.startswith("12 members who joined, from the day they did until 11 April:")
    assert "Mean over cohorts, in week 1: 42 % of 12 (" in said
    assert "Day 30: 0 % of 12 were there (0–24 %), then or later 25 %." in said
    assert "by where they came from: Course page 43 % of 7, A friend 0 % of 5." in said
    cells = grown.sent[-1].outgoing.picture
    assert isinstance(cells, Cells)
    assert cells.title == "Of 100 who joined, 42 are back in week 1"
    assert (cells.y, cells.values[1][:5]) == (("Mean", "2 Mar · 12"), (42, 0, 0, 0, 25))
    await grown.press("mo", "Then or later")
    assert "in week 1 or later: 42 %" in grown.last
    await grown.press("mo", "By month")
    assert isinstance(grown.sent[-1].outgoing.picture, Cells)
    await grown.press("mo", "Who wrote")
    assert grown.last.startswith("10 members who wrote")
    await grown.say("mo", "/retention week bounded joined opened")
    assert grown.last == "Nobody in Data Kitchen has opened an item yet."
    assert "moderators" in await _asked(grown, "n1", "/retention")


async def test_who_comes_back_by_the_circle_that_they_were_in_first(world: World) -> None:
    world.moderator("mo")
    await world.say("mo", "welcome")
    one, two = NAMES[:6], NAMES[6:]
    for name in NAMES:
        await world.join(name)
        await world.say(name, "/consent personal", direct=True)
    await world.advance(days=1)
    for circle in (one, two):
        await all_answered(world, itertools.permutations(circle, 2))
    await world.advance(days=1)
    async with world.store.read() as unit:
        kept = await unit.stays.first_circles((await world.community()).id)
    assert sorted(Counter(circle for circle, _ in kept.values()).values()) == [6, 6]
    world.clock.advance(timedelta(days=38))
    await world.say("n11", "/consent counted", direct=True)
    for name in one[:5]:
        await world.say(name, "again")
    await all_answered(world, itertools.permutations(NAMES, 2))  # whoever they are with now isn't whom they began with
    await world.advance(days=1)
    for name in one[:3]:
        await world.say(name, "and again")
    await world.advance(days=1)
    await world.say("mo", "/retention")
    said = await settle(world)
    said = said.partition("by the circle they were in within two weeks (of those who agreed to be known): ")[2]
    assert said.startswith("N0, N1 100 % of 6, N6, N7 100 % of 5."), said
    async with world.store.read() as unit:
        still = await unit.stays.first_circles((await world.community()).id)
    assert still == {member: kept[member] for member in still}
    assert len(still) == 11


async def _asked(world: World, who: str, text: str) -> str:
    await world.say(who, text)
    return world.last


async def test_how_long_they_stay(grown: World) -> None:
    await grown.say("mo", "/retention")
    await settle(grown)
    await grown.press("mo", "How long they stay")
    assert grown.last.startswith("2 of 12 members who joined have left.")
    assert "After 30 days" not in grown.last  # nobody had gone by then, and nobody need be told 100 %
    assert isinstance(grown.sent[-1].outgoing.picture, Chart) or grown.sent[-1].outgoing.picture is None
    await grown.press("mo", "Until they fall silent")
    assert "have been silent for 30 days or more" in grown.last
    assert isinstance(grown.sent[-1].outgoing.picture, Chart)


async def test_the_funnel_says_where_people_are_lost(grown: World) -> None:
    await grown.say("mo", "/funnel")
    said = await settle(grown) if "working" in grown.last else grown.last
    assert "9 of 12 (75 %) wrote within them, half of these within a day." in said
    assert "6 of 9 who wrote (67 %) were answered or mentioned, half of these on the same day." in said
    assert "5 of 6 who were answered (83 %) were there in the second week." in said
    assert "Most are lost before the first message: 3." in said
    funnel = grown.sent[-1].outgoing.picture
    assert isinstance(funnel, Funnel)
    assert [stage.value for stage in funnel.stages] == [12, 9, 6, 5]
    await grown.say("mo", "/language zh")
    await grown.say("mo", "/funnel all")
    assert "流失最多的一步：发言之前，3 人。" in grown.last


async def test_too_little_is_said(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    for command in ("/retention", "/funnel"):
        await world.say("mo", command)
        said = await settle(world) if "working" in world.last else world.last
        assert "K-" not in said
        assert "nan" not in said.casefold()
        assert world.sent[-1].outgoing.picture is None
    assert "ask me again then" in world.last
    # A history that says that somebody will come, and that somebody left before they came.
    await world.happen(MemberJoined, "ben", at=world.clock.now() + timedelta(days=400))
    await world.happen(MessageSent, "ben", room="r1", at=world.clock.now() + timedelta(days=401))
    found = await current(world.store, "Data Kitchen")
    assert found.ahead <= 1


def test_the_command_line_says_in_a_line_what_is_wrong(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_DATABASE_URL", database_url)
    run = CliRunner()
    for words, said in (
        (["--by", "day"], "kith: --by takes week or month, not day\n"),
        (["--kind", ""], "kith: --kind takes bounded, rolling or bracket, not\n"),
        (["--of", "all"], "kith: --of takes joined or wrote, not all\n"),
        ([], "kith: There is no community called Nowhere"),
    ):
        done = run.invoke(app, ["--community", "Nowhere", *words])
        assert done.exit_code == 2
        assert done.stderr.startswith(said)


async def test_the_command_line_s_json_holds_no_nan(grown: World) -> None:

    found = await current(grown.store, "Data Kitchen")
    for by in ("week", "month"):
        for kind in ("bounded", "rolling", "bracket"):
            result = told(found, "Data Kitchen", by, kind, "joined", "present")
            assert json.loads(json.dumps(result, allow_nan=False)) == json.loads(json.dumps(result))
            assert result["cohorts"][0]["size"] == 12
    assert result["D30"]["rolling"]["back"] == 3


async def test_the_command_line_prints_a_table_that_people_can_read(grown: World) -> None:

    lines = _lines(
        told(await current(grown.store, "Data Kitchen"), "Data Kitchen", "week", "bounded", "joined", "present")
    )
    assert lines[0].endswith("people 12 joined")
    assert any(line.startswith("2026-03-02      12") for line in lines)
    assert "Until leaving: 2 of 12 members went" in lines
