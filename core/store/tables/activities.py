"""What a community does on a schedule, each time that it did, and what people answered."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

# What is set up is the community's: it stays when whoever set it up goes.
activities = personal(
    Table(
        "activities",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("number", Integer, nullable=False),  # what people call it by
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
        Index("ix_activities_community_id_number", "community_id", "number", unique=True),
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

# Who joined an activity for good, and until when they stay away.
activity_members = personal(
    Table(
        "activity_members",
        metadata,
        Column("activity_id", ForeignKey("activities.id"), primary_key=True),
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("joined_at", Instant, nullable=False),
        Column("away_until", Instant),
        Index("ix_activity_members_account_id", "account_id"),
    ),
    "account_id",
)
of_community(activity_members, on_join=OnJoin.MOVE)

# Whom somebody doesn't want to be paired with, which nobody else sees.
kept_apart = personal(
    Table(
        "kept_apart",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("other_account_id", ForeignKey("accounts.id"), index=True),
        Column("at", Instant, nullable=False),
        UniqueConstraint("account_id", "other_account_id"),
    ),
    "account_id",
    "other_account_id",
    towards="other_account_id",
    unseen=True,
)
of_community(kept_apart, on_join=OnJoin.YIELD)

# A member's own address of the calendar, until they want another.
calendar_feeds = personal(
    Table(
        "calendar_feeds",
        metadata,
        Column("token", String(64), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False, unique=True),
    ),
    "account_id",
)
of_community(calendar_feeds, on_join=OnJoin.YIELD)
