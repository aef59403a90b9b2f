"""Time together in voice rooms ties people, and is presence without points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import pytest

from core.domain.clock import day_number
from core.domain.events import VoiceLeft
from core.domain.people import Person
from tests.world import World


def stay(world: World, who: str, since: int, until: int, room: str = "talk") -> VoiceLeft:
    """Return a stay from one minute of the hour before now to another."""
    hour = world.clock.now() - timedelta(hours=1)
    times: dict[str, datetime] = {"at": hour + timedelta(minutes=until), "since": hour + timedelta(minutes=since)}
    key = f"v:{who}:{times['at'].isoformat()}"
    return VoiceLeft(platform="fake", key=key, space="home", room=room, actor=Person(who, who.capitalize()), **times)


async def ties(world: World) -> dict[tuple[str, str], int]:
    """Return what time together counts for each pair of people."""
    community = await world.community()
    async with world.store.read() as unit:
        names = {member.id: member.name for member in await unit.members.all(community.id)}
        rows = await unit.rollups.ties(community.id)
    return {(names[row[0]], names[row[1]]): row[-1] for row in rows}


async def test_time_together_ties_both_ways_whenever_it_is_rolled_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.rollups.BATCH", 2)
    await world.hand_in(stay(world, "ana", 0, 40))
    await world.advance(minutes=1)
    await world.hand_in(
        stay(world, "li", 9, 59),  # a minute later: 30 with Ana
        stay(world, "noor", 0, 59, room="games"),
        stay(world, "bo", 50, 59),  # nine minutes with Li: too little to count
        stay(world, "out", 0, 59, room="games"),
    )
    await world.engine.due()
    assert await ties(world) == {
        ("Ana", "Li"): 3,
        ("Li", "Ana"): 3,
        ("Noor", "Out"): 5,
        ("Out", "Noor"): 5,
    }


async def test_a_pairs_day_counts_an_hour_at_most(world: World) -> None:
    hour = timedelta(hours=1)
    for _ in range(3):
        world.clock.advance(hour)
        await world.hand_in(stay(world, "ana", 0, 59), stay(world, "li", 0, 59))
    await world.engine.due()
    assert await ties(world) == {("Ana", "Li"): 6, ("Li", "Ana"): 6}


async def test_it_is_presence_and_gives_no_points_and_who_is_out_leaves_no_trace(world: World) -> None:
    await world.say("noor", "/consent out")
    await world.press("noor", "Yes, leave me out")
    await world.hand_in(stay(world, "ana", 0, 30), stay(world, "noor", 0, 30))
    await world.engine.due()
    ana, noor = await world.member("ana"), await world.member("noor")
    assert (ana.balance, await ties(world)) == (0, {})
    async with world.store.read() as unit:
        assert await unit.rollups.presence(ana.community_id, world.clock.now()) == {ana.id: 1}
        rows = [row async for row in unit.interactions.in_order(ana.community_id)]
    kept = [(row.account_id, row.amount, day_number(row.at)) for row in rows if row.kind == "voice"]
    assert [(who is None, minutes) for who, minutes, _ in kept] == [(False, 30), (True, 30)]
    assert noor.balance == 0


async def test_a_community_tied_by_voice_alone_has_a_network(world: World) -> None:
    world.moderator("mod")
    await world.hand_in(stay(world, "ana", 0, 40), stay(world, "li", 0, 40))
    await world.say("mod", "/network")
    await world.advance(minutes=1)
    assert "2 of them have ties to others, 2 since the beginning." in world.last
    await world.say("ana", "/consent personal")
    await world.say("ana", "/mycircle")
    assert world.last.splitlines()[0] == "You have ties with 1 person: you addressed 0, and 0 addressed you."


async def test_what_came_behind_makes_of_the_ties_before_those_of_now(world: World) -> None:
    community = await world.community()

    async def told(start: int = 0) -> tuple[int, Counter[tuple[int, int, int]], Counter[tuple[int, int, int]]]:
        await world.engine.due()
        async with world.store.read() as unit:
            end = await unit.rollups.position(community.id)
            all_, new = await unit.rollups.ties(community.id), await unit.rollups.ties_behind(community.id, start, end)
        return end, summed(all_), summed(new)

    await world.hand_in(stay(world, "ana", 0, 40), stay(world, "li", 9, 24))
    end, before, new = await told()
    assert before == new
    assert set(before.values()) == {1}
    await world.hand_in(stay(world, "li", 25, 40), stay(world, "noor", 0, 30))
    _, now, new = await told(end)
    assert before + new == now
    assert sorted(now.values()) == [2, 2, 3, 3, 3, 3]  # Li and Noor 20 minutes, each of them and Ana 30


def summed(rows: Iterable[Sequence[int]]) -> Counter[tuple[int, int, int]]:
    found: Counter[tuple[int, int, int]] = Counter()
    for one, other, day, times in rows:
        found[one, other, day] += times
    return found
