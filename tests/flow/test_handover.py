"""What came before a bridge is split: given over with all that is rolled up of it, as if it were counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from core.domain.events import MessageSent, Spoken
from core.domain.history import Chapter, Record
from core.domain.people import Consent, Person
from core.engine.history import Taken, import_history
from core.engine.news import roll_up
from core.store.tables.counts import counts
from core.store.tables.rollups import activity_days, positions, tie_days
from tests.flow.test_bridges import ties
from tests.world import World

ANA = Person("ana", "Ana")
ROLLED_UP = (activity_days, tie_days, counts)


def told(world: World, bot: Person, spoken: dict[str, str], **more: Any) -> Iterator[Chapter | Record]:
    """Tell messages of a bridge, each with whom it is of, as an export of the same space does."""
    yield Chapter("home", "Data Kitchen", "group", "r1", "room")
    for number, (message, name) in enumerate(spoken.items()):
        at = world.clock.now() - timedelta(hours=1, minutes=-number)
        given: dict[str, Any] = {"platform": "fake", "key": f"m:{message}", "space": "home", "room": "r1", "at": at}
        yield Record((MessageSent(**given, **more, actor=bot, spoken=Spoken(name)),))


async def bring(world: World, bot: Person, spoken: dict[str, str], **more: Any) -> Taken:
    now = world.clock.now()
    history = told(world, bot, spoken, **more)
    return await import_history(
        world.store, world.engine.sealer.hash, "fake", "Data Kitchen", history, path="x", now=now, bridges=["99"]
    )


async def somebody_is_out(world: World, bot: Person) -> None:
    """Let max, who speaks through the bridge, be left out, and the owner not have decided on the bridge."""
    await bring(world, bot, {"early": "max"})
    member = await world.member("bridge:99:max")
    member.consent = Consent.OUT
    async with world.store.begin() as unit:
        await unit.members.save([member])
    await world.set(bridges="open")


async def rolled_up(world: World) -> list[list[Any]]:
    """Return the roll-ups' rows that hold anything."""
    keys = [len(table.primary_key.columns) + (table is not counts) for table in ROLLED_UP]
    async with world.store.read() as unit:
        kept = [(await unit.connection.execute(select(table))).all() for table in ROLLED_UP]
    return [sorted(tuple(row) for row in rows if any(row[key:])) for rows, key in zip(kept, keys, strict=True)]


async def count_anew(world: World) -> None:
    async with world.store.begin() as unit:
        for table in (*ROLLED_UP, positions):
            await unit.connection.execute(delete(table))
    await roll_up(world.store, (await world.community()).id)


@pytest.mark.parametrize("is_bot", [True, False])
async def test_what_moves_is_rolled_up_as_if_counted_anew(world: World, is_bot: bool) -> None:
    bot = Person("99", "Bridgey", bot=is_bot)
    await somebody_is_out(world, bot)

    async def bridged(**more: Any) -> str:
        return await world.say(bot, "hello", room="r1", **more)

    async def say(**more: Any) -> str:
        return await world.say(ANA, "hello", room="r1", **more)

    kim = await bridged()
    answer = await say(reply_to=kim, reply_author=bot)
    await say(mentions=(bot,))
    lou = await bridged(reply_to=kim, reply_author=bot, mentions=(ANA,))
    gone = await bridged(reply_to=answer, reply_author=ANA, mentions=(ANA,))
    out = await bridged(reply_to=answer, reply_author=ANA, mentions=(ANA,))
    await say(reply_to=out, reply_author=bot)
    own = await bridged(reply_to=answer, reply_author=ANA)
    await say(reply_to=own, reply_author=bot)
    for message in (kim, lou, own):
        await world.react("li", message, room="r1", author=bot)
    await world.react("li", kim, room="r1", removed=True)
    await world.delete(gone, room="r1")
    await world.advance(days=1)

    taken = await bring(world, bot, {kim: "kim", lou: "lou", gone: "kim", out: "max"}, mentions=(ANA,))
    assert [each["moved"] for each in taken.bridges] == [4]
    found = await ties(world)
    assert {pair: times for pair, times in found.items() if "Bridgey" not in pair} == {
        ("Ana", "kim"): 1,
        ("lou", "kim"): 1,
        ("lou", "Ana"): 1,
        ("Li", "lou"): 1,
    }
    handed_over = await rolled_up(world)
    await count_anew(world)
    assert handed_over == await rolled_up(world)
