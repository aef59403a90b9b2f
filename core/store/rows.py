"""What every aggregate shares: a connection, and rows made into the domain's types."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store import dialect


class Aggregate:
    """The part of a unit of work that knows a few tables."""

    def __init__(self, connection: AsyncConnection, written: set[str] | None = None) -> None:
        self._connection = connection
        self._written = set() if written is None else written  # tables for which somebody waits

    async def _run(self, statement: Executable, **given: Any) -> Sequence[Any]:
        """Return the rows of a statement; collections are given as what `one_of` compares with."""
        values = {name: self._listed(value) for name, value in given.items()}
        return (await self._connection.execute(statement, values)).all()

    def _listed(self, value: Any) -> Any:
        return (
            dialect.listed(self._connection, value)
            if isinstance(value, Collection) and not isinstance(value, str)
            else value
        )

    def _among(self, field: ColumnElement[Any], values: Any) -> ColumnElement[bool]:
        return dialect.among(self._connection, field, list(values))
