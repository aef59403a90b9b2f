"""What all tables share: naming, aware times, words of indexes, and what each declares of people and communities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Table,
    event,
    literal_column,
)
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

    `columns` name the person. On erasure rows are deleted, or kept without what `blank` names. Where `towards`, one of
    the columns, names the person, the row is somebody else's: it stays, without the name, and where it is `unseen` it
    isn't exported to them. What isn't `exported` is there for a moment only, and nobody sees it yet.
    """

    table: Table
    columns: tuple[str, ...]
    erase: str  # "delete", "blank" or "keep"
    blank: dict[str, object]
    towards: str | None
    exported: bool
    unseen: bool

    @property
    def owners(self) -> tuple[str, ...]:
        """Return the columns that name whose the row is."""
        return tuple(name for name in self.columns if name != self.towards)


PERSONAL: dict[str, Personal] = {}


def personal(
    table: Table,
    *columns: str,
    erase: str = "delete",
    blank: dict[str, object] | None = None,
    towards: str | None = None,
    exported: bool = True,
    unseen: bool = False,
) -> Table:
    """Register a table that holds something of a member, and return it."""
    PERSONAL[table.name] = Personal(table, columns, erase, blank or {}, towards, exported, unseen)
    return table


class OnJoin(Enum):
    """What becomes of a table's rows when their community is taken in by another."""

    MOVE = "move"  # they go over: none has a key that the other's rows could have
    YIELD = "yield"  # they go over; where the other has a row under the same key, that one holds
    ADD = "add"  # they go over; what accounts that both know have under the same key is added up
    KEYS_APART = "keys apart"  # they go over; keys of bookings that both have get another name
    DROP = "drop"  # they go: they stand for a moment, or are found out again
    DROP_BOTH = "drop both"  # as DROP, and the other's rows go too: they don't hold for both together
    FOLLOW = "follow"  # they name no community: they stay with the row that they point at
    MERGE = "merge"  # core.store.joining brings the two together by itself
    NO_PART = "no part"  # they belong to no community


ON_JOIN: dict[str, OnJoin] = {}


def of_community(table: Table, *, on_join: OnJoin) -> Table:
    """Register what becomes of a table when communities join, and return it."""
    ON_JOIN[table.name] = on_join
    return table


IMPLIED: set[tuple[str, str]] = set()  # (table, column)


def implied(table: Table, *columns: str) -> Table:
    """Let PostgreSQL not check columns that repeat what the account or room of the row says, and return the table.

    It looks each row up in each table that it points at, and locks what it finds there: a quarter of writing it.
    SQLite checks them all the same, at next to no cost.
    """
    for key in table.foreign_keys:
        if key.parent.name in columns and key.constraint is not None:
            key.constraint.ddl_if(dialect="sqlite")
            IMPLIED.add((table.name, key.parent.name))
    return table


def names_a_member(table: Table) -> Sequence[Column[object]]:
    """Return the columns that point at a member or an account."""
    return [
        column
        for column in table.columns
        if any(key.column.table.name in {"members", "accounts"} for key in column.foreign_keys)
    ]


def spelled_out(column: ColumnElement[str], *values: str) -> ColumnElement[bool]:
    """Return "`column` is one of `values`", of our own words, as a part of the statement.

    SQLite uses an index of some of the rows only where the statement says of which in the very words of the index.
    """
    words: list[ColumnElement[str]] = [literal_column(f"'{value}'") for value in values]
    return column == words[0] if len(words) == 1 else column.in_(words)


_SIZE = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('%(table)s', '%(index)s', '%(stat)s')"


def expect_sizes(table: Table, sizes: Iterable[tuple[str, str]]) -> None:
    """Let SQLite plan what is asked of a table that is made as if its indexes had these sizes.

    SQLite looks at sizes only where it is told to, and each connection when it is opened: https://sqlite.org/lang_analyze.html
    """
    event.listen(table, "after_create", _of_sqlite("ANALYZE sqlite_schema"))
    for index, stat in sizes:
        event.listen(table, "after_create", _of_sqlite(_SIZE, index=index, stat=stat))


def _of_sqlite(statement: str, **words: str) -> Any:
    made: Any = DDL  # it has no types
    return made(statement, context=words).execute_if(dialect="sqlite")
