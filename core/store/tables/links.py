"""One-time codes that join accounts or spaces; only their hash is kept."""

from sqlalchemy import Column, ForeignKey, String, Table

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

link_codes = personal(
    Table(
        "link_codes",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("code_hash", String(64), nullable=False, unique=True),
        Column("kind", String(16), nullable=False),  # account or space
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id")),
        Column("expires_at", Instant, nullable=False),
        Column("used_at", Instant),
        sqlite_autoincrement=True,  # SQLite would give an erased row's number to another
    ),
    "account_id",
)
of_community(link_codes, on_join=OnJoin.DROP)
