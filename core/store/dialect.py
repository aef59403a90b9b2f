"""All that differs between SQLite and PostgreSQL."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
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

from core.store.sqlite import WRITE, connect
from core.store.tables.base import Instant

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
    return json.dumps(list(values)) if is_sqlite(connection) else _array(values)


def _array(values: Collection[Any]) -> str:
    """Return PostgreSQL's text of an array, which the driver would write at five times the cost."""
    return f"{{{','.join(_elements(tuple(values)))}}}"


def _elements(values: tuple[Any, ...]) -> Iterable[str]:
    """Return what `_element` makes of each; of all at once where they are the same, or of one type, as columns are."""
    if values and _is_one(values):
        return [_element(values[0])] * len(values)
    types = set(map(type, values))
    if types == {int}:
        return map(str, values)
    if types == {str} and not ('"' in (together := "".join(values)) or "\\" in together):
        return ['"' + '","'.join(values) + '"']
    return map(_element, values)


def _is_one(values: tuple[Any, ...]) -> bool:
    """Say whether all are the same."""
    return values.count(values[0]) == len(values)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int | float):
        return str(value)
    return '"' + _text(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


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


async def write_rows(
    connection: AsyncConnection,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    replacing: Sequence[str] = (),
    *,
    new: bool = False,
    met: str = "",
) -> int:
    """Add many rows to `table` past the statement compiler, whose work on each row costs more than the row itself.

    Where one is there already its columns `replacing` are overwritten, or with `new` it is left as it is, or becomes of
    it what `met` says in SQL; else it, as any row that breaks a constraint, is an integrity error. Return how many were
    added or changed.
    """
    if not rows:
        return 0
    there = met or (" ON CONFLICT DO NOTHING" if new else _replacing(table, replacing))
    names = ", ".join(columns)
    if is_sqlite(connection):
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks}){there}"  # noqa: S608  names of our own tables
        return (await connection.exec_driver_sql(statement, _for_sqlite(table, columns, rows))).rowcount
    source, parameters = _unnested({name: _array_type(table.c[name]) for name in columns}, rows)
    statement = f"INSERT INTO {table.name} ({names}) {source}{there}"
    return (await connection.exec_driver_sql(statement, parameters)).rowcount


def _unnested(columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> tuple[str, tuple[str | None, ...]]:
    """Return PostgreSQL's SELECT of rows and its parameters: an array a column, or one value where all have the same.

    `columns` names their types.
    """
    by_column = dict(zip(columns, zip(*rows, strict=True), strict=True))
    same = {name: values[0] for name, values in by_column.items() if _is_one(values)}
    many = [name for name in columns if name not in same] or list(columns)[:1]  # a row for each element of something
    fields = ", ".join(f"new.{name}" if name in many else f"%s::{kind}" for name, kind in columns.items())
    arrays = ", ".join(f"%s::{columns[name]}[]" for name in many)
    ones = [None if value is None else _text(value) for name, value in same.items() if name not in many]
    statement = f"SELECT {fields} FROM unnest({arrays}) AS new({', '.join(many)})"  # noqa: S608  names of our own
    return statement, (*ones, *(_array(by_column[name]) for name in many))


def _replacing(table: Table, columns: Sequence[str]) -> str:
    if not columns:
        return ""
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
    return f" ON CONFLICT ({', '.join(key.name for key in table.primary_key.columns)}) DO UPDATE SET {changes}"


def _array_type(field: ColumnElement[Any]) -> str:
    if isinstance(field.type, Instant):
        return "timestamptz"
    if isinstance(field.type, JSON):
        return "json"
    return {int: "bigint", bool: "boolean", float: "double precision"}.get(field.type.python_type, "text")


async def update_rows(
    connection: AsyncConnection,
    table: Table,
    set_: Mapping[str, str],
    columns: Mapping[str, str],
    rows: Sequence[tuple[Any, ...]],
    where: str = "TRUE",
) -> int:
    """Change many rows of `table`, each named by its id in the first column of `rows`, and return how many there were.

    `columns` names what `rows` hold and its SQL type; `set_` gives for each column to change an expression over the
    table's own columns and `new.<column>`, as `where` does for the rows to change.
    """
    if not rows:
        return 0
    if is_sqlite(connection):
        changes = ", ".join(f"{name} = {_numbered(how, tuple(columns))}" for name, how in set_.items())
        wanted = f"id = ?1 AND {_numbered(where, tuple(columns))}"
        statement = f"UPDATE {table.name} SET {changes} WHERE {wanted}"  # noqa: S608  names of our own tables
        return (await connection.exec_driver_sql(statement, _for_sqlite(table, list(columns), rows))).rowcount
    changes = ", ".join(f"{name} = {how}" for name, how in set_.items())
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    statement = (
        f"UPDATE {table.name} SET {changes} FROM unnest({arrays}) AS new({', '.join(columns)}) "  # noqa: S608
        f"WHERE {table.name}.id = new.id AND {where}"
    )
    return (await connection.exec_driver_sql(statement, tuple(map(_array, zip(*rows, strict=True))))).rowcount


async def overwrite_rows(
    connection: AsyncConnection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> int:
    """Write `columns` of many rows anew, each named by its id, which comes first; return how many there were."""
    kinds = {"id": "bigint"} | {name: _array_type(table.c[name]) for name in columns}
    return await update_rows(connection, table, {name: f"new.{name}" for name in columns}, kinds, rows)


@lru_cache
def _numbered(expression: str, columns: tuple[str, ...]) -> str:
    for place, name in enumerate(columns, 1):
        expression = re.sub(rf"\bnew\.{name}\b", f"?{place}", expression)
    return expression


def _for_sqlite(table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return rows with their times as SQLAlchemy writes them on SQLite."""
    if not (times := _times(table, tuple(columns))):
        return list(rows)
    by_column: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place in times:
        by_column[place] = map(_stamp, by_column[place])
    return list(zip(*by_column, strict=True))


@lru_cache
def _times(table: Table, columns: tuple[str, ...]) -> list[int]:
    return [place for place, name in enumerate(columns) if name in table.c and isinstance(table.c[name].type, Instant)]


@lru_cache(maxsize=4_096)  # what one event brings has the same time in each table
def _stamp(at: datetime | None) -> str | None:
    return None if at is None else (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(" ", "microseconds")[:26]
