"""All that differs between SQLite and PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Connection,
    Integer,
    Table,
    Text,
    bindparam,
    event,
    func,
    literal,
    select,
    text,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from core.store.arrays import array_of
from core.store.sqlite import WRITE, connect

READING = "kith_reading"
BUSY = 30.0  # seconds for which a writer of SQLite waits for another
_LIST = NullType()  # PostgreSQL takes it as the array that it is cast to, and knows what stands in it when it plans
# PostgreSQL's classes of error: connection, transaction rolled back, resources, wrong state, intervention, system.
_AWAY = {"08", "40", "53", "55", "57", "58"}
_SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}


def normal_url(url: str) -> str:
    """Return `url` with the driver that Kith uses for its database."""
    parsed = make_url(url)
    driver = {
        "sqlite": "sqlite+aiosqlite",
        "postgresql": "postgresql+psycopg",
        "postgres": "postgresql+psycopg",
    }
    return parsed.set(drivername=driver.get(parsed.drivername, parsed.drivername)).render_as_string(False)


def open_engine(url: str) -> AsyncEngine:
    """Open the database at `url` with what its kind needs for short, safe transactions."""
    if not normal_url(url).startswith("sqlite"):
        return create_async_engine(normal_url(url), pool_size=5, max_overflow=5, hide_parameters=True)
    waiting = {"timeout": BUSY, "async_creator_fn": connect}
    engine = create_async_engine(normal_url(url), connect_args=waiting, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _sqlite_connected)
    event.listen(engine.sync_engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connected(connection: Any, record: object) -> None:
    # Left to itself the driver begins late, and two writers then fail instead of waiting.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", _busy_timeout(BUSY)):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA cache_size=-32000")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted leaves the file
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(READING):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(WRITE)


def _busy_timeout(seconds: float) -> str:
    return f"busy_timeout={round(seconds * 1_000)}"


async def empty_log(engine: AsyncEngine) -> bool:
    """Bring what SQLite wrote ahead into the database, and empty the log: what was erased is in it.

    Return False where somebody reads or writes meanwhile. PostgreSQL has nothing of the kind for us to empty.
    """
    if engine.dialect.name != "sqlite":
        return True
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        if driver is None:
            return False
        await driver.execute(f"PRAGMA {_busy_timeout(0.2)}")
        try:
            busy, *_ = await (await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")).fetchone()
        except sqlite3.OperationalError:
            return False
        finally:
            await driver.execute(f"PRAGMA {_busy_timeout(BUSY)}")
    return not busy


def away(error: Exception) -> str | None:
    """Return what says that the database can't be reached or can't work now, None where the error is of another kind.

    Both drivers call more than that operational: a missing table on SQLite, a statement too complex on PostgreSQL.
    """
    if isinstance(error, DBAPIError):
        if error.connection_invalidated or isinstance(error, InterfaceError):
            return str(error.orig)
        error = cast(Exception, error.orig)
    if isinstance(error, sqlite3.Error):
        return str(error) if getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_AWAY else None
    # The driver is loaded where it is used; rows written past SQLAlchemy bring its errors as they are.
    from psycopg import OperationalError  # noqa: PLC0415

    if not isinstance(error, OperationalError):
        return None
    return str(error) if error.sqlstate is None or error.sqlstate[:2] in _AWAY else None


def damaged(error: Exception) -> str | None:
    """Return what says that an SQLite file is broken or none, None where the error is of another kind."""
    inner = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(inner, sqlite3.DatabaseError):
        return None
    code = getattr(inner, "sqlite_errorcode", 0) & 0xFF  # the driver's own complaints have none
    return str(inner) if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} else None


def is_sqlite(connection: AsyncConnection) -> bool:
    """Say whether this is SQLite."""
    return connection.dialect.name == "sqlite"


class _Among(FunctionElement[bool]):
    """Say that a field is one of many values, given as one parameter."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> _Among:
        return self  # SQLAlchemy would ask whether it is 1, which no index of SQLite's answers


@compiles(_Among, "sqlite")
def _among_json(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    field, values = (compiler.process(each, **given) for each in element.clauses)
    return f"{field} IN (SELECT value FROM json_each({values}))"  # noqa: S608  both are compiled


@compiles(_Among, "postgresql")
def _among_array(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    field, values = (compiler.process(each, **given) for each in element.clauses)
    # By the field, not the values: an empty list has a type too.
    kind = "BIGINT" if isinstance(next(iter(element.clauses)).type, Integer) else "TEXT"
    return f"{field} = ANY (CAST({values} AS {kind}[]))"


def among(
    connection: AsyncConnection, field: ColumnElement[Any], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """Return "`field` is one of `values`" as one parameter, however many there are."""
    return _Among(field, bindparam(None, listed(connection, values), type_=_LIST, unique=True))


def listed(connection: AsyncConnection, values: Collection[Any]) -> str:
    """Return `values` as the one parameter that `among` compares with."""
    return json.dumps(list(values)) if is_sqlite(connection) else array_of(values)


def one_of(field: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return "`field` is one of the values given as `name`", for a statement that is built once and run often."""
    return _Among(field, bindparam(name, type_=_LIST))


def json_with(connection: AsyncConnection, head: str, field: ColumnElement[str]) -> ColumnElement[Any]:
    """Return the JSON object that begins with `head`, and whose last value is a text field."""
    if is_sqlite(connection):
        return literal(head) + func.json_quote(field) + "}"
    return cast_to(literal(head) + cast_to(func.to_json(field), Text) + "}", JSON)


async def next_ids(connection: AsyncConnection, tables: tuple[Table, ...], count: int) -> list[list[int]]:
    """Return `count` unused ids of each table, in rising order, for rows that must be written many at a time."""
    drawn = (await connection.execute(_next_ids(connection.dialect.name, tables), {"count": count})).all()
    if is_sqlite(connection):
        return [list(range(last + 1, last + 1 + count)) for last in drawn[0]]
    return [sorted(some) for some in zip(*drawn, strict=True)]


@lru_cache
def _next_ids(dialect: str, tables: tuple[Table, ...]) -> Any:
    if dialect == "sqlite":
        lasts = (select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery() for table in tables)
        return select(*lasts)
    sequences = (func.nextval(func.pg_get_serial_sequence(table.name, "id")) for table in tables)
    return select(*sequences).select_from(func.generate_series(1, bindparam("count", type_=Integer)))


async def count_anew(connection: AsyncConnection) -> None:
    """Let the planner see what these tables hold now; PostgreSQL's own look at them may come a minute too late.

    After a history of thousands came in at once it would otherwise join them as if they were empty.
    """
    if not is_sqlite(connection):
        await connection.exec_driver_sql("ANALYZE accounts, activity_days, interactions, ledger, members, tie_days")


def insert_new(connection: AsyncConnection, table: Table) -> Any:
    """Return an insert into `table` that leaves out rows that are there already."""
    return _insert(connection.dialect.name, table, ())


def insert_adding(connection: AsyncConnection, table: Table, add: Sequence[str]) -> Any:
    """Return an insert into `table` that adds the columns `add` to those of a row that is there already."""
    return _insert(connection.dialect.name, table, tuple(add), adds=True)


def insert_replacing(connection: AsyncConnection, table: Table, change: Sequence[str]) -> Any:
    """Return an insert into `table` that overwrites the columns `change` of a row that is there already."""
    return _insert(connection.dialect.name, table, tuple(change))


@cache
def _insert(dialect: str, table: Table, columns: tuple[str, ...], *, adds: bool = False) -> Any:
    insert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    if not columns:
        return insert.on_conflict_do_nothing()
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: table.c[name] + insert.excluded[name] if adds else insert.excluded[name] for name in columns},
    )


def month_of(connection: AsyncConnection, day: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the month `YYYY-MM` of a column that holds UTC days since 1970."""
    if is_sqlite(connection):
        return func.strftime("%Y-%m", day * 86_400, "unixepoch")
    return func.to_char(func.to_timestamp(day * 86_400).op("AT TIME ZONE")(text("'UTC'")), "YYYY-MM")


def day_of(connection: AsyncConnection, at: ColumnElement[Any]) -> ColumnElement[int]:
    """Return the UTC day since 1970 of a column that holds a time."""
    if is_sqlite(connection):
        return func.cast(func.unixepoch(at) / 86_400, Integer)
    return func.cast(func.floor(func.extract("epoch", at) / 86_400), Integer)


def skip_locked(statement: Any) -> Any:
    """Let a claim pass over what another process holds; SQLite ignores it, having one writer."""
    return statement.with_for_update(skip_locked=True)
