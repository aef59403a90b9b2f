"""A world that many tests of a file begin with: lived through once for each kind of database, then put back.

What a community went through before a test begins takes longer than most tests do. Kith itself is built anew over what
is put back, as after a restart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from core.store.unit import Store
from tests.world.platform import FakePlatform
from tests.world.postgres import keep_rows, put_back
from tests.world.world import World


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is there besides the database, and of SQLite its file."""

    now: datetime
    number: int
    platforms: tuple[FakePlatform, ...]
    file: bytes
    name: str  # under which PostgreSQL keeps the rows


_KEPT: dict[tuple[str, str, str], _Kept] = {}


async def again(store: Store, live: Callable[[World], Awaitable[object]]) -> World:
    """Give a world in an empty database, not connected yet, as `live` leaves a new one."""
    key = (live.__module__, live.__qualname__, store.kind)
    if key not in _KEPT:
        world = World(store)
        await live(world)
        _KEPT[key] = _keep(world, f"kept_{len(_KEPT)}")
        return world
    kept = _KEPT[key]
    assert not store._engine.pool.checkedin(), "the database is put back before anybody looks into it"
    if store.kind == "SQLite":
        _path(store).write_bytes(kept.file)
    else:
        put_back(kept.name)
    world = World(store, *map(_copied, kept.platforms))
    world.clock.advance(kept.now - world.clock.now())
    world._ids = count(kept.number)
    return world


def _keep(world: World, name: str) -> _Kept:
    number, file = next(world._ids), b""
    world._ids = count(number)
    if world.store.kind == "SQLite":
        with closing(sqlite3.connect(_path(world.store))) as database:
            file = database.serialize()
    else:
        keep_rows(name)
    return _Kept(world.clock.now(), number, tuple(map(_copied, world.platforms.values())), file, name)


def _path(store: Store) -> Path:
    return Path(str(store._engine.url.database))


def _copied(platform: FakePlatform) -> FakePlatform:
    """Return a copy that shares what was sent, which nobody changes."""
    return deepcopy(platform, {id(each): each for each in (*platform.sent, *platform.polls, *platform.changed)})
