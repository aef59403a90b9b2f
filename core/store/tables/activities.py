"""What a community does on a schedule, each time that it did, and what people answered."""

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, UniqueConstraint, text

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

# What is set up is the community's: it stays when whoever set it up goes.
activities = personal(
    Table(
        "activities",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("kind", String(32), nullable=False),
        Column("space_id", ForeignKey("spaces.id"), nullable=False),
        Column("room_id", ForeignKey("rooms.id")),  # none: the space's main room
        Column("schedule", JSON, nullable=False),
        Column("settings", JSON, nullable=False),
        Column("audience", JSON, nullable=False),
        Column("state", String(16), nullable=False),  # draft, active, paused, stopped
        Column("trouble", String(64), nullable=False),  # the key of why it paused by itself
        Column("account_id", ForeignKey("accounts.id")),  # who set it up
        Column("created_at", Instant, nullable=False),
        sqlite_autoincrement=True,  # tasks and bookings are named after it
    ),
    "account_id",
    erase="keep",
    towards="account_id",
)
of_community(activities, on_join=OnJoin.MOVE)

_OPEN = text("phase = 'open'")

runs = Table(
    "runs",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("activity_id", ForeignKey("activities.id"), nullable=False),
    Column("slot", String(40), nullable=False),
    Column("phase", String(16), nullable=False),  # moved, open, over, skipped
    Column("due_at", Instant, nullable=False),
    Column("began_at", Instant),
    Column("ends_at", Instant),
    Column("detail", JSON, nullable=False),
    UniqueConstraint("activity_id", "slot"),
    Index("ix_runs_community_id", "community_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    sqlite_autoincrement=True,  # what people took part in is named after it
)
of_community(runs, on_join=OnJoin.MOVE)

# What somebody answered in a run: an option of a poll, a number in a raffle, the pair that they are in.
answers = personal(
    Table(
        "answers",
        metadata,
        Column("run_id", ForeignKey("runs.id"), primary_key=True),
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("answer", String(64), nullable=False),
        Column("at", Instant, nullable=False),
        Index("ix_answers_account_id", "account_id"),
    ),
    "account_id",
)
of_community(answers, on_join=OnJoin.MOVE)
