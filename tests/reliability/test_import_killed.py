"""kill -9 of an import at any moment: all of it is there or nothing, and the next one brings what is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.engine.history import clear_killed
from core.store.unit import Store
from tests.reliability.books import Books, assert_adds_up, books, difference
from tests.reliability.dying_import import bring
from tests.world import World

ROOT = Path(__file__).parents[2]
EACH = 3  # of so many moments, one


@pytest.fixture
async def before(sqlite_template: Path, tmp_path: Path) -> Path:
    """Give a community in which something happened, to be copied for every moment."""
    url = f"sqlite:///{tmp_path / 'before.db'}"
    (tmp_path / "before.db").write_bytes(sqlite_template.read_bytes())  # noqa: ASYNC240  nothing else runs
    store = Store(url)
    world = World(store)
    await world.open()
    message = await world.say("ana", "hello")
    await world.say("li", "good to see you", reply_to=message)
    await world.advance(days=1)
    await store.empty_log()
    await store.close()
    return tmp_path / "before.db"


async def seen_by_all(url: str) -> tuple[Books, list[str]]:
    """Return the books of what is seen, and which events."""
    store = Store(url)
    async with store.read() as unit:
        home = (await unit.communities.all())[0]
        keys = [row.event_key async for row in unit.interactions.in_order(home.id)]
    await store.close()
    kept = books(url)
    del kept["interactions"], kept["members"], kept["communities"]
    return kept, sorted(keys)


async def test_all_or_nothing_whatever_the_moment(before: Path, tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: ASYNC221  nothing else runs
        [sys.executable, "-m", "tests.reliability.dying_import", str(before), str(tmp_path / "{}.db"), str(EACH)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    moments = int(done.stdout)
    assert moments > 15
    nothing = await seen_by_all(f"sqlite:///{before}")
    whole = await seen_by_all(f"sqlite:///{tmp_path / f'{moments * EACH}.db'}")
    final = books(f"sqlite:///{tmp_path / f'{moments * EACH}.db'}")
    ends = []
    for number in range(moments):
        url = f"sqlite:///{tmp_path / f'{number * EACH}.db'}"
        found = await seen_by_all(url)
        assert found in (nothing, whole), f"moment {number * EACH}"
        ends.append(found == whole)
        store = Store(url)
        await clear_killed(store)
        await store.close()
        if number % 5 == 0:
            await bring(url)
            assert difference(books(url), final) == {}
            assert_adds_up(url)
    assert ends == sorted(ends)
    assert not all(ends)
