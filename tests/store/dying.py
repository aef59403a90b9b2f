"""Migrates a database in a process that is killed just before, or just after, one of its statements; or in many.

What a kill leaves of a SQLite file is what stands there at that moment: copies show it for all moments of one run.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

import migrations.steps  # noqa: F401  once, not in each process that is killed
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


def migrate_together(url: str, processes: int) -> int:
    """Migrate in so many processes that begin at once, and return how many; raise RuntimeError where one failed."""
    waits, begins = os.pipe()
    children = []
    for _ in range(processes):
        if (child := os.fork()) == 0:
            os.close(begins)
            os.read(waits, 1)  # until whoever made them lets go
            upgrade(url)
            os._exit(0)
        children.append(child)
    os.close(begins)
    if ended := [status for status in [os.waitpid(child, 0)[1] for child in children] if status]:
        raise RuntimeError(f"of {processes}, {len(ended)} ended with {ended}")
    return processes


def _die_at(moment: int) -> None:
    reached = 0

    def step() -> None:
        nonlocal reached
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        reached += 1

    _at_each_moment(step)


def _at_each_moment(step: Callable[[], None]) -> None:
    """Call `step` just before and just after each statement that writes, and at each commit."""

    def on_disk(connection: Connection) -> None:
        if connection.engine.url.database is not None:  # else beside the database, in memory
            step()

    def statement(connection: Connection, cursor: Any, what: str, *given: Any) -> None:
        if not what.lstrip().startswith(("SELECT", "PRAGMA")):
            on_disk(connection)

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "after_cursor_execute", statement)
    event.listen(Engine, "commit", on_disk)


def migrate_copied(url: str, folder: Path) -> int:
    """Migrate a SQLite file, copy it and its logs at each moment as a kill would leave them, and return how many."""
    database, reached = Path(url.removeprefix("sqlite:///")), 0

    def copy() -> None:
        nonlocal reached
        for ending in ("", "-wal", "-journal"):
            if (file := Path(f"{database}{ending}")).exists():
                shutil.copyfile(file, folder / f"{reached}.db{ending}")
        reached += 1

    _at_each_moment(copy)
    upgrade(url)
    return reached


if __name__ == "__main__":
    how, address, given = sys.argv[1:]
    if how == "copied":
        sys.stdout.write(str(migrate_copied(address, Path(given))))
    elif how == "together":
        sys.stdout.write(str(migrate_together(address, int(given))))
    else:
        number = 0
        while migrate_killed(address, number):
            number += int(given)
        sys.stdout.write(str(number))
