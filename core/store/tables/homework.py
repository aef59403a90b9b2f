"""What people handed in, and how others rate it."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from core.store.tables.base import Instant, OnJoin, metadata, of_community, personal

hand_ins = personal(
    Table(
        "hand_ins",
        metadata,
        Column("run_id", ForeignKey("runs.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("work", Text, nullable=False),
        Column("attachment", Text),  # where a platform keeps the file
        Column("show", Boolean, nullable=False),  # where it is among the best
        Column("at", Instant, nullable=False),
        PrimaryKeyConstraint("run_id", "account_id"),
        Index("ix_hand_ins_account_id", "account_id"),
    ),
    "account_id",
)
of_community(hand_ins, on_join=OnJoin.MOVE)

ratings = personal(
    Table(
        "ratings",
        metadata,
        Column("run_id", ForeignKey("runs.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),  # who rates
        Column("author_account_id", ForeignKey("accounts.id"), nullable=False),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("stars", Integer),  # none: it waits for them
        Column("comment", Text, nullable=False),
        PrimaryKeyConstraint("run_id", "account_id", "author_account_id"),
        Index("ix_ratings_account_id", "account_id"),
        Index("ix_ratings_author_account_id", "author_account_id"),
    ),
    "account_id",
    "author_account_id",
)
of_community(ratings, on_join=OnJoin.MOVE)
