"""What Kith is about to say, written down with what made it say it."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from core.store.tables.base import BigId, Instant, metadata, personal

outbox = personal(
    Table(
        "outbox",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id")),
        Column("account_id", ForeignKey("accounts.id")),
        Column("platform", String(16), nullable=False),
        Column("chat", String(160), nullable=False),  # one order for each chat; empty once it is settled
        Column("kind", String(16), nullable=False),  # reply, push, role, deletion: what a crash repeats
        Column("payload", JSON, nullable=False),
        Column("state", String(16), nullable=False, default="waiting"),  # waiting, sending, sent, failed
        Column("attempts", Integer, nullable=False, default=0),
        Column("due_at", Instant, nullable=False),
        Column("claimed_until", Instant),  # for what waits: when it was put back
        Column("sent_as", String(160)),
        Column("failure", Text),
        Column("created_at", Instant, nullable=False),
        Index("ix_outbox_platform_state_due_at", "platform", "state", "due_at"),
        sqlite_autoincrement=True,  # SQLite would give an erased row's number to another
    ),
    "account_id",
)
