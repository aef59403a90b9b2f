"""What every aggregate shares: a connection, and rows made into the domain's types."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store import dialect


class Aggregate:
    """The part of a unit of work that knows a few tables."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def _among(self, field: ColumnElement[Any], values: Any) -> ColumnElement[bool]:
        return dialect.among(self._connection, field, list(values))
