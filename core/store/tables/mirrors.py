"""Runs to come as a platform's own calendar shows them, and who said there that they are interested."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, UniqueConstraint

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

mirrors = Table(
    "mirrors",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("activity_id", ForeignKey("activities.id"), nullable=False),
    Column("slot", String(40), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("title", String(100), nullable=False),
    Column("place", String(100), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("shown", Boolean, nullable=False),  # no longer, once it is over or doesn't come
    Column("reference", String(32)),  # what the platform calls it, once it was told
    UniqueConstraint("activity_id", "slot"),
    Index("ix_mirrors_reference", "platform", "reference"),
    sqlite_autoincrement=True,
)
of_community(mirrors, on_join=OnJoin.MOVE)

interests = personal(
    Table(
        "interests",
        metadata,
        Column("mirror_id", BigId, ForeignKey("mirrors.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
        Column("at", Instant, nullable=False),
        PrimaryKeyConstraint("mirror_id", "account_id"),
    ),
    "account_id",
)
of_community(interests, on_join=OnJoin.FOLLOW)
