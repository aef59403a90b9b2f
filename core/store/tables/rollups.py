"""Activity and ties a day, filled from interactions up to a recorded position."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from core.store.tables.base import BigId, OnJoin, metadata, of_community, personal

activity_days = personal(
    Table(
        "activity_days",
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("day", Integer, primary_key=True),  # UTC days since 1970
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("messages", Integer, nullable=False, default=0),
        Column("replies", Integer, nullable=False, default=0),
        Column("reactions", Integer, nullable=False, default=0),
        Column("other", Integer, nullable=False, default=0),
        Index("ix_activity_days_community_id_day", "community_id", "day"),
    ),
    "account_id",
)
of_community(activity_days, on_join=OnJoin.ADD)

tie_days = personal(
    Table(
        "tie_days",
        metadata,
        Column("source_account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("target_account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("day", Integer, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("replies", Integer, nullable=False, default=0),
        Column("mentions", Integer, nullable=False, default=0),
        Column("reactions", Integer, nullable=False, default=0),
        Column("thanks", Integer, nullable=False, default=0),
        Column("voice", Integer, nullable=False, default=0),  # minutes together
        Index("ix_tie_days_community_id_day", "community_id", "day"),
    ),
    "source_account_id",
    "target_account_id",
)
of_community(tie_days, on_join=OnJoin.ADD)

positions = Table(
    "positions",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("community_id", BigId, primary_key=True),
    Column("value", BigId, nullable=False),
)
of_community(positions, on_join=OnJoin.MERGE)
