"""What members asked to be reminded of."""

from sqlalchemy import Column, ForeignKey, String, Table

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

reminders = personal(
    Table(
        "reminders",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
        Column("text", String(300), nullable=False),
        Column("due_at", Instant, nullable=False),
        Column("said_at", Instant),  # it waits for whoever asked to say what next
        sqlite_autoincrement=True,  # tasks are named after it
    ),
    "account_id",
)
of_community(reminders, on_join=OnJoin.MOVE)
