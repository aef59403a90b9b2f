"""Balances move by atomic statements: whoever comes at once, nobody spends what isn't there."""

from __future__ import annotations

import asyncio

from core.domain.points import Entry, Reason
from core.store.unit import Store
from tests.world import World


async def test_a_hundred_spends_at_once_without_any_lock(store: Store, world: World) -> None:
    for _ in range(3):
        await world.say("ana", "/checkin")
        await world.advance(days=1)
    member, community = await world.member("ana"), await world.community()
    async with store.read() as unit:
        account = (await unit.members.accounts_of([member.id]))[0]

    async def spend(number: int) -> bool:
        entry = Entry(account.id, -5, Reason.REDEEM, f"redeem:1:fake:{number}", world.clock.now())
        async with store.begin() as unit:
            return not (await unit.ledger.book([(community.id, entry)], floor=False)).refused

    paid = await asyncio.gather(*(spend(number) for number in range(100)))
    assert sum(paid) == member.balance // 5
    assert (await world.member("ana")).balance == member.balance % 5
    async with store.read() as unit:
        assert (await unit.ledger.sums(community.id))[member.id] == member.balance % 5


async def test_a_hundred_takers_of_the_last_three(store: Store, world: World) -> None:
    community = await world.community()
    async with store.begin() as unit:
        benefit = await unit.benefits.add(community.id, "Mug", 1, 3, world.clock.now())

    async def take() -> bool:
        async with store.begin() as unit:
            return await unit.benefits.take_one(benefit)

    assert sum(await asyncio.gather(*(take() for _ in range(100)))) == 3
