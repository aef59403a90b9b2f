"""The community graph in chat: snapshots, the commands that read them, consent, and communities too small for it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.report import told as report_told
from bot.web.report.page import written
from bot.worker import Worker
from core.domain.clock import day_number
from core.domain.network_result import NetworkResult
from core.domain.people import Person
from core.domain.pictures import Chart, NetworkMap
from core.store.unit import Store
from core.studies.network import KIND
from tests.world import World
from tests.world.crowd import GROUPS, circle_in_a_room, two_groups
from tests.world.sample import brought_in

COMMANDS = ("/network", "/keypeople", "/circles", "/newcomers", "/health", "/connect")


async def talk(world: World, one: str, other: str) -> None:
    """Let somebody write and another answer."""
    message = await world.say(one, "what do you think")
    await world.say(other, "this", reply_to=message, reply_author=Person(one, one.capitalize()))


async def agree(world: World, *who: str) -> None:
    for each in who:
        await world.say(each, "/consent personal")


async def test_a_snapshot_is_taken_every_day_and_commands_say_its_date(world: World) -> None:
    await two_groups(world)
    await agree(world, *GROUPS[0], *GROUPS[1])
    await world.advance(days=1)
    await world.say("mod", "/network")
    sent = world.sent[-1].outgoing
    assert world.last.splitlines() == [
        "10 people have written, reacted or been addressed until 2 March; "
        "10 of them have ties to others, 42 since the beginning.",
        "They form 2 circles of three or more, the largest “Ana, Ben” with 5 people; "
        "circles are clear, and talk crosses between them.",
        "Ana was addressed by 5 people, 56 % of all others with ties.",
        "56 % of the shortest ways between two people lead through Ana.",
        "100 % of these ties are answered by one the other way; everybody hangs together.",
    ]
    assert isinstance(sent.picture, NetworkMap)
    assert {person.name for person in sent.picture.people} == {who.capitalize() for group in GROUPS for who in group}
    community = await world.community()
    async with world.store.read() as unit:
        snapshot = await unit.snapshots.newest(community.id, KIND, NetworkResult)
    assert snapshot is not None
    assert snapshot.result.parameters.half_life == 30.0
    assert snapshot.result.parameters.seed == 1


async def test_without_a_snapshot_one_is_taken_at_once(world: World) -> None:
    await two_groups(world)
    await world.say("mod", "/circles")
    assert world.last == "I'm counting who talks with whom. The answer comes in a moment."
    await world.engine.due()
    await world.deliver()
    assert world.last.startswith("2 circles of three or more, until 2 March:\nCircle 1 · 5 people")


async def test_every_command_answers_where_there_is_little(world: World) -> None:
    world.moderator("mod")
    await talk(world, "ana", "ben")
    await world.advance(days=1)
    answers = {}
    for command in COMMANDS:
        await world.say("mod", command)
        answers[command] = world.last
    assert answers["/circles"] == "Too few ties to speak of circles: 1 of 30 needed."
    assert "Too few ties to speak of circles: 1 of 30 needed." in answers["/network"]
    assert "I may name nobody here" in answers["/keypeople"]
    assert "It takes three weeks of ties to say what changed." in answers["/health"]
    assert not any("broke on my side" in answer for answer in answers.values())


async def test_who_is_counted_only_is_in_no_list_and_without_a_name_on_the_map(world: World) -> None:
    await two_groups(world)
    await agree(world, "ben", "gus")
    await world.advance(days=1)
    for command in COMMANDS:
        await world.say("mod", command)
        picture = world.sent[-1].outgoing.picture
        drawn = json.dumps([person.name for person in picture.people]) if isinstance(picture, NetworkMap) else ""
        for who in (*GROUPS[0], *GROUPS[1]):
            if who not in {"ben", "gus"}:
                assert who.capitalize() not in world.last + drawn, command
    await world.say("mod", "/network")
    picture = world.sent[-1].outgoing.picture
    assert isinstance(picture, NetworkMap)
    assert sorted(person.name for person in picture.people) == [""] * 8 + ["Ben", "Gus"]
    await world.say("ben", "/consent counted")
    await world.say("mod", "/keypeople")
    assert "Ben" not in world.last


async def test_key_people_with_the_risk_of_losing_them(world: World) -> None:
    await two_groups(world)
    await agree(world, *GROUPS[0], *GROUPS[1])
    await world.advance(days=1)
    await world.say("mod", "/keypeople")
    assert "Ana · ties into 2 circles, on 56 % of the shortest ways between people" in world.last
    risk = next(line for line in world.last.splitlines() if line.startswith("Ana · 24 % of all ties"))
    assert "cut off would be" in risk
    await world.say("ana", "/keypeople")
    assert world.last == "That's for moderators of this community."


async def test_an_unanswered_newcomer_is_found_until_somebody_answers(world: World) -> None:
    await two_groups(world)
    await world.join("noor")
    await agree(world, "noor")
    await world.say("noor", "hello everybody")
    await world.say("ana", "morning all")
    await world.advance(days=1)
    await world.say("mod", "/newcomers")
    assert "Noor · wrote first on 2 March" in world.last
    await world.say("ana", "welcome", reply_to="x", reply_author=Person("noor", "Noor"))
    await world.advance(days=1)
    await world.say("mod", "/newcomers")
    assert "Noor" not in world.last


async def test_who_waits_and_may_not_be_named_is_counted_once(world: World) -> None:
    for number in range(3):
        await world.join(f"n{number}")
        await world.say(f"n{number}", "hello everybody")
    world.moderator("mod")
    await world.say("mod", "/newcomers")
    assert world.last.endswith(
        "3 still wait for an answer:\nAll of them unnamed here: only who agrees (/consent personal) is listed."
    )


async def test_many_who_wait_for_an_answer_come_page_by_page(world: World) -> None:
    await two_groups(world)
    world.clock.advance(timedelta(days=40))
    for number in range(12):
        await world.join(f"n{number}")
        await world.say(f"n{number}", "hello everybody")
    await agree(world, *(f"n{number}" for number in range(11)))
    await talk(world, "ana", "fay")
    await world.advance(days=1)
    await world.say("mod", "/newcomers")
    first = world.last.splitlines()
    assert len(first) == 1 + 10 + 1
    assert first[-1].startswith("1 of them unnamed here")
    await world.press("mod", "›")
    second = world.last.splitlines()
    assert len(second) == 1 + 1 + 1
    assert {line.split(" ")[0] for line in (*first[1:-1], *second[1:-1])} == {f"N{number}" for number in range(11)}
    assert [button.label for button in world.sent[-1].outgoing.buttons[0]] == ["‹", "2/2"]


async def test_bots_have_no_part_in_it(world: World) -> None:
    await two_groups(world)
    robot = Person("robo", "Robo", bot=True)
    for who in GROUPS[0]:
        await world.say(robot, "hi", reply_to="x", reply_author=Person(who, who.capitalize()))
    await world.advance(days=1)
    await world.say("mod", "/network")
    assert world.last.startswith("10 people have written")


async def test_ones_own_circle_takes_consent_and_shows_nobody_elses_figures(world: World) -> None:
    await two_groups(world)
    await world.advance(days=1)
    await world.say("ana", "/mycircle")
    assert world.last.startswith("I look at single people only where they agreed.")
    await agree(world, "ana", "ben")
    await world.say("ana", "/mycircle")
    assert world.last.splitlines() == [
        "You have ties with 5 people: you addressed 5, and 5 addressed you.",
        "Your circle: Circle 1, 5 people.",
        "You turn most to: Ben.",
        "Most often turn to you: Ben.",
    ]


async def test_who_is_erased_is_nobody_in_every_snapshot(world: World) -> None:
    await two_groups(world)
    await agree(world, "ana")
    await world.advance(days=1)
    member = await world.member("ana")
    await world.say("ana", "/forgetme")
    await world.press("ana", "Erase everything")
    async with world.store.read() as unit:
        snapshot = await unit.snapshots.newest(member.community_id, KIND, NetworkResult)
    assert snapshot is not None
    assert member.id not in snapshot.result.members
    assert None in snapshot.result.members
    await world.say("mod", "/network")
    assert "Ana" not in world.last
    await world.advance(days=1)
    await world.say("mod", "/network")
    assert world.last.startswith("9 people have written")


async def test_circles_keep_their_names_from_day_to_day(world: World) -> None:
    await two_groups(world)
    for _ in range(9):
        await world.advance(days=1)
        await talk(world, "ana", "ben")
        await talk(world, "fay", "gus")
    await world.say("mod", "/circles")
    assert "Circle 1 · 5 people" in world.last
    assert "Circle 2 · 5 people" in world.last
    assert "Circle 3" not in world.last
    await world.say("mod", "/health")
    assert "Everybody is connected with everybody else, directly or through others." in world.last
    assert isinstance(world.sent[-1].outgoing.picture, Chart)
    await talk(world, "xan", "yuri")
    await world.advance(days=1)
    await world.say("mod", "/health")
    assert "30 % of pairs of people aren't connected, not even through others." in world.last


async def test_the_analysis_runs_in_a_process_of_its_own(world: World) -> None:
    await two_groups(world)
    world.engine.executor = Worker()
    try:
        await world.advance(days=1)
    finally:
        world.engine.executor.shutdown()
    await world.say("mod", "/network")
    assert world.last.startswith("10 people have written")


async def test_circles_are_called_by_room_and_by_who_may_be_named(world: World) -> None:
    await circle_in_a_room(world)
    assert "\n#help · 5 people" in world.last
    assert "\nCircle 2 · 5 people" in world.last
    await agree(world, "ben", "gus", "hui", "ida")
    await world.advance(days=1)
    await world.say("mod", "/circles")
    assert "\n#help · Ben · 5 people" in world.last
    before = [line.split(" · 5 people")[0] for line in world.last.splitlines() if "5 people" in line]
    other = before[1].split(", ")
    assert len(other) == 2
    assert {*other} < {"Gus", "Hui", "Ida"}
    # Who talks most changes, and what a circle is called by doesn't.
    (quiet,) = {"Gus", "Hui", "Ida"} - {*other}
    for each in ("fay", "jon", *other):
        for _ in range(6):
            await talk(world, quiet.lower(), each.lower())
            await talk(world, each.lower(), quiet.lower())
    await world.advance(days=1)
    await world.say("mod", "/circles")
    assert {line.split(" · 5 people")[0] for line in world.last.splitlines() if "5 people" in line} == {*before}
    await world.say(other[0].lower(), "/consent counted")
    await world.say("mod", "/circles")
    assert other[0] not in world.last
    assert f"\n{other[1]} · 5 people" in world.last


# A snapshot of 27 February as the version before kept it: the members of both groups by number, 1 to 10, and room 1.
def days_of(month: str) -> tuple[int, int]:
    """Return the first day of a month and that of the next, as day numbers."""
    first = datetime.strptime(f"{month}-01", "%Y-%m-%d").replace(tzinfo=UTC)
    return day_number(first), day_number((first + timedelta(days=32)).replace(day=1))


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("platform", "language", "most"), [("discord", "en", "member0636"), ("telegram", "zh", "0800")]
)
async def test_real_histories_come_out_in_words_and_pictures(
    store: Store, shared_data: Path, platform: str, language: str, most: str
) -> None:
    sample = await brought_in(store, shared_data, platform, datetime(2026, 4, 14, 9, tzinfo=UTC))
    await sample.agree()
    await sample.world.engine.due()
    community = await sample.world.community(sample.space.external_id)
    async with store.read() as unit:
        replied = await unit.rollups.most_replied_to(community.id, 6)
        pairs = await unit.rollups.reply_pairs(community.id)
        months = await unit.rollups.active_members(community.id)
        active = {month: await unit.rollups.active_in(community.id, days_of(month)) for month in months}
    assert {month: each.writers for month, each in active.items()} == months  # /stats counts as `kith stats` does
    assert sum(each.messages for each in active.values()) == (29_040 if platform == "discord" else 6_205)
    if platform == "discord":
        assert list(months.values()) == [19, 20, 11, 12, 38, 68, 116, 140, 151, 176, 282, 275, 317, 241]
        assert [(name, people) for _, name, people in replied] == [
            ("member0636", 81),
            ("member0881", 64),
            ("member0610", 43),
            ("member1538", 43),
            ("member1007", 42),
            ("member1485", 36),
        ]
        assert pairs == (2373, 5528)
    else:
        assert [people for _, _, people in replied[:2]] == [49, 7]
        assert pairs == (196, 1366)
    await sample.ask(f"/language {language}")
    for command in (*COMMANDS, "/stats"):
        answer = await sample.ask(command)
        assert "K-" not in answer
        if command in {"/network", "/keypeople"}:
            assert most in answer
    page = written(await report_told(store, community.name, "zh-CN"))
    assert page.count("<section") >= 9  # six parts, and the charts that none of them shows
    assert "data:image/png;base64," in page
    # A room may be called by an address; nothing may be loaded from one.
    assert not re.search(r"""(src|href|srcset|action)=["']?http|url\(["']?http|@import""", page)
