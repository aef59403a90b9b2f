"""What is left of a migration that was killed before migrations were whole: cleared away where nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from core.domain.errors import KithError

_COPY = "_alembic_tmp_"  # how Alembic calls the copy of a table on SQLite while it changes it


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns by table, and the names of indexes."""

    columns: dict[str, set[str]]
    indexes: set[str]

    @classmethod
    def of(cls, connection: Connection) -> Shape:
        """Return the shape of what is there, without Alembic's own table."""
        seen = inspect(connection)
        tables = [name for name in seen.get_table_names() if name != "alembic_version"]
        return cls(
            {table: {str(column["name"]) for column in seen.get_columns(table)} for table in tables},
            {str(index["name"]) for table in tables for index in seen.get_indexes(table)},
        )

    def __or__(self, other: Shape) -> Shape:
        tables = {*self.columns, *other.columns}
        columns = {name: self.columns.get(name, set()) | other.columns.get(name, set()) for name in tables}
        return Shape(columns, self.indexes | other.indexes)


def clear_remains(connection: Connection, before: Shape, after: Shape) -> None:
    """Bring an SQLite database back to `before` where a migration to `after` was begun and never ended.

    Tables that are not Kith's stay. Raise KithError where something has rows that would be lost, or is missing.
    """
    here = Shape.of(connection)
    for table, columns in before.columns.items():
        if columns - here.columns.get(table, set()):
            raise KithError("error-database-half", table=table)
    for name in sorted((here.indexes & after.indexes) - before.indexes):
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    for table, columns in here.columns.items():
        if table in before.columns:
            for name in sorted((columns & after.columns.get(table, set())) - before.columns[table]):
                connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')
        elif table.removeprefix(_COPY) in after.columns:
            if not table.startswith(_COPY):
                _refuse_rows(connection, table)
            connection.exec_driver_sql(f'DROP TABLE "{table}"')


def _refuse_rows(connection: Connection, table: str) -> None:
    """Raise KithError where `table`, which should not be there yet, has rows."""
    if connection.execute(text(f'SELECT 1 FROM "{table}" LIMIT 1')).first() is not None:  # noqa: S608  a table's name
        raise KithError("error-database-half", table=table)
