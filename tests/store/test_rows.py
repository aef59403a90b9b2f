"""Rows written many at a time keep every sign, on both databases."""

from __future__ import annotations

import pytest

from core.domain.people import Consent, Person
from core.store.members import Newcomer
from tests.world import World
from tests.world.world import START

NAMES = ['"', "\\", '\\"', "a,b", "{x}", "NULL", "None", "O'Hara", "李伟", "a\\nb", "🙂", "%s"]


@pytest.mark.parametrize("name", ["by name", "by id"])
async def test_whatever_people_are_called_they_are_found_again(world: World, name: str) -> None:
    community = await world.community()
    people = [Person(each if name == "by id" else f"u{place}", each, each) for place, each in enumerate(NAMES)]
    async with world.store.begin() as unit:
        made = await unit.members.enrol(
            [Newcomer(community.id, "fake", each, Consent.COUNTED, START) for each in people]
        )
    async with world.store.read() as unit:
        found, owners = await unit.members.find_owned("fake", {community.id: [each.id for each in people]})
    assert [found[community.id, each.id] for each in people] == [account for account, _ in made]
    assert [owners[account.member_id] for account, _ in made] == [member for _, member in made]
    assert [account.name for account, _ in made] == NAMES
