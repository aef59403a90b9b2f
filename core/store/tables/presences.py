"""Who is, or was, in which space."""

from sqlalchemy import Column, ForeignKey, Table

from core.store.tables.base import Instant, OnJoin, metadata, of_community, personal

presences = personal(
    Table(
        "presences",
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("space_id", ForeignKey("spaces.id"), primary_key=True, index=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("joined_at", Instant),  # the last time, where that was told
        Column("left_at", Instant),  # NULL while they are there
    ),
    "account_id",
)
of_community(presences, on_join=OnJoin.MOVE)
