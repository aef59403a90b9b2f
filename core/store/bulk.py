"""Rows written many at a time, past the statement compiler."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, ColumnElement, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.arrays import array_of, is_one, text_of
from core.store.dialect import is_sqlite
from core.store.tables.base import Instant


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
    same = {name: values[0] for name, values in by_column.items() if is_one(values)}
    many = [name for name in columns if name not in same] or list(columns)[:1]  # a row for each element of something
    fields = ", ".join(f"new.{name}" if name in many else f"%s::{kind}" for name, kind in columns.items())
    arrays = ", ".join(f"%s::{columns[name]}[]" for name in many)
    ones = [None if value is None else text_of(value) for name, value in same.items() if name not in many]
    statement = f"SELECT {fields} FROM unnest({arrays}) AS new({', '.join(many)})"  # noqa: S608  names of our own
    return statement, (*ones, *(array_of(by_column[name]) for name in many))


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
    return (await connection.exec_driver_sql(statement, tuple(map(array_of, zip(*rows, strict=True))))).rowcount


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
