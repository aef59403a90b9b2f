"""How activities are tried, and who was asked or held out in which run."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, text

from core.store.tables.base import Instant, OnJoin, metadata, of_community, personal

trials = Table(
    "trials",
    metadata,
    Column("activity_id", ForeignKey("activities.id"), primary_key=True),
    Column("design", String(16), primary_key=True),  # holdout, switchback
    Column("season", Integer, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
    Column("metric", String(16), nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("share", Float, nullable=False),  # held out
    Column("eligible", Integer, nullable=False),
    Column("planned", Integer, nullable=False),  # rows of person and run in this season
    Column("base", Float, nullable=False),
    Column("theta", Float, nullable=False),
    Column("first", Integer, nullable=False),  # UTC day since 1970 on which the first block begins
    Column("length", Integer, nullable=False),  # of a block, in days
    Column("ended", Integer, nullable=False),  # UTC day on which a moderator wanted no more blocks, or 0
)
of_community(trials, on_join=OnJoin.MOVE)

_WAITING = text("outcome IS NULL")

exposures = personal(
    Table(
        "exposures",
        metadata,
        Column("run_id", ForeignKey("runs.id"), primary_key=True),
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("activity_id", ForeignKey("activities.id"), nullable=False),
        Column("season", Integer, nullable=False),
        Column("held_out", Boolean, nullable=False),
        Column("at", Instant, nullable=False),  # the same for all of a run
        Column("before", Float),  # days active of the 28 before
        Column("outcome", Float),  # NULL until its week is over
        Index("ix_exposures_account_id_activity_id", "account_id", "activity_id"),
        Index("ix_exposures_activity_id", "activity_id"),
        Index("ix_exposures_at", "community_id", "at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    ),
    "account_id",
)
of_community(exposures, on_join=OnJoin.MOVE)
