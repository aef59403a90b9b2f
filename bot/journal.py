"""Who asked to be forgotten, written down beside the database, so that a restored backup can't bring them back."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from core.store.erasure import Hashes
from core.store.private import own_folder
from core.store.tables.erasures import EVERYWHERE


class ErasureJournal:
    """A file that only grows: each line holds a keyed hash, a community (none: everywhere) and a time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[tuple[str, int], datetime]:
        """Return when each account hash was last erased and where; a line cut short by a crash is left out."""
        if not self._path.exists():
            return {}
        found: dict[tuple[str, int], datetime] = {}
        for line in self._path.read_text("ascii").splitlines():
            account_hash, *where, at = line.split(" ") if " " in line else ("", "")
            if len(account_hash) == 64 and at.endswith("."):
                found[account_hash, int(where[0]) if where else EVERYWHERE] = datetime.fromisoformat(at[:-1])
        return found

    def add(self, erased: Hashes) -> None:
        """Write erasures down, and return when they are on the disk."""
        own_folder(self._path.parent)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            # The full stop says that the line is whole, the line break before that none sticks to half a line.
            for (account_hash, community_id), at in erased.items():
                where = "" if community_id == EVERYWHERE else f"{community_id} "
                file.write(f"\n{account_hash} {where}{at.isoformat()}.")
            file.flush()
            os.fsync(file.fileno())
