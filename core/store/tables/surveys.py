"""Who was asked in which round of a survey, and what they answered."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from core.store.tables.base import Instant, OnJoin, metadata, of_community, personal

survey_asks = personal(
    Table(
        "survey_asks",
        metadata,
        Column("run_id", ForeignKey("runs.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),  # that was written to directly
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("scale", String(16), nullable=False),  # nobody is asked the same too often
        Column("at", Instant, nullable=False),
        PrimaryKeyConstraint("run_id", "account_id"),
        Index("ix_survey_asks_account_id", "account_id"),
        Index("ix_survey_asks_community_id_at", "community_id", "at"),
    ),
    "account_id",
)
of_community(survey_asks, on_join=OnJoin.MOVE)

survey_answers = personal(
    Table(
        "survey_answers",
        metadata,
        Column("run_id", ForeignKey("runs.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("question", Integer, nullable=False),  # its place among those of the run
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("answer", Text, nullable=False),  # a number, the place of an option, or words
        Column("at", Instant, nullable=False),
        PrimaryKeyConstraint("run_id", "account_id", "question"),
        Index("ix_survey_answers_account_id", "account_id"),
    ),
    "account_id",
)
of_community(survey_answers, on_join=OnJoin.MOVE)
