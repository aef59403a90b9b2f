"""The keys that seal parked events: from the environment, else from a file beside the database, not in it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet

from bot.settings import Settings
from core.engine.seal import Sealer
from core.store.private import own_folder


def open_sealer(settings: Settings) -> Sealer:
    """Return the sealer of this installation, making a key at the first start.

    `KITH_SECRET_KEYS` holds keys with commas between them, the newest first; the file `kith.key` in the data
    directory serves where it is not set.
    """
    if settings.secret_keys is not None:
        return Sealer([key.strip().encode() for key in settings.secret_keys.get_secret_value().split(",")])
    return Sealer([_kept_key(settings.data_dir / "kith.key")])


def _kept_key(path: Path) -> bytes:
    own_folder(path.parent)
    if path.exists():
        with suppress(PermissionError):  # somebody else's, and readable
            path.chmod(0o600)
    else:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
    return path.read_bytes().strip()
