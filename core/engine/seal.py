"""Seals what is put aside, and hashes what must not be named, with keys that stand apart from the database."""

from __future__ import annotations

import hashlib
import hmac
import pickle
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, MultiFernet

_ID_LIMIT = 20  # digits of 64 bits


class Sealer:
    """Seal with the first of `keys`, open with any of them (url-safe base64, 32 bytes each)."""

    def __init__(self, keys: list[bytes]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._pepper = keys[-1]  # the oldest key: hashes must not change when keys turn over

    def seal(self, content: Any) -> bytes:
        """Return `content`, an event or a platform's raw data, so that only the key's holder can read it."""
        return self._fernet.encrypt(pickle.dumps(content))

    def open(self, sealed: bytes) -> Any:
        """Return what was sealed; raise cryptography.fernet.InvalidToken where it wasn't by us."""
        # Only what our own key signed is unpickled.
        return pickle.loads(self._fernet.decrypt(sealed))  # noqa: S301

    def hash(self, platform: str, external_id: str) -> str:
        """Return a keyed hash of an account, the same every time and telling nothing without the key."""
        return hmac.new(self._pepper, f"{platform}:{external_id}".encode(), hashlib.sha256).hexdigest()


def ids_in(raw: Any) -> set[str]:
    """Return whatever may be somebody's id in a platform's raw data: numbers, and texts of digits, at any depth."""
    if isinstance(raw, Mapping):
        return {each for value in raw.values() for each in ids_in(value)}
    if isinstance(raw, list | tuple):
        return {each for value in raw for each in ids_in(value)}
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        return set()
    text = str(raw)
    return {text} if text.isdecimal() and len(text) <= _ID_LIMIT else set()
