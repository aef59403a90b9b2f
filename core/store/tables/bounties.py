"""Questions with points on them, and whose answer got these."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

bounties = personal(
    Table(
        "bounties",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("run_id", ForeignKey("runs.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),  # who asks
        Column("answer_account_id", ForeignKey("accounts.id")),
        Column("asked", Text, nullable=False),
        Column("points", Integer, nullable=False),
        Column("fate", String(16), nullable=False),  # see core.domain.bounties.Fate
        Column("at", Instant, nullable=False),
        Column("ends_at", Instant, nullable=False),
        Index("ix_bounties_account_id", "account_id"),
        Index("ix_bounties_answer_account_id", "answer_account_id"),
        sqlite_autoincrement=True,  # bookings are named after it
    ),
    "account_id",
    "answer_account_id",
    towards="answer_account_id",
)
of_community(bounties, on_join=OnJoin.MOVE)
