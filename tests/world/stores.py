"""A database opened as cheaply as tests can: asked in their own thread, by what was opened and compiled before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.store.unit import Store
from tests.world.compiled import compiled_once
from tests.world.kept import kept
from tests.world.unthreaded import unthreaded


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    """Open the database at `url` until the block ends."""
    store = Store(url)
    unthreaded(store)
    kept(store)
    with compiled_once(store):
        try:
            yield store
        finally:
            await store.close()
