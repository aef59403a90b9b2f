"""Snapshots of the network over versions and days: read, counted anew, gone on from, and without who is erased."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from core.analysis.checkpoint import unpacked
from core.domain.network_result import NetworkResult
from core.domain.pictures import NetworkMap
from core.store.snapshots import Checkpoint
from core.store.tables.communities import rooms as rooms_table
from core.store.tables.snapshots import snapshots
from core.studies.network import BASELINE, KIND, take
from core.studies.network import network as study
from tests.flow.test_network import COMMANDS, GROUPS, agree, circle_in_a_room, talk, two_groups
from tests.world import World

EARLIER = json.loads(Path(__file__).with_name("earlier_snapshot.json").read_text("utf-8"))
LATER_FIELDS = {"people", "colour", "rooms", "since", "unnamed", "wrote"}  # of the result; the first versions had none


def without(part: dict[str, Any], names: set[str]) -> dict[str, Any]:
    circles = [{name: each[name] for name in each if name not in names} for each in part["circles"]]
    return {name: part[name] for name in part if name not in names} | {"circles": circles}


async def put_back(world: World, told: dict[str, Any], circles: dict[str, Any], parameters: dict[str, Any]) -> None:
    """Leave nothing but the snapshot of an earlier version in the database."""
    community = await world.community()
    async with world.store.begin() as unit:
        await unit.connection.execute(delete(snapshots))
        for kind, result in ((KIND, told), (BASELINE, circles)):
            row = {"community_id": community.id, "kind": kind, "day": 20_511, "parameters": parameters}
            await unit.connection.execute(insert(snapshots).values(row | {"result": result}))


async def of_members(world: World, part: dict[str, Any]) -> dict[str, Any]:
    ids = [(await world.member(each)).id for group in GROUPS for each in group]
    async with world.store.read() as unit:
        rooms = await unit.connection.execute(select(rooms_table.c.id).where(rooms_table.c.name == "help"))
        room = rooms.scalars().first()
    circles = [each | {"rooms": [room]} for each in part["circles"]]
    return part | {"members": [ids[number - 1] for number in part["members"]], "circles": circles}


@pytest.mark.parametrize("lost", [set(), LATER_FIELDS - {"people", "rooms"}, {"since", "unnamed", "wrote"}])
async def test_a_snapshot_of_an_earlier_version_is_read(world: World, lost: set[str]) -> None:
    await circle_in_a_room(world)
    parts = [without(await of_members(world, EARLIER[part]), lost) for part in ("told", "circles")]
    await put_back(world, *parts, EARLIER["told"]["parameters"])
    await world.say("mod", "/network")
    assert world.last.startswith("10 people have written, reacted or been addressed until 27 February")
    picture = world.sent[-1].outgoing.picture
    assert isinstance(picture, NetworkMap)
    assert [(each.label, each.colour) for each in picture.circles] == [("#help", 0), ("#help 2", 1)]
    for command in COMMANDS:
        await world.say("mod", command)
        assert "27 February" in world.last or command in {"/connect", "/keypeople"}
    await world.advance(days=1)
    await world.say("mod", "/circles")
    assert "\n#help · 5 people" in world.last


@pytest.mark.parametrize(
    ("told", "version"),
    [({"of": "another time"}, 1), (EARLIER["told"] | {"health": None}, 1), (EARLIER["told"], 99)],
    ids=["other", "broken", "newer"],
)
async def test_a_snapshot_that_cant_be_read_is_counted_anew(world: World, told: dict[str, Any], version: int) -> None:
    await two_groups(world)
    await put_back(world, told, told, {"version": version})
    await world.say("mod", "/network")
    assert world.last == "I'm counting who talks with whom. The answer comes in a moment."
    await world.engine.due()
    await world.deliver()
    assert world.last.startswith("10 people have written, reacted or been addressed until 2 March")


async def test_a_day_goes_on_from_the_day_before_as_if_all_were_counted_anew(world: World) -> None:
    await two_groups(world)
    await agree(world, *GROUPS[0], *GROUPS[1])
    community = await world.community()
    await world.advance(days=1)
    first = await checkpoint(world)
    for _ in range(2):
        await talk(world, "ana", "gus")
        await world.join("noor")
        await talk(world, "noor", "ben")
        await world.advance(days=1)
    left = await checkpoint(world)
    assert first is not None
    assert left is not None
    assert left.position > first.position
    async with world.store.read() as unit:
        told = await unit.snapshots.newest(community.id, KIND, NetworkResult)
        anew = await study.load(await study.reading(unit, community.id, world.clock.now(), anew=True))
    assert told is not None
    assert anew is not None
    whole = take(anew).result
    for part in ("people", "named", "tied", "until"):
        assert getattr(told.result, part) == getattr(whole, part)
    assert asdict(told.result.health) == pytest.approx(asdict(whole.health), abs=1e-5)
    assert asdict(told.result.weeks[-1]) == pytest.approx(asdict(whole.weeks[-1]), abs=1e-5)
    assert told.result.newcomers.came == whole.newcomers.came


async def test_nothing_of_who_is_erased_goes_on_to_the_next_day(world: World) -> None:
    await two_groups(world)
    await world.advance(days=1)
    assert await checkpoint(world) is not None
    await world.say("ana", "/forgetme")
    await world.press("ana", "Erase everything")
    assert await checkpoint(world) is None
    await world.advance(days=1)
    member_ids = unpacked((await checkpoint(world)).content)[0].members
    assert len(member_ids) == 9


async def checkpoint(world: World) -> Checkpoint | None:
    """Return what the last snapshot left to the next."""
    community = await world.community()
    async with world.store.read() as unit:
        return await unit.snapshots.checkpoint(community.id, KIND)
