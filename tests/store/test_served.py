"""Whom Kith serves: the rule and its twin in SQL say the same of everybody there can be."""

from __future__ import annotations

from itertools import product

from sqlalchemy import select, update

from core.domain.people import Consent, Person, present, served
from core.store.members import PRESENT, SERVED, Newcomer
from core.store.tables.members import members
from tests.world import World


async def test_the_rule_and_its_twin_agree(world: World) -> None:
    community = await world.community()
    every = list(product(Consent, (False, True), (None, world.clock.now())))
    async with world.store.begin() as unit:
        newcomers = [
            Newcomer(community.id, "fake", Person(f"p{place}", f"P{place}", bot=bot), consent, None)
            for place, (consent, bot, _) in enumerate(every)
        ]
        made = [member for _, member in await unit.members.enrol(newcomers)]
        for member, (_, _, erased_at) in zip(made, every, strict=True):
            member.erased_at = erased_at
        await unit.members.save(made)
        gone = members.c.id.in_([member.id for member in made[:4]])
        await unit.connection.execute(update(members).where(gone).values(left_at=world.clock.now()))
    async with world.store.read() as unit:
        everybody = await unit.members.all(community.id)
        found = set((await unit.connection.execute(select(members.c.id).where(SERVED))).scalars())
        there = set((await unit.connection.execute(select(members.c.id).where(PRESENT))).scalars())
    assert len(everybody) == len(every)
    assert found == {member.id for member in everybody if served(member)}
    assert 0 < len(found) < len(everybody)
    assert there == {member.id for member in everybody if present(member)}
    assert 0 < len(there) < len(found)
