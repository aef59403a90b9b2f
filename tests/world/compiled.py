"""Keeps what SQLAlchemy compiled from test to test: each opens its database anew, and compiling takes a third of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Dialect

from core.store.unit import Store

_DIALECTS: dict[str, Dialect] = {}
_COMPILED: dict[Any, Any] = {}


@contextmanager
def compiled_once(store: Store) -> Iterator[None]:
    """Let a store, not connected yet, use what those before compiled, until the block ends."""
    engine = store._engine
    own = engine.sync_engine.dialect
    # Statements are kept by dialect, and that knows its server only once it was connected.
    engine.sync_engine.dialect = _DIALECTS.get(own.name, own)
    engine.update_execution_options(compiled_cache=_COMPILED)
    yield
    if own.name not in _DIALECTS and getattr(own, "server_version_info", None) is not None:
        _DIALECTS[own.name] = own
