"""Who asked to be forgotten, as a keyed hash that names nobody."""

from sqlalchemy import Column, String, Table

from core.store.tables.base import Instant, metadata

erasures = Table(
    "erasures",
    metadata,
    Column("account_hash", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)
