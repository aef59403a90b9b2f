"""Who was foretold to fall silent, each time that it was worked out."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table

from core.store.tables.base import OnJoin, metadata, of_community, personal

forecasts = personal(
    Table(
        "forecasts",
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("cutoff", Integer, primary_key=True),  # UTC day since 1970: what was done before it was known
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("probability", Float),  # none where the rule stood in for a model
        Column("written", Boolean, nullable=False, default=False),  # Kith wrote to them within the 30 days
        Index("ix_forecasts_community_id_cutoff", "community_id", "cutoff"),
    ),
    "account_id",
)
of_community(forecasts, on_join=OnJoin.YIELD)
