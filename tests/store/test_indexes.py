"""What every batch asks reads rows of its own, however many there are: SQLite is told which index that takes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from core.domain.events import VoiceLeft
from core.domain.tasks import Lane
from core.store.unit import Store
from migrations import create
from tests.world import World
from tests.world.stores import opened

GROWING = "interactions|ledger|tie_days|activity_days|outbox|tasks|runs"
# Through the whole table, or as far through it as a platform or community has rows; what is being sent is little.
LONG = re.compile(
    rf"^SCAN ({GROWING})\b|^SEARCH ({GROWING}) USING (?!.*claimed_until).*\((platform|community_id)=\?\)$"
)


@contextmanager
def asked(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Note every statement with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        seen.append((statement, parameters[0] if many else parameters))

    engine = store._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def plans(path: Path, statements: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield each step of how SQLite works statements out: (step, statement)."""
    with sqlite3.connect(path) as connection:
        for statement, parameters in statements:
            if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
                for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters):
                    yield step, statement


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    """Give a migrated SQLite file."""
    made = tmp_path / "kith.db"
    made.write_bytes(sqlite_template.read_bytes())
    return made


async def test_no_batch_reads_through_what_ever_came(path: Path) -> None:
    async with opened(f"sqlite:///{path}") as store:
        world = World(store)
        await world.open()
        for who in ("ana", "ben", "cho"):
            await world.join(who)
        await world.engine.due()
        with asked(store) as statements:
            said = await world.say("ana", "What is a window function?", room="r1")
            answer = await world.say("ben", "A sum that keeps its rows.", room="r1", reply_to=said)
            await world.react("cho", answer, room="r1")
            await world.react("cho", answer, removed=True, room="r1")
            await world.react("ana", answer, room="r1")
            await world.happen(VoiceLeft, "ana", room="v1", since=world.clock.now() - timedelta(minutes=30))
            await world.happen(VoiceLeft, "ben", room="v1", since=world.clock.now() - timedelta(minutes=30))
            await world.delete(answer, room="r1")
            await world.engine.tasks.drain([Lane.NEWS])
            await world.say("ana", "/points")
    long = {statement: step for step, statement in plans(path, statements) if LONG.search(step)}
    assert not long, "\n\n".join(f"{step}\n{statement}" for statement, step in long.items())


def test_a_file_made_at_once_is_planned_for_as_one_that_was_migrated(tmp_path: Path, path: Path) -> None:
    create(f"sqlite:///{tmp_path / 'at_once.db'}")
    sizes = []
    for each in (path, tmp_path / "at_once.db"):
        with sqlite3.connect(each) as connection:
            sizes.append(connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2").fetchall())
            (there,) = connection.execute(
                "SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'interactions'"
            ).fetchone()
        assert len(sizes[-1]) == there - 1  # each index, and no table
    assert sizes[0] == sizes[1]
