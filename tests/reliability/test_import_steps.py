"""kill -9 at each step of an import, into a community that is there or one that it founds: the next brings it all."""

from __future__ import annotations

import asyncio
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
    set_back(monkeypatch)


def set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in ((history, "EVENTS"), (stages, "ROWS"), (import_points, "ENTRIES")):
        monkeypatch.setattr(owner, name, getattr(owner, name))


async def talked(store: Store) -> World:
    world = World(store)
    await world.open()
    message = await world.say("ana", "hello", room="r0")
    await world.say("li", "good to see you", room="r0", reply_to=message)
    await world.advance(hours=1)
    return world


@pytest.fixture(scope="module")
def imported(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give for each place a database into which the history came at once, to compare with."""
    folder = tmp_path_factory.mktemp("imported")
    return {place: asyncio.run(_imported(folder / f"{place}.db", sqlite_template, place)) for place in PLACES}


async def _imported(path: Path, template: Path, place: str) -> str:
    path.write_bytes(template.read_bytes())  # noqa: ASYNC240  nothing else runs
    async with opened(f"sqlite:///{path}") as store:
        await talked(store)
    with pytest.MonkeyPatch.context() as patch:
        set_back(patch)
        await bring(f"sqlite:///{path}", *PLACES[place])
    return f"sqlite:///{path}"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("step", STEPS)
async def test_the_same_import_ends_as_if_it_had_never_been_killed(
    database_url: str, store: Store, imported: dict[str, str], step: str, place: str
) -> None:
    name, space = PLACES[place]
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
    assert difference(books(database_url), books(imported[place])) == {}
    assert_adds_up(database_url)
    for count in COUNTS:
        assert await read(world, count, space) == await by_hand(world, count, space)
