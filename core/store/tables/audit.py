"""Who did what in a community."""

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

audit = personal(
    Table(
        "audit",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("actor_account_id", ForeignKey("accounts.id")),
        Column("subject_account_id", ForeignKey("accounts.id")),
        Column("action", String(32), nullable=False),
        Column("detail", JSON, nullable=False),
        Column("at", Instant, nullable=False),
        Index("ix_audit_community_id_at", "community_id", "at"),
    ),
    "actor_account_id",
    "subject_account_id",
    erase="blank",
    blank={"detail": {}},
    towards="subject_account_id",
)
of_community(audit, on_join=OnJoin.MOVE)
