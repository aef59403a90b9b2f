"""Rows written many at a time keep every sign, on both databases."""

from __future__ import annotations

import pytest

from core.domain.people import Consent, Person
from core.store.members import Newcomer
from tests.world import World
from tests.world.world import START

NAMES = ['"', "\\", '\\"', "a,b", "{x}", "NULL", "None", "O'Hara", "李伟", "a\\nb", "🙂", "%s"]
PLAIN = [name for name in NAMES if not {'"', "\\"}.intersection(name)]  # these are written all at once


@pytest.mark.parametrize("names", [NAMES, PLAIN, ["NULL", "NULL"]], ids=["any", "plain", "the same"])
@pytest.mark.parametrize("of", ["by name", "by id"])
async def test_whatever_people_are_called_they_are_found_again(world: World, of: str, names: list[str]) -> None:
    community = await world.community()
    names = list(dict.fromkeys(names)) if of == "by id" else names
    people = [Person(each if of == "by id" else f"u{place}", each, each) for place, each in enumerate(names)]
    async with world.store.begin() as unit:
        made = await unit.members.enrol(
            [Newcomer(community.id, "fake", each, Consent.COUNTED, START) for each in people]
        )
    async with world.store.read() as unit:
        found, owners = await unit.members.find_owned("fake", {community.id: [each.id for each in people]})
    assert [found[community.id, each.id] for each in people] == [account for account, _ in made]
    assert [owners[account.member_id] for account, _ in made] == [member for _, member in made]
    assert [account.name for account, _ in made] == names
