"""Which role or title Kith gave to whom because of a tier: it takes away what it gave, and nothing else."""

from sqlalchemy import Column, ForeignKey, Table, Text

from core.store.tables.base import Instant, OnJoin, metadata, of_community, personal

role_grants = personal(
    Table(
        "role_grants",
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("space_id", ForeignKey("spaces.id"), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("word", Text, nullable=False),
        Column("failure", Text),  # why the platform refused: key and arguments as JSON
        Column("at", Instant, nullable=False),
    ),
    "account_id",
)
of_community(role_grants, on_join=OnJoin.MOVE)
