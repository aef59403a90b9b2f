"""Rows for every table, made from the tables themselves: three communities of three people each.

People 0 and 1 are on different platforms and have the same accounts in every community; person 2 is each one's own.
What rows about the first two can have the same in all communities, they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    insert,
    text,
)

from core.store.tables import PERSONAL
from core.store.tables.base import Instant

COMMUNITIES = PEOPLE = 3
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PLATFORMS = ("fake", "other", "fake")
Rows = dict[str, list[dict[str, Any]]]


def row_id(community: int, person: int) -> int:
    """Return the id of the row that a table has for the person of a community, both from 0."""
    return community * PEOPLE + person + 1


def mark(community: int, person: int) -> str:
    """Return what stands in every text that is about the person of a community."""
    return f"zq{community}{person}"


def _platform(community: int, person: int) -> str:
    return PLATFORMS[person]


def _external_id(community: int, person: int) -> str:
    return f"same{person}" if person < 2 else mark(community, person)


def _snapshot(community: int, person: int) -> dict[str, Any]:
    return {"members": [row_id(community, each) for each in range(PEOPLE)]}


# Columns in which not anything may stand.
WORDS: dict[str, Any] = {
    "communities.settings": {},
    "spaces.platform": _platform,
    "space_aliases.platform": _platform,
    "accounts.platform": _platform,
    "accounts.external_id": _external_id,
    "accounts.first_member_id": None,
    "accounts.reachable": True,
    "members.consent": "personal",
    "members.notify": "room",
    "members.owed": 0,
    "members.left_at": None,
    "members.erased_at": None,
    "presences.left_at": None,
    "push_preferences.timezone": None,
    "interactions.kind": "message",
    "activities.kind": "question",
    "activities.number": row_id,
    "activities.schedule": {"kind": "daily", "at": "09:00"},
    "activities.settings": {},
    "activities.audience": {"tier": 0, "joined_since": None, "members": None},
    "activities.state": "active",
    "activities.trouble": "",
    "feeds.address": "https://a.example/feed",
    "feeds.etag": "",
    "feeds.modified": "",
    "feeds.fault": "",
    "feeds.detail": "",
    "dead_links.detail": "",
    "ledger.reason": "grant",
    "ledger.reverses_id": None,
    "audit.action": "grant",
    "payments.kind": "paid",
    "payments.currency": "EUR",
    "payments.refunds": "",
    "outbox.state": "sent",
    "positions.name": "rollups",
    "positions.value": 0,
    "snapshots.result": _snapshot,
}


def make_rows(tables: MetaData) -> Rows:
    """Return rows for all tables of `tables`, in an order in which they can be inserted."""
    made: Rows = {}
    for table in tables.sorted_tables:
        made[table.name] = []
        seen: set[tuple[Any, ...]] = set()
        for community in range(COMMUNITIES):
            for person in range(PEOPLE):
                row = _row(table, community, person)
                keys = {(*unique, *(row[name] for name in unique)) for unique in unique_sets(table)}
                if table.name != "communities" and seen.isdisjoint(keys):
                    made[table.name].append(row)
                elif table.name == "communities" and person == 0:
                    made[table.name].append({**row, "id": community + 1})
                seen |= keys
    return made


def put_in(connection: Connection, tables: MetaData, rows: Rows) -> None:
    """Write rows, and let numbers that the database gives go on behind theirs."""
    for table in tables.sorted_tables:
        connection.execute(insert(table), rows[table.name])
        if connection.dialect.name == "postgresql" and _numbers(table):
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), 1000)"))


def unique_sets(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the columns that no two rows of `table` have the same values in."""
    yield tuple(column.name for column in table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(column.name for column in constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield tuple(column.name for column in index.columns)


def points_at(column: Column[Any]) -> str | None:
    """Return the table at whose rows a column points, communities where it is called so."""
    for key in column.foreign_keys:
        return key.column.table.name
    return "communities" if column.name == "community_id" else None


def _numbers(table: Table) -> bool:
    column = table.autoincrement_column
    return column is not None and column.name == "id" and not column.foreign_keys


def _row(table: Table, community: int, person: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    pointed: list[str] = []
    for column in table.columns:
        other = points_at(column)
        given = f"{table.name}.{column.name}"
        if given in WORDS:
            value = WORDS[given]
            row[column.name] = value(community, person) if callable(value) else value
        elif other == "communities":
            row[column.name] = community + 1
        elif other is not None:
            row[column.name] = row_id(community, (person + pointed.count(other)) % PEOPLE)
            pointed.append(other)
        elif column.name == "id" and _numbers(table):
            row[column.name] = row_id(community, person)
        else:
            row[column.name] = _value(table, column, community, person)
    return row


def _value(table: Table, column: Column[Any], community: int, person: int) -> Any:  # noqa: PLR0911  one a type
    kind = column.type
    word = mark(community, person) if table.name in PERSONAL else f"own{community}{person}"
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, DateTime | Instant):
        return AT
    if isinstance(kind, JSON):
        return {"word": word}
    if isinstance(kind, LargeBinary):
        return word.encode()
    if isinstance(kind, Integer):
        return person + 1
    if isinstance(kind, Float):
        return 0.5
    if isinstance(kind, String):
        return f"same{person}" if person < 2 and _may_meet(table, column.name) else word
    raise TypeError(f"{table.name}.{column.name}: tests/world/rows.py knows no value of {kind!r}")


def _may_meet(table: Table, name: str) -> bool:
    """Say whether rows of two communities may have the same in a column that is part of a key."""
    keys = [unique for unique in unique_sets(table) if name in unique]
    return bool(keys) and all(any(points_at(table.c[each]) for each in key) for key in keys)
