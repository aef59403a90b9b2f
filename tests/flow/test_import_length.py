"""An import of whatever length is written in transactions that don't grow with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from core.engine.history import import_history
from tests.flow.test_import_stages import Watched, copied, nothing, settled
from tests.world import World
from tests.world.talk import told
from tests.world.world import START

LONG = 9_000  # messages: more than three times what any transaction writes


@pytest.mark.parametrize("name", ["Data Kitchen", "Kitchen"])  # which is there, and which is founded
async def test_no_transaction_of_an_import_grows_with_it(sqlite_template: Path, tmp_path: Path, name: str) -> None:
    store = Watched(copied(sqlite_template, tmp_path / "kith.db"), nothing)
    await settled(World(store))
    written: list[int] = []

    def begun(connection: Any) -> None:
        written.append(0)

    def statement(connection: Any, cursor: Any, what: str, given: Any, context: Any, many: bool) -> None:
        if written and what.startswith(("INSERT", "UPDATE", "DELETE")):
            written[-1] += max(cursor.rowcount, 0)

    event.listen(store._engine.sync_engine, "begin", begun)
    event.listen(store._engine.sync_engine, "after_cursor_execute", statement)
    taken = await import_history(
        store,
        lambda *_: "",
        "fake",
        name,
        told(LONG, space="home" if name == "Data Kitchen" else "annex"),
        path="talk.json",
        now=START,
        with_points=True,
    )
    async with store.read() as unit:
        home = await unit.communities.named(name)
        assert home is not None
        assert sum((await unit.ledger.sums(home.id)).values()) > LONG
    await store.close()
    assert taken.messages == LONG
    assert sum(written) > LONG
    assert max(written) <= LONG // 3
