"""Imports a history in a process that is killed just before, or just after, one of its statements or commits."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from core.engine import history
from core.engine.history import import_history
from core.store import stages
from core.store.unit import Store
from tests.store.dying import killed
from tests.world.talk import told
from tests.world.world import START


def import_killed(url: str, moment: int) -> bool:
    """Import in a process of its own that is killed at a moment; say whether that moment was reached."""

    def bring_in() -> None:
        _die_at(moment)
        asyncio.run(bring(url))

    return killed(bring_in)


async def bring(url: str) -> None:
    """Import a history of some hundred events in steps of a few."""
    history.EVENTS, stages.ROWS = 8, 20
    store = Store(url)
    await import_history(
        store, lambda *_: "", "fake", "Data Kitchen", told(), path="talk.json", now=START, with_points=True
    )
    await store.close()


def _die_at(moment: int) -> None:
    reached = 0

    def step(connection: Connection) -> None:
        nonlocal reached
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        reached += 1

    def statement(connection: Connection, cursor: Any, what: str, *given: Any) -> None:
        if not what.lstrip().startswith(("SELECT", "PRAGMA", "BEGIN")):
            step(connection)

    event.listen(Engine, "after_cursor_execute", statement)
    event.listen(Engine, "commit", step)


if __name__ == "__main__":
    # Every so many moments one: `{}` in the address stands for the moment, which has a database of its own.
    template, address, each = sys.argv[1:]
    number = 0
    while True:
        path = Path(address.format(number))
        path.write_bytes(Path(template).read_bytes())
        if not import_killed(f"sqlite:///{path}", number):
            break
        number += int(each)
    sys.stdout.write(str(number // int(each)))
