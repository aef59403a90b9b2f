"""Events that failed or couldn't be read, sealed and for a stated time."""

from sqlalchemy import JSON, Boolean, Column, Integer, LargeBinary, String, Table, Text

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community

parked = Table(
    "parked",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("event_key", String(160), nullable=False),
    Column("space", String(64)),
    Column("sealed", LargeBinary, nullable=False),
    Column("people", JSON),  # keyed hashes of whom it may name; none where that was put aside before it was kept
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=1),
    Column("wanted", Boolean, nullable=False, default=False),  # an owner asked for another try
    Column("at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)
of_community(parked, on_join=OnJoin.NO_PART)
