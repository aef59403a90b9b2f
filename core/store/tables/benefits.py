"""The shop: benefits that cost points."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community

benefits = Table(
    "benefits",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("cost", Integer, nullable=False),
    Column("stock", Integer),  # None: as many as are wanted
    Column("active", Boolean, nullable=False, default=True),
    Column("created_at", Instant, nullable=False),
)
of_community(benefits, on_join=OnJoin.MOVE)

# Which redemptions were handed over; the ledger holds who took what.
handovers = Table(
    "handovers",
    metadata,
    Column("entry_id", ForeignKey("ledger.id"), primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
)
of_community(handovers, on_join=OnJoin.FOLLOW)
