"""What an analysis found on a day, with the parameters that made it."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from core.store.tables.base import metadata

# `result` names members by id in one list, `members`, which an erasure empties of whom it erases.
snapshots = Table(
    "snapshots",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("day", Integer, primary_key=True),  # UTC days since 1970
    Column("parameters", JSON, nullable=False),
    Column("result", JSON, nullable=False),
)
