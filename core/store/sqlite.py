"""SQLite's driver with one change of thread for a statement instead of four.

aiosqlite runs each call to the database in a thread of the connection's own: making a cursor, executing, fetching and
closing are four. A batch of events is some twenty statements, and the changes of thread cost more than they do.

Whoever waits to write looks every few milliseconds. SQLite itself would look ever more seldom, in the end ten times a
second, and miss most of the moments between two transactions of an import by another process.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from functools import partial
from typing import Any

import aiosqlite
from aiosqlite.context import Result

AHEAD = 1_000  # rows that come with their statement: more are streamed
LOOK = 0.003  # seconds between two looks whether the writer's place is free
WRITE = "BEGIN IMMEDIATE"


class _Cursor(aiosqlite.Cursor):
    def __init__(self, connection: aiosqlite.Connection, cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self._rows: list[Any] = []
        self._more = False

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> _Cursor:
        in_thread: Any = self._conn._execute  # it has no types
        self._rows = await in_thread(self._run, sql, () if parameters is None else parameters)
        self._more = len(self._rows) == AHEAD
        return self

    def _run(self, sql: str, parameters: Any) -> list[Any]:
        if sql == WRITE:
            self._wait_to_write()
            return []
        self._cursor.execute(sql, parameters)
        return self._cursor.fetchmany(AHEAD) if self._cursor.description else []

    def _wait_to_write(self) -> None:
        """Begin to write as soon as nobody else does, within the time that the connection waits for anything."""
        ((patience,),) = self._cursor.execute("PRAGMA busy_timeout").fetchall()
        until = time.monotonic() + patience / 1_000
        self._cursor.execute("PRAGMA busy_timeout=0")
        try:
            while not self._begins(last=time.monotonic() >= until):
                time.sleep(LOOK)
        finally:
            self._cursor.execute(f"PRAGMA busy_timeout={patience}")

    def _begins(self, *, last: bool) -> bool:
        try:
            self._cursor.execute(WRITE)
        except sqlite3.OperationalError as error:
            if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return [*rows, *await super().fetchall()] if self._more else rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = self.arraysize if size is None else size
        if not self._rows and self._more:
            return list(await super().fetchmany(wanted))
        rows, self._rows = self._rows[:wanted], self._rows[wanted:]
        return rows

    async def fetchone(self) -> Any:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        self._cursor.close()  # nothing runs by now, and it takes no time


class _Database(sqlite3.Connection):
    def close(self) -> None:
        # SQLite keeps a database open, locks and all, while somebody holds a cursor with rows still to come.
        if self.in_transaction:
            self.rollback()
        super().close()


class _Connection(aiosqlite.Connection):
    def cursor(self) -> Result[aiosqlite.Cursor]:
        return Result(self._cursor())

    async def _cursor(self) -> aiosqlite.Cursor:
        return _Cursor(self, self._conn.cursor())

    async def rollback(self) -> None:
        # The pool rolls every connection back that it gets, most of them committed.
        if self._conn.in_transaction:
            await super().rollback()


def connect(database: str, **given: Any) -> aiosqlite.Connection:
    """Return a connection to await; `given` goes to `sqlite3.connect` and lets other threads close cursors."""
    connection = _Connection(partial(sqlite3.connect, database, factory=_Database, **given), iter_chunk_size=AHEAD)
    connection._thread.daemon = True
    return connection
