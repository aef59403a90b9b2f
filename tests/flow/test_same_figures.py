"""One thing has one figure, whichever output tells it, or the days it is of stand beside it."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from bot.cli.network import current
from bot.cli.network import told as network_told
from bot.cli.report import told as report_told
from bot.cli.stats import figures
from core.domain.people import Person
from core.domain.pictures import Chart, NetworkMap
from tests.world import World

PEOPLE = tuple(f"p{number}" for number in range(14))
ROBOT = Person("robo", "Robo", bot=True)


@dataclass(slots=True)
class Truth:
    """What happened, noted beside Kith."""

    wrote: dict[str, int] = field(default_factory=dict)  # who first wrote on which day of the story
    messages: int = 0
    ties: dict[tuple[str, str], int] = field(default_factory=dict)  # on which day last
    joined: dict[str, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)

    @property
    def people(self) -> set[str]:
        return self.wrote.keys() | {who for tie in self.ties for who in tie}


async def story(world: World) -> Truth:
    """Let people, a bot and some who never write live for 45 days, and some of them leave at the end."""
    rng, truth = random.Random(1), Truth()
    world.moderator("mod")
    said: list[tuple[str, str]] = []

    def tie(one: str, other: str, day: int) -> None:
        if one != other:
            truth.ties[one, other] = day

    for day in range(0, 45, 3):
        there = PEOPLE[: 8 + day // 10]
        for _ in range(9):
            one = rng.choice(there)
            if said and rng.random() < 0.6:
                message, author = rng.choice(said[-12:])
                key = await world.say(one, "so", reply_to=message, reply_author=Person(author, author.capitalize()))
                tie(one, author, day)
                if author != one:
                    truth.answered.add(author)
            else:
                key = await world.say(one, "well")
            truth.wrote.setdefault(one, day)
            truth.messages += 1
            said.append((key, one))
        if day % 9 == 0:  # a bot writes and answers: it is nobody
            message, author = said[-1]
            await world.say(ROBOT, "beep", reply_to=message, reply_author=Person(author, author.capitalize()))
        if day in {15, 30}:  # somebody comes and only looks, somebody else reacts and never writes
            await world.join(f"quiet{day}")
            truth.joined[f"quiet{day}"] = day
            message, author = said[-1]
            await world.react(f"liker{day}", message)
            tie(f"liker{day}", author, day)
        if day in {12, 14, 15}:  # these come in the four weeks of which /health tells, and are answered
            for number in (1, 2):
                key = await world.say(f"came{day}{number}", "hello")
                truth.wrote[f"came{day}{number}"] = day
                truth.messages += 1
                await world.say("p1", "welcome", reply_to=key, reply_author=Person(f"came{day}{number}", "Came"))
                truth.messages += 1
                truth.wrote.setdefault("p1", day)
                tie("p1", f"came{day}{number}", day)
                truth.answered.add(f"came{day}{number}")
        if day in {36, 39, 42}:  # nobody answers these
            await world.say(f"new{day}", "anybody here?")
            truth.wrote[f"new{day}"] = day
            truth.messages += 1
        await world.advance(days=3)
    await world.leave("new39")
    await world.say("p0", "bye", reply_to=said[-1][0], reply_author=Person(said[-1][1], said[-1][1].capitalize()))
    truth.messages += 1
    tie("p0", said[-1][1], 45)
    await world.advance(days=1)
    return truth


def numbers(text: str) -> list[int]:
    return [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", text)]


async def test_every_output_tells_the_same(world: World) -> None:
    truth = await story(world)
    people, ties = len(truth.people), len(truth.ties)
    tied = len({who for tie in truth.ties for who in tie})
    window = {tie for tie, day in truth.ties.items() if day > 45 - 28}
    name = (await world.community()).name

    stats = await figures(world.store, name)
    assert (stats["authors"], stats["messages"]) == (len(truth.wrote), truth.messages)
    assert stats["members"] == len(truth.people | truth.joined.keys())
    network = network_told((await current(world.store, name, world.clock.now()))[1], {})
    assert network.wrote == stats["authors"]
    assert (len(network.members), network.health.nodes, network.health.ties) == (people, people, ties)

    answers = {}
    for command in ("network", "health", "newcomers", "keypeople", "connect", "circles"):
        await world.say("mod", f"/{command}")
        answers[command] = world.sent[-1].outgoing
    first = answers["network"].text.splitlines()[0]
    assert numbers(re.sub(r"until \d+ \w+", "", first)) == [people, people - len(truth.wrote), tied, ties]
    drawn = answers["network"].picture
    assert isinstance(drawn, NetworkMap)
    assert numbers(drawn.foot)[:2] == [people, ties]
    assert len(drawn.people) + len(drawn.cloud) == people

    head = re.sub(r"to \d+ \w+", "", answers["health"].text.splitlines()[0])
    assert numbers(head) == [len({who for tie in window for who in tie}), len(window), ties]
    chart = answers["health"].picture
    assert isinstance(chart, Chart)
    assert f"{numbers(head)[0]} people in the last" in chart.foot
    heard = [who for who, day in truth.wrote.items() if 45 - 7 - 28 < day <= 45 - 7]
    assert len(heard) > 5
    (line,) = (each for each in answers["health"].text.splitlines() if "newcomers" in each and "to 9 April" in each)
    assert len(heard) in numbers(re.sub(r"to \d+ \w+", "", line)), line
    assert network.weeks[-1].newcomers == len(heard)

    lately = [who for who, day in truth.wrote.items() if day > 45 - 30]
    came = len(lately) + sum(day > 45 - 30 for day in truth.joined.values())
    summary = answers["newcomers"].text.splitlines()[0]
    waiting = [who for who in lately if who not in truth.answered and who != "new39"]
    assert numbers(re.sub(r".* April, ", "", summary)) == [came, len(lately), len(waiting)]

    assert f"{people} people" in answers["keypeople"].text
    report = {part: reply for part, _, reply in (await report_told(world.store, name, "en")).parts}
    for command in ("network", "health", "newcomers", "keypeople", "connect"):
        assert report[command].text.splitlines()[0] == answers[command].text.splitlines()[0], command


async def test_who_came_and_left_is_told_alike_with_and_without_a_snapshot(world: World) -> None:
    """Somebody who joined without a word is a newcomer, and who left waits for nothing, on either way to count."""
    world.moderator("mod")
    for who in ("ana", "bo"):
        await world.say(who, "hello")
    await world.join("cy")
    await world.say("mod", "/newcomers")
    assert "3 people came and 2 of them wrote. 2 still wait" in world.last
    await world.say("dee", "hi")
    await world.say("eli", "hi", reply_to="x", reply_author=Person("dee", "Dee"))
    await world.advance(days=1)
    await world.say("mod", "/newcomers")
    assert "5 people came and 4 of them wrote. 3 still wait" in world.last
    await world.leave("ana")
    await world.say("mod", "/newcomers")
    assert "5 people came and 4 of them wrote. 2 still wait" in world.last
    for who in ("bo", "eli"):
        await world.leave(who)
    await world.say("mod", "/newcomers")
    assert world.last.endswith("Nobody who is still here waits for an answer.")


async def test_a_bot_that_writes_is_no_member_who_wrote(world: World) -> None:
    message = await world.say("ana", "hello")
    await world.say("bo", "hi", reply_to=message, reply_author=Person("ana", "Ana"))
    for _ in range(3):
        await world.say(ROBOT, "beep", reply_to=message, reply_author=Person("ana", "Ana"))
    await world.say("ana", "good bot", reply_to="x", reply_author=ROBOT)
    stats = await figures(world.store, (await world.community()).name)
    assert (stats["members"], stats["authors"], stats["messages"]) == (2, 2, 3)
    assert (stats["reply_pairs"], stats["reply_weight"]) == (1, 1)
    assert list(stats["active_members"].values()) == [2]
    assert [each["people"] for each in stats["most_replied_to"]] == [1]
