"""All that differs between SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    any_,
    bindparam,
    column,
    event,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

READING = "kith_reading"


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
        return create_async_engine(normal_url(url), pool_size=5, max_overflow=5, pool_pre_ping=True)
    engine = create_async_engine(normal_url(url), connect_args={"timeout": 30})
    event.listen(engine.sync_engine, "connect", _sqlite_connected)
    event.listen(engine.sync_engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connected(connection: Any, record: object) -> None:
    # Left to itself the driver begins late, and two writers then fail instead of waiting.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA cache_size=-32000")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def is_sqlite(connection: AsyncConnection) -> bool:
    """Say whether this is SQLite."""
    return connection.dialect.name == "sqlite"


async def lock_communities(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Hold these communities against other writers until the commit; SQLite has one writer anyway."""
    if not is_sqlite(connection):
        for community_id in sorted(ids):
            await connection.execute(select(func.pg_advisory_xact_lock(literal(community_id))))


def among(
    connection: AsyncConnection, field: ColumnElement[Any], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """Return "`field` is one of `values`" as one parameter, however many there are."""
    if is_sqlite(connection):
        listed = bindparam(None, json.dumps(list(values)), type_=String(), unique=True)
        each = func.json_each(listed).table_valued(column("value"))
        return field.in_(select(each.c.value))
    numbers = isinstance(values[0], int) if values else isinstance(field.type, Integer)
    kind = postgresql.BIGINT() if numbers else postgresql.TEXT()
    return field == any_(bindparam(None, list(values), type_=ARRAY(kind), unique=True))


def insert_new(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert into `table` that leaves out rows that are there already."""
    if is_sqlite(connection):
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def insert_adding(connection: AsyncConnection, table: Table, add: Sequence[str]) -> Any:
    """Return an insert into `table` that adds the columns `add` to those of a row that is there already."""
    insert: Any = (sqlite if is_sqlite(connection) else postgresql).insert(table)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: table.c[name] + insert.excluded[name] for name in add},
    )


def insert_replacing(connection: AsyncConnection, table: Table, change: Sequence[str]) -> Any:
    """Return an insert into `table` that overwrites the columns `change` of a row that is there already."""
    insert: Any = (sqlite if is_sqlite(connection) else postgresql).insert(table)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: insert.excluded[name] for name in change},
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
