"""What is due when, and who sees to it: once for each action, community, subject and slot."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

_WAITING = text("state = 'waiting'")

tasks = personal(
    Table(
        "tasks",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("action", String(64), nullable=False),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("subject", String(120), nullable=False),
        Column("slot", String(40), nullable=False),
        Column("account_id", ForeignKey("accounts.id")),  # who waits for it
        Column("lane", SmallInteger, nullable=False),
        Column("due_at", Instant, nullable=False),
        Column("schedule", JSON(none_as_null=True)),  # of one that comes again and that no code declares
        Column("params", JSON, nullable=False),
        Column("progress", JSON, nullable=False),
        Column("state", String(16), nullable=False, default="waiting"),  # waiting, done, failed
        Column("attempts", Integer, nullable=False, default=0),
        Column(
            "claims", Integer, nullable=False, default=0
        ),  # in all: by the number of a claim it is known whose it is
        Column("claimed_until", Instant),  # by whoever is at it, or until it is tried again
        Column("failure", Text),
        UniqueConstraint("action", "community_id", "subject", "slot"),
        Index("ix_tasks_due_at", "lane", "due_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_tasks_account_id", "account_id"),
        sqlite_autoincrement=True,  # SQLite would give a settled row's number to another, whose claim it isn't
    ),
    "account_id",
)
of_community(tasks, on_join=OnJoin.YIELD)
