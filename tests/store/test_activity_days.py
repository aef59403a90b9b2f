"""Who is active on days: each person once, of however many accounts, and nobody whom Kith doesn't serve."""

from __future__ import annotations

from random import Random
from typing import Any

from core.domain.clock import day_number
from core.store.activity_days import Active
from core.store.tables.members import accounts, members
from core.store.tables.rollups import activity_days
from tests.world import World

FIRST, END = 100, 104


def counted(rows: list[tuple[int, int, int]], days: range) -> Active:
    """Return what there is of (person, day, messages) rows, person by person."""
    here = [row for row in rows if row[1] in days]
    return Active(
        len({person for person, _, _ in here}),
        len({person for person, _, messages in here if messages}),
        sum(messages for *_, messages in here),
    )


async def test_people_of_several_accounts_count_once_and_others_not_at_all(world: World) -> None:
    await world.open()
    community, random = await world.community(), Random(4)
    here: dict[str, Any] = {"community_id": community.id}
    unserved: list[dict[str, Any]] = [{"consent": "out"}, {"bot": True}, {"erased_at": world.clock.now()}]
    rows = []
    async with world.store.begin() as unit:
        for person in range(1_000, 1_030):
            kept = {"consent": "counted", "name": "", "bot": False, "erased_at": None, "tier": 0}
            own = kept | (unserved[person % 3] if person % 5 == 0 else {})
            await unit.connection.execute(members.insert().values(id=person, **here, **own))
            for number in range(1 + person % 3):
                account = person * 10 + number
                named = {"platform": "fake", "external_id": str(account), "name": "", "folded_name": ""}
                own_account = here | named | {"id": account, "member_id": person}
                await unit.connection.execute(accounts.insert().values(own_account))
                for day in random.sample(range(FIRST - 1, END + 1), 3):
                    messages = random.choice([0, 0, 2])
                    done = {"account_id": account, "day": day, "messages": messages, "reactions": 1}
                    await unit.connection.execute(activity_days.insert().values(here | done))
                    rows += [(person, day, messages)] if person % 5 else []
    async with world.store.read() as unit:
        by_day = await unit.rollups.by_day(community.id, (FIRST, END))
        whole = await unit.rollups.active_in(community.id, (FIRST, END))
        nothing = await unit.rollups.active_in(community.id, (END + 1, day_number(world.clock.now())))
    assert by_day == {day: counted(rows, range(day, day + 1)) for day in range(FIRST, END)}
    assert whole == counted(rows, range(FIRST, END))
    assert nothing == Active()
