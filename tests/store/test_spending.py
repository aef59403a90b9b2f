"""Balances move by atomic statements: whoever comes at once, nobody spends what isn't there."""

from __future__ import annotations

import asyncio

from core.store.unit import Store
from tests.world import World


async def test_a_hundred_spends_at_once_without_any_lock(store: Store, world: World) -> None:
    for _ in range(3):
        await world.say("ana", "/checkin")
        await world.advance(days=1)
    member = await world.member("ana")

    async def spend() -> bool:
        async with store.begin() as unit:
            return await unit.members.spend(member.id, 5)

    paid = await asyncio.gather(*(spend() for _ in range(100)))
    assert sum(paid) == member.balance // 5
    assert (await world.member("ana")).balance == member.balance % 5


async def test_a_hundred_takers_of_the_last_three(store: Store, world: World) -> None:
    community = await world.community()
    async with store.begin() as unit:
        benefit = await unit.benefits.add(community.id, "Mug", 1, 3, world.clock.now())

    async def take() -> bool:
        async with store.begin() as unit:
            return await unit.benefits.take_one(benefit)

    assert sum(await asyncio.gather(*(take() for _ in range(100)))) == 3
