"""A group becomes a supergroup and gets another id: points, settings and people follow, whichever id comes first."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from core.domain.community import Settings
from core.domain.events import Event, MessageSent, SpaceMigrated, SpaceOpened
from core.domain.people import Person
from core.store.unit import Store
from tests.world import World

OLD, NEW = "-7", "-1007"


def said(world: World, key: str, space: str, who: str = "ana", **more: Any) -> Event:
    person = Person(who, who.capitalize())
    return MessageSent(
        platform="fake", key=f"m:x{key}", space=space, at=world.clock.now(), actor=person, length=3, **more
    )


def moved(world: World, old: str = OLD, new: str = NEW) -> Event:
    return SpaceMigrated(platform="fake", key=f"g:{old}:{new}", space=old, at=world.clock.now(), to=new)


def opened(world: World, space: str) -> Event:
    return SpaceOpened(platform="fake", key=f"o:{space}", space=space, at=world.clock.now(), title="Data Kitchen")


async def homeless(store: Store) -> World:
    """Give a world that no space was opened in."""
    return World(store)


async def assert_one_place(world: World, messages: int) -> None:
    """Both ids lead to one space of one community, whose books have everything."""
    async with world.store.read() as unit:
        communities = await unit.communities.all()
        assert [each.name for each in communities] == ["Data Kitchen"]
        found = await unit.communities.spaces("fake", [OLD, NEW])
        assert {space.id for space in found.values()} == {found[OLD].id}
        assert found[NEW].external_id == NEW
        assert [space.id for space in await unit.communities.spaces_of(communities[0].id)] == [found[NEW].id]
        assert (await unit.interactions.totals(communities[0].id)).get("message") == messages
        assert await unit.parked.all() == []
        sums = await unit.ledger.sums(communities[0].id)
        members = await unit.members.all(communities[0].id)
    assert {member.id: member.balance for member in members} == sums


async def test_old_id_first_in_the_middle_of_a_batch(store: Store) -> None:
    world = await homeless(store)
    await world.hand_in(opened(world, OLD))
    await world.hand_in(said(world, "1", OLD), moved(world), said(world, "2", NEW, "bo"))
    await assert_one_place(world, 2)


async def test_new_id_first_in_the_middle_of_a_batch(store: Store) -> None:
    world = await homeless(store)
    await world.hand_in(opened(world, OLD))
    await world.hand_in(said(world, "1", OLD), said(world, "2", NEW, "bo"), moved(world))
    await assert_one_place(world, 2)


async def test_new_id_first_in_a_batch_of_its_own(store: Store) -> None:
    world = await homeless(store)
    await world.hand_in(opened(world, OLD), said(world, "1", OLD))
    settings = (await world.community(OLD)).settings
    world.clock.advance(timedelta(minutes=5))
    await world.hand_in(said(world, "2", NEW), said(world, "3", NEW, "bo", room="r1"))
    await world.hand_in(moved(world))
    await assert_one_place(world, 3)
    assert (await world.community(NEW)).settings == settings
    rules = settings.rules
    earned = rules.message_points("m:x1") + rules.message_points("m:x2")
    assert (await world.member("ana", space=NEW)).balance == earned
    await world.say("ana", "/points", space=NEW)
    assert world.last.startswith(f"{earned}")


async def test_the_new_id_is_opened_by_who_writes_there_while_the_move_is_booked(store: Store) -> None:
    world = await homeless(store)
    await world.hand_in(opened(world, OLD), said(world, "1", OLD))
    async with store.begin() as unit:
        other = await unit.communities.add("Data Kitchen", Settings(), world.clock.now())
        await unit.communities.open_space(other.id, "fake", NEW, "Data Kitchen", "supergroup", world.clock.now())
        moving = asyncio.create_task(world.hand_in(moved(world)))
        await asyncio.sleep(0.2)  # until it waits for the writer on SQLite, for the id on PostgreSQL
    await moving
    await world.hand_in(said(world, "2", NEW, "bo"))
    await assert_one_place(world, 2)


async def test_the_first_ever_heard_of_a_group_is_that_it_moved(store: Store) -> None:
    world = await homeless(store)
    await world.hand_in(moved(world))
    await world.hand_in(said(world, "1", NEW), opened(world, NEW), said(world, "2", OLD, "bo"))
    await assert_one_place(world, 2)


async def test_the_move_told_late_by_the_old_id_of_a_group_known_by_its_new(store: Store) -> None:
    world = await homeless(store)
    await world.hand_in(opened(world, NEW), said(world, "1", NEW))
    await world.hand_in(moved(world), said(world, "2", OLD, "bo"))
    await assert_one_place(world, 2)


async def test_a_move_told_again_after_the_next_changes_nothing(store: Store) -> None:
    world = await homeless(store)
    await world.hand_in(opened(world, "-6"), moved(world, "-6", OLD))
    await world.hand_in(moved(world))
    await world.hand_in(moved(world, "-6", OLD), said(world, "1", "-6"))
    await assert_one_place(world, 1)
