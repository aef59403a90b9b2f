"""What is known before a day: rows of that day or later never come back, whatever midnight is where people live."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.domain.clock import day_number, day_start
from core.domain.events import MessageSent
from core.domain.people import Person
from core.domain.silence import ACTS
from core.store.tables.interactions import interactions
from tests.world import World

ANA, BEN = Person("ana", "Ana"), Person("ben", "Ben")


async def everything(world: World, until: int) -> list[object]:
    community = await world.community()
    async with world.store.read() as unit:
        members = await unit.members.who(community.id)
        places = {each.id: place for place, each in enumerate(members)}
        return [
            await unit.past.active_days(community.id, until, places),
            await unit.past.ties(community.id, until, places),
            await unit.past.acts(community.id, until, places, ACTS),
            await unit.past.newest_day(community.id, until),
        ]


async def happen(world: World, at: datetime, number: int) -> None:
    """Let everything that is looked at happen at a time."""
    given: dict[str, Any] = {"platform": "fake", "space": "home", "at": at}
    await world.engine.accept(
        [
            MessageSent(**given, key=f"m:p{number}", actor=ANA),
            MessageSent(**given, key=f"m:q{number}", actor=BEN, reply_to=f"p{number}", reply_author=ANA),
        ]
    )
    community = await world.community()
    ana = await world.member("ana")
    async with world.store.begin() as unit:
        account = (await unit.members.identity(ana.id))[0][0]
        space = (await unit.communities.spaces_of(community.id))[0]
        for kind in ACTS:
            row = {"platform": "fake", "event_key": f"{kind}:{number}", "community_id": community.id, "amount": 1}
            more = {"space_id": space.id, "kind": kind, "account_id": account, "subject": "item:1", "at": at}
            await unit.connection.execute(interactions.insert().values(row | more))
    await world.engine.due()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
async def test_what_comes_at_the_cut_off_or_after_stays_out_in_any_zone(world: World, zone: str) -> None:
    await world.open()
    await world.set(timezone=zone)
    until = day_number(world.clock.now())
    cutoff = day_start(until)
    await happen(world, cutoff - timedelta(seconds=1), 0)
    before = await everything(world, until)
    assert before[3] == until - 1
    local = cutoff.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0)
    midnights = [local + timedelta(days=day) for day in range(3)]
    late = [cutoff, cutoff + timedelta(microseconds=1), *(each for each in midnights if each >= cutoff)]
    for number, at in enumerate(late, 1):
        await happen(world, at, number)
        assert await everything(world, until) == before
    assert await everything(world, until + 1) != before
