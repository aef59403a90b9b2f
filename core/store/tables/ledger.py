"""Every point ever given, taken or spent; rows are added, never changed."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from core.store.tables.base import BigId, Instant, metadata, personal

ledger = personal(
    Table(
        "ledger",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("actor_account_id", ForeignKey("accounts.id")),
        Column("amount", Integer, nullable=False),
        Column("earned", Integer, nullable=False, default=0),
        Column("reason", String(16), nullable=False),
        Column("note", Text, nullable=False, default=""),
        Column("key", String(200), nullable=False),
        Column("reverses_id", ForeignKey("ledger.id")),
        Column("at", Instant, nullable=False),
        UniqueConstraint("key", "community_id"),
        Index("ix_ledger_account_id_at", "account_id", "at"),
        Index("ix_ledger_community_id_at", "community_id", "at"),
    ),
    "account_id",
    "actor_account_id",
    erase="blank",
    blank={"note": ""},
)
