"""kill -9 at each step of an import, into a community that is there or one that it founds: the next brings it all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.engine import history, import_points
from core.store import stages
from core.store.counts import COUNTS
from core.store.unit import Store
from tests.reliability.books import assert_adds_up, books, difference
from tests.reliability.import_worker import STEPS, bring, importer
from tests.store.test_counts import by_hand, read
from tests.world import World
from tests.world.stores import opened

PLACES = {"there": ("Data Kitchen", "home"), "founded": ("Kitchen", "annex")}


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what the imports of these tests set be set back."""
    for owner, name in ((history, "EVENTS"), (stages, "ROWS"), (import_points, "ENTRIES")):
        monkeypatch.setattr(owner, name, getattr(owner, name))


async def talked(store: Store) -> World:
    world = World(store)
    await world.open()
    message = await world.say("ana", "hello", room="r0")
    await world.say("li", "good to see you", room="r0", reply_to=message)
    await world.advance(hours=1)
    return world


@pytest.fixture
async def other(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """Give a database to compare with."""
    path = tmp_path / "other.db"
    path.write_bytes(sqlite_template.read_bytes())  # noqa: ASYNC240  nothing else runs
    async with opened(f"sqlite:///{path}") as store:
        await talked(store)
        yield store


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("step", STEPS)
async def test_the_same_import_ends_as_if_it_had_never_been_killed(
    database_url: str, store: Store, other: Store, step: str, place: str
) -> None:
    name, space = PLACES[place]
    await bring(other.url, name, space)
    world = await talked(store)
    async with store.read() as unit:
        before = [(home, await unit.members.all(home.id)) for home in await unit.communities.all()]
    with importer(database_url, name, space, step) as (process, pipe):
        assert pipe.poll(60)
        assert pipe.recv() == step
        process.kill()
        process.join()
    async with store.read() as unit:
        after = [(home, await unit.members.all(home.id)) for home in await unit.communities.all()]
    assert (before == after) is (step != "published")

    await bring(database_url, name, space)
    assert difference(books(database_url), books(other.url)) == {}
    assert_adds_up(database_url)
    for count in COUNTS:
        assert await read(world, count, space) == await by_hand(world, count, space)
