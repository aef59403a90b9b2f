"""Whatever people do: the ledger adds up, nobody falls below zero, and what comes twice counts once."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.events import (
    CommandCalled,
    Event,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
)
from core.domain.people import Person
from tests.world import World

PEOPLE = ("ana", "bo", "cy")
RUNS = count(1)
COMMANDS = ("checkin", "thanks", "points", "redeem", "consent", "leaderboard", "link", "unlink", "tier", "nonsense")
ARGUMENTS = ("", "@bo", "ana", "out", "counted", "zz", "7")

steps = st.lists(
    st.tuples(
        st.sampled_from(["say", "reply", "react", "unreact", "delete", "join", "leave", *COMMANDS]),
        st.sampled_from(PEOPLE),
        st.integers(0, 5),
        st.sampled_from(ARGUMENTS),
        st.sampled_from([0, 30, 61, 90_000]),
    ),
    min_size=1,
    max_size=15,
)
quick = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def told(world: World, script: list[tuple[str, str, int, str, int]]) -> list[Event]:
    """Return a script as events of its own, the clock moving on between them."""
    run = f"r{next(RUNS)}"
    events: list[Event] = []
    for place, (what, who, which, argument, seconds) in enumerate(script):
        now = world.clock.advance(timedelta(seconds=seconds))
        base: dict[str, Any] = {"platform": "fake", "space": "home", "at": now, "actor": Person(who, who.capitalize())}
        message = f"{run}-{which}"
        key = f"m:{run}-{place}"
        if what in ("say", "reply"):
            events.append(MessageSent(**base, key=key, reply_to=message if what == "reply" else None, length=3))
        elif what == "react":
            events.append(ReactionAdded(**base, key=key, message=message, emoji="👍"))
        elif what == "unreact":
            events.append(ReactionRemoved(**base, key=key, message=message, emoji="👍"))
        elif what == "delete":
            events.append(MessageDeleted(**{**base, "actor": None}, key=key, message=message))
        elif what in ("join", "leave"):
            events.append((MemberJoined if what == "join" else MemberLeft)(**base, key=key))
        else:
            mentions = {argument: Person(argument[1:], argument[1:].capitalize())} if argument[:1] == "@" else {}
            events.append(CommandCalled(**base, key=key, name=what, text=argument, mentions=mentions))
    return events


async def books(world: World) -> tuple[list[Any], dict[int, int]]:
    community = await world.community()
    async with world.store.read() as unit:
        return await unit.members.all(community.id), await unit.ledger.sums(community.id)


async def faults(world: World) -> list[str]:
    return [text for text in world.texts if "K-" in text]


@quick
@given(script=steps)
async def test_the_ledger_adds_up_after_anything(world: World, script: list[tuple[str, str, int, str, int]]) -> None:
    for event in told(world, script):
        await world.hand_in(event)
    members, sums = await books(world)
    assert {m.id: m.balance for m in members} == {m.id: sums.get(m.id, 0) for m in members}
    assert all(member.balance >= 0 for member in members)
    assert await faults(world) == []
    async with world.store.read() as unit:
        assert await unit.parked.all() == []


@quick
@given(script=steps)
async def test_what_comes_twice_counts_once(world: World, script: list[tuple[str, str, int, str, int]]) -> None:
    events = told(world, script)
    await world.hand_in(*events)
    before, said = await books(world), len(world.sent)
    await world.hand_in(*events)
    for event in reversed(events):
        await world.hand_in(event)
    assert await books(world) == before
    assert len(world.sent) == said
