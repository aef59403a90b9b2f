"""What all tables share: naming, times that are always aware, and the registry of personal data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Integer, MetaData, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column that is called INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")
Points = BigId  # what years add up to is more than 32 bits hold


class _Stamp(sqlite.DATETIME):
    """SQLite's text of a time in UTC, read without a detour over a naive one."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], datetime | None]:
        read = datetime.fromisoformat
        return lambda value: None if value is None else read(value + "+00:00")


_STAMP = _Stamp()  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types


class Instant(TypeDecorator[datetime]):
    """Keep a time in UTC and hand it back aware, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(_STAMP if dialect.name == "sqlite" else self.impl_instance)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone came to the store")
        return value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Personal:
    """How a table with a member or account column takes part in `/mydata` and `/forgetme`.

    `columns` name the person. On erasure rows are deleted, or kept without what `blank` names.
    """

    table: Table
    columns: tuple[str, ...]
    erase: str  # "delete", "blank" or "keep"
    blank: dict[str, object]


PERSONAL: dict[str, Personal] = {}


def personal(table: Table, *columns: str, erase: str = "delete", blank: dict[str, object] | None = None) -> Table:
    """Register a table that holds something of a member, and return it."""
    PERSONAL[table.name] = Personal(table, columns, erase, blank or {})
    return table


def names_a_member(table: Table) -> Sequence[Column[object]]:
    """Return the columns that point at a member or an account."""
    return [
        column
        for column in table.columns
        if any(key.column.table.name in {"members", "accounts"} for key in column.foreign_keys)
    ]
