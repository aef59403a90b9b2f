"""Migrates a database in a process that is killed just before, or just after, one of its statements."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, event

from migrations import upgrade


def migrate_killed(url: str, moment: int) -> bool:
    """Migrate in a process of its own that is killed at a moment; say whether that moment was reached."""

    def migrate() -> None:
        _die_at(moment)
        upgrade(url)

    return killed(migrate)


def killed(do: Callable[[], None]) -> bool:
    """Do something in a process of its own; say whether it was killed, raise RuntimeError where it failed."""
    child = os.fork()
    if child == 0:
        do()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if status:
        raise RuntimeError(f"it ended with {status}")
    return False


def _die_at(moment: int) -> None:
    reached = 0

    def step(connection: Connection) -> None:
        nonlocal reached
        if connection.engine.url.database is None:
            return  # beside the database, in memory
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        reached += 1

    def statement(connection: Connection, cursor: Any, what: str, *given: Any) -> None:
        if not what.lstrip().startswith(("SELECT", "PRAGMA")):
            step(connection)

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "after_cursor_execute", statement)
    event.listen(Engine, "commit", step)


if __name__ == "__main__":
    # `{}` in the address stands for the moment: a database for each.
    address, start = sys.argv[1:]
    number = int(start)
    while migrate_killed(address.format(number), number):
        number += 1
    sys.stdout.write(str(number))
