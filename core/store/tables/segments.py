"""In which segment each member is, by month."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from core.store.tables.base import BigId, OnJoin, metadata, of_community, personal

# Worked out of everybody together: what was found of one community doesn't hold for two.
segments = personal(
    Table(
        "segments",
        metadata,
        Column("member_id", ForeignKey("members.id"), primary_key=True),
        Column("month", String(7), primary_key=True),  # of UTC
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("segment", String(16), nullable=False),
        Column("recency", Integer, nullable=False),  # days since the last time
        Column("frequency", Integer, nullable=False),  # days of the last 90
        Column("value", BigId, nullable=False),  # of the last 365 days
        Index("ix_segments_community_id_month", "community_id", "month"),
    ),
    "member_id",
)
of_community(segments, on_join=OnJoin.DROP_BOTH)
