"""A world that is put back is the one that was lived through, and goes on as that would have."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from core.store.tables import metadata
from core.store.unit import Store
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.again import again
from tests.world.postgres import emptied


async def lived(world: World) -> None:
    await world.open()
    await with_people(world)
    await set_up(world, "bounty daily 10:00 hours=48 most=50 each=2 days=3")
    await world.say("ana", "/checkin")
    world.platforms["fake"].roles["ana"] = {"regular"}
    await world.advance(days=1)


async def there(world: World) -> list[Any]:
    """Return all that there is of a world."""
    async with world.store.read() as unit:
        rows = {
            name: sorted(map(repr, await unit.connection.execute(table.select())))
            for name, table in metadata.tables.items()
        }
    return [rows, world.clock.now(), repr(world._ids), deepcopy(world.platforms["fake"])]


async def went_on(world: World) -> list[str]:
    """Let something happen in which everything before has a say, and return what was said."""
    world.platforms["fake"].roles["ana"].clear()
    await world.advance(hours=3)
    await world.say("ana", "/points")
    await world.join("dana")
    await world.say("dana", "hello")
    await world.advance(days=2)
    return world.texts


async def test_what_is_put_back_is_what_was_there(store: Store, database_url: str) -> None:
    first = await again(store, lived)
    before, said = await there(first), await went_on(first)
    assert await there(first) != before
    for _ in range(2):
        if store.kind == "PostgreSQL":
            emptied(database_url)
        await store.close()
        put_back = await again(store, lived)
        assert await there(put_back) == before
        assert await went_on(put_back) == said
