"""Polls that were put up, and who chose what."""

from sqlalchemy import JSON, Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

polls = Table(
    "polls",
    metadata,
    Column("post_id", BigId, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("question", JSON, nullable=False),  # what Kith asks; see core.domain.polls.Question
    Column("reference", String(160)),  # what the platform calls a poll of its own; None for buttons
    Column("counts", JSON),  # how often each option was chosen, as the platform said last
    Index("ix_polls_reference", "platform", "reference"),
)
of_community(polls, on_join=OnJoin.MOVE)

votes = personal(
    Table(
        "votes",
        metadata,
        Column("post_id", BigId, ForeignKey("polls.post_id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
        Column("options", String(64), nullable=False),  # "0,2"
        Column("at", Instant, nullable=False),
        PrimaryKeyConstraint("post_id", "account_id"),
    ),
    "account_id",
)
of_community(votes, on_join=OnJoin.FOLLOW)
