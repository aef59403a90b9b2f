"""What people ask in a live session, and who voted for it; all of it goes when the session is over."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

queued_questions = personal(
    Table(
        "queued_questions",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("run_id", ForeignKey("runs.id"), nullable=False, index=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
        Column("text", String(300), nullable=False),
        Column("answered", Boolean, nullable=False),
        Column("at", Instant, nullable=False),
        sqlite_autoincrement=True,  # buttons are named after it
    ),
    "account_id",
)
of_community(queued_questions, on_join=OnJoin.MOVE)

queue_votes = personal(
    Table(
        "queue_votes",
        metadata,
        Column(
            "question_id",
            BigId,
            ForeignKey("queued_questions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("at", Instant, nullable=False),
        PrimaryKeyConstraint("question_id", "account_id"),
        Index("ix_queue_votes_account_id", "account_id"),
    ),
    "account_id",
)
of_community(queue_votes, on_join=OnJoin.FOLLOW)
