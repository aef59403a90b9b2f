"""Reactions that need what isn't in memory: looked up once a batch, and what is done behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

import core.activities
import core.features
import tests.world.features
from core.domain.events import MessageSent
from core.domain.people import Person
from core.engine.registry import discover
from core.store.tables.audit import audit
from core.store.tables.interactions import interactions
from tests.world import World
from tests.world.features import comeback
from tests.world.features.comeback import POINTS, ROOM, names, wrote_lately


@pytest.fixture
def asking(world: World) -> Iterator[World]:
    world.engine.registry = discover(core.features, core.activities, tests.world.features)
    comeback.looked.clear()
    yield world
    comeback.looked.clear()


def _written(world: World, key: str, who: str, space: str = "home", **more: Any) -> MessageSent:
    given = {"at": world.clock.now(), "length": 5, "room": ROOM, **more}
    return MessageSent(platform="fake", key=key, space=space, actor=Person(who, who.capitalize()), **given)


async def test_it_asks_once_for_all_that_a_batch_holds(asking: World) -> None:
    await asking.hand_in(*(_written(asking, f"m:{place}", f"p{place % 3}") for place in range(40)))
    await asking.hand_in(_written(asking, "m:0", "p0"), _written(asking, "m:99", "p0"))  # the first came before
    assert comeback.looked == [40, 1]
    await asking.say("p1", "/points")
    assert comeback.looked == [40, 1]


async def test_what_was_looked_up_decides_in_each_community_by_itself(asking: World) -> None:
    await asking.hand_in(_written(asking, "m:1", "ana"), _written(asking, "m:2", "ana"))
    first = (await asking.member("ana")).earned
    assert first >= POINTS
    await asking.hand_in(_written(asking, "m:3", "ana"), _written(asking, "m:4", "ana", space="other"))
    assert (await asking.member("ana")).earned < first + POINTS
    assert (await asking.member("ana", space="other")).earned >= POINTS
    await asking.advance(days=31)
    await asking.hand_in(_written(asking, "m:5", "ana"))
    assert (await asking.member("ana")).earned >= first + POINTS


async def test_what_runs_behind_the_reactions_may_write_and_is_written_with_them(asking: World) -> None:
    await asking.hand_in(*(_written(asking, f"m:{place}", "ana") for place in range(3)))
    await asking.hand_in(_written(asking, "m:9", "ana", room="elsewhere"))
    async with asking.store.read() as unit:
        rows = await unit.connection.execute(select(audit.c.action, audit.c.detail))
        assert [(row.action, row.detail) for row in rows] == [("lounge", {"messages": 3})]


async def test_reactions_to_facts_ask_alike(asking: World) -> None:
    await asking.hand_in(_written(asking, "m:1", "ana"), _written(asking, "m:2", "bo"))
    async with asking.store.read() as unit:
        found = select(interactions.c.subject).where(interactions.c.subject.is_not(None)).order_by(interactions.c.id)
        subjects = list((await unit.connection.execute(found)).scalars())
    assert subjects == ["party of Ana", "party of Bo"]


async def test_what_was_not_declared_for_it_says_so(asking: World) -> None:
    seen: list[str] = []
    for each in (wrote_lately, names):
        assert each in {loader.handler for loader in asking.engine.registry.loaders}

    def look(happening: Any, event: MessageSent) -> None:
        with pytest.raises(LookupError, match="names isn't declared for what happened here"):
            happening.loaded(names)
        seen.append(event.key)

    registry = asking.engine.registry
    (reaction, *_) = registry.reactions[MessageSent]
    registry.reactions[MessageSent] = (*registry.reactions[MessageSent], type(reaction)(MessageSent, look))
    await asking.hand_in(_written(asking, "m:1", "ana", room="elsewhere"))
    assert seen == ["m:1"]
