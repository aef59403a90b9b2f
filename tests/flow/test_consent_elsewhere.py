"""Erasure where somebody is in more than one community: what goes, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

from core.domain.events import MessageSent
from core.domain.people import Person
from core.kit.joining import take_in
from tests.flow.test_consent import everything
from tests.world import World


async def in_two(world: World) -> tuple[MessageSent, MessageSent]:
    """Let Annabel write in two communities, and return what she wrote."""
    await world.open("annex", "Annex")
    ana, at = Person("annabel", "Annabel"), world.clock.now()
    first, second = (
        MessageSent(platform="fake", key=f"m:{space}", space=space, at=at, actor=ana, length=5)
        for space in ("home", "annex")
    )
    await world.hand_in(first, second)
    await world.advance(hours=1)
    return first, second


async def named(world: World, space: str) -> list[str]:
    community = await world.community(space)
    async with world.store.read() as unit:
        return [member.name for member in await unit.members.all(community.id) if member.name]


async def test_forgetting_in_one_community_leaves_the_other_alone(world: World) -> None:
    written = await in_two(world)
    await world.say("annabel", "/forgetme")
    assert "You are in other communities of mine as well: Annex." in world.last
    await world.press("annabel", "Erase me here")
    assert world.last.startswith("Everything about you is erased. If")
    await world.hand_in(*written)
    # What is late of her, from before, is kept out here and taken in there.
    late = [replace(event, key=f"{event.key}:late") for event in written]
    await world.hand_in(*late)
    assert (await named(world, "home"), await named(world, "annex")) == ([], ["Annabel"])
    member = await world.member("annabel", "annex")
    async with world.store.read() as unit:
        accounts = [account.id for account in await unit.members.accounts_of([member.id])]
        kept = await unit.erasure.export([member.id], accounts)
    assert sorted(row["event_key"] for row in kept["interactions"]) == ["m:annex", "m:annex:late"]


async def test_forgetting_everywhere_reaches_every_community_and_what_is_linked_there(world: World) -> None:
    written = await in_two(world)
    await world.say("bella", "hello", space="annex")
    mine, other = await world.member("annabel", "annex"), await world.member("bella", "annex")
    await world.say("bella", "hello")
    async with world.store.begin() as unit:
        linked = (await unit.members.accounts_of([other.id]))[0]
        await unit.members.move_account(linked.id, mine.id)
        await unit.members.recount([mine.id, other.id])
    await world.say("annabel", "/forgetme")
    await world.press("annabel", "Erase me everywhere")
    assert world.last.startswith("Everything about you is erased, in every community that I know.")
    await world.hand_in(*(replace(event, key=f"{event.key}:late") for event in written))
    assert (await named(world, "home"), await named(world, "annex")) == ([], [])
    for space in ("home", "annex"):
        community = await world.community(space)
        async with world.store.read() as unit:
            assert [deed.action for deed in await unit.audit.newest(community.id, 5)] == ["forgotten"]


async def test_a_community_taken_in_brings_its_erasures(world: World) -> None:
    written, _ = await in_two(world)
    await world.say("annabel", "/forgetme")
    await world.press("annabel", "Erase me here")
    home, annex = await world.community(), await world.community("annex")
    async with world.store.begin() as unit:
        await take_in(unit, home.id, annex.id, world.clock.now())
    async with world.store.read() as unit:
        assert {where for _, where in await unit.erasure.all()} == {annex.id}
    before = len(await everything(world))
    await world.hand_in(replace(written, key="m:late"))
    assert len(await everything(world)) == before
