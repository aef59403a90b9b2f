"""What somebody has filled in of a form so far, sealed: it may hold their own words."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, UniqueConstraint

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

drafts = personal(
    Table(
        "drafts",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("chat", String(160), nullable=False),  # the room where it is filled in; empty for the direct chat
        Column("action", String(32), nullable=False),
        Column("sealed", LargeBinary, nullable=False),
        Column("touched_at", Instant, nullable=False, index=True),
        UniqueConstraint("account_id", "chat"),
        sqlite_autoincrement=True,  # a button of a form that is gone must not meet another
    ),
    "account_id",
    exported=False,
)
of_community(drafts, on_join=OnJoin.YIELD)
