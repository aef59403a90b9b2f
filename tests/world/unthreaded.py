"""SQLite asked in the thread of the test: handing each statement to another costs as much as a statement of a few rows.

One is run when whatever else is ready had its turn, as with a thread, and whoever has to wait for another writer lets
others go on meanwhile. Only the `store` of a test is asked so; what opens a database by itself has the driver as it is.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy import event

from core.store import sqlite
from core.store.dialect import BUSY
from core.store.unit import Store


def unthreaded(store: Store) -> None:
    """Let a store, not connected yet, ask in this thread if it is SQLite."""
    engine = store._engine.sync_engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _connects_here)


def _connects_here(dialect: object, record: object, arguments: object, given: dict[str, Any]) -> None:
    given["async_creator_fn"] = _connect


class _Here:
    """What a connection's thread and its queue are to aiosqlite: it runs what is put there."""

    daemon = True

    def start(self) -> None:
        """Begin, as a thread does."""

    def put_nowait(self, what: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        """Run a function once whatever is ready had its turn, and let the future know."""
        future, function = what
        if future is None:
            function()
        else:
            future.get_loop().call_soon(_run, future, function)


def _run(future: asyncio.Future[Any], function: Callable[[], Any]) -> None:
    try:
        result = function()
    except Exception as error:
        if not future.done():
            future.set_exception(error)
    else:
        if not future.done():
            future.set_result(result)


class _Cursor(sqlite._Cursor):
    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> _Cursor:
        if sql == sqlite.WRITE:
            await self._begin_to_write()
        else:
            await super().execute(sql, parameters)
        return self

    async def _begin_to_write(self) -> None:
        until = asyncio.get_running_loop().time() + BUSY
        await super().execute("PRAGMA busy_timeout=0")
        try:
            # No event tells that another process has written.
            while not self._begins(last=asyncio.get_running_loop().time() >= until):  # noqa: ASYNC110
                await asyncio.sleep(sqlite.LOOK)
        finally:
            await super().execute(f"PRAGMA busy_timeout={round(BUSY * 1_000)}")


class _Connection(sqlite._Connection):
    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=sqlite.AHEAD)
        here: Any = _Here()
        self._tx = self._thread = here

    async def _cursor(self) -> aiosqlite.Cursor:
        return _Cursor(self, self._conn.cursor())


def _connect(database: str, **given: Any) -> aiosqlite.Connection:
    return _Connection(partial(sqlite3.connect, database, factory=sqlite._Database, **given))
