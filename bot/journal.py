"""Who asked to be forgotten, written down beside the database, so that a restored backup can't bring them back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from core.store.private import own_folder


class ErasureJournal:
    """A file of keyed hashes and times, one line each, that only grows; it names nobody."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, datetime]:
        """Return when each account hash was last erased; a line cut short by a crash is left out."""
        if not self._path.exists():
            return {}
        found: dict[str, datetime] = {}
        for line in self._path.read_text("ascii").splitlines():
            account_hash, _, at = line.partition(" ")
            if len(account_hash) == 64 and at.endswith("."):
                found[account_hash] = datetime.fromisoformat(at[:-1])
        return found

    def add(self, erased: Mapping[str, datetime]) -> None:
        """Write erasures down, and return when they are on the disk."""
        own_folder(self._path.parent)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            # The full stop says that the line is whole, the line break before that none sticks to half a line.
            file.writelines(f"\n{account_hash} {at.isoformat()}." for account_hash, at in erased.items())
            file.flush()
            os.fsync(file.fileno())
