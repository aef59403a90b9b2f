"""Locks: what holds other writers back, and other imports."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.dialect import is_sqlite, listed
from core.store.private import own_database

# Always in rising order, so that two writers can't wait for each other.
_LOCK = text(
    "SELECT pg_advisory_xact_lock(wanted.id) FROM (SELECT unnest(CAST(:ids AS BIGINT[])) AS id ORDER BY 1) AS wanted"
)
# Two keys are never taken for one: a community's id is one.
_LOCK_IMPORTS = text("SELECT pg_advisory_lock(1, 1)")
_TRY_IMPORTS = text("SELECT pg_try_advisory_lock(1, 1)")
_UNLOCK_IMPORTS = text("SELECT pg_advisory_unlock(1, 1)")
_LOOK = 0.1  # seconds between two looks at a lock


async def lock_communities(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Hold these communities against other writers until the commit; SQLite has one writer anyway."""
    if not is_sqlite(connection):
        await connection.execute(_LOCK, {"ids": listed(connection, ids)})


class ImportUnderWay(Exception):
    """Say that another import is under way."""


async def lock_imports(connection: AsyncConnection, patience: float) -> bool:
    """Hold every other import back on PostgreSQL until `unlock_imports`, and say whether none is under way."""
    await connection.execution_options(isolation_level="AUTOCOMMIT")
    if patience:
        await connection.execute(_LOCK_IMPORTS)
        return True
    return bool((await connection.execute(_TRY_IMPORTS)).scalar_one())


async def unlock_imports(connection: AsyncConnection) -> None:
    """Let the next import begin."""
    await connection.execute(_UNLOCK_IMPORTS)


@asynccontextmanager
async def lock_file(path: str, patience: float) -> AsyncIterator[bool]:
    """Hold a file against other processes, and say whether that could be had within `patience` seconds.

    SQLite itself holds it, as it does databases, and lets go of it when the process dies.
    """
    own_database(Path(path))
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        while not (held := _exclusive(lock)) and patience > 0:
            await asyncio.sleep(_LOOK)
            patience -= _LOOK
        yield held
    finally:
        lock.close()


def _exclusive(lock: sqlite3.Connection) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
