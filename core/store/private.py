"""Files and folders that are their owner's alone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

OURS = ("kith.db", "kith.key", "playground.db", "erasures.txt")


def own_folder(path: Path) -> None:
    """Make a folder that its owner alone may look into, and shut one that holds our files; raise OSError."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    elif any((path / name).exists() for name in OURS) and path.resolve() not in (Path.cwd(), *Path.cwd().parents):
        with suppress(PermissionError):  # somebody else's
            path.chmod(0o700)


def own_database(path: Path) -> None:
    """Make an SQLite file that its owner alone may read, or shut what is there of it."""
    with suppress(OSError):  # what can't be opened is told of by whoever opens it
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            if each.exists():
                each.chmod(0o600)
