"""Every point ever given, taken or spent: rows are added, never changed. And what replays of the rules made of them."""

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, or_, select, text

from core.store.tables.base import BigId, Instant, OnJoin, Points, implied, metadata, of_community, personal
from core.store.tables.interactions import imports

ledger_rows = personal(
    Table(
        "ledger",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("actor_account_id", ForeignKey("accounts.id")),
        Column("amount", Points, nullable=False),
        Column("earned", Points, nullable=False, default=0),
        Column("reason", String(16), nullable=False),
        Column("note", Text, nullable=False, default=""),
        Column("key", String(200), nullable=False),
        Column("reverses_id", ForeignKey("ledger.id")),
        Column("at", Instant, nullable=False),
        Column("import_id", BigId),  # that gave it
        UniqueConstraint("key", "community_id"),
        Index("ix_ledger_account_id_at", "account_id", "at"),
        Index("ix_ledger_community_id_at", "community_id", "at"),
        Index(
            "ix_ledger_import_id",
            "import_id",
            sqlite_where=text("import_id IS NOT NULL"),
            postgresql_where=text("import_id IS NOT NULL"),
        ),
    ),
    "account_id",
    "actor_account_id",
    erase="blank",
    blank={"note": ""},
    towards="actor_account_id",
)
of_community(implied(ledger_rows, "community_id"), on_join=OnJoin.KEYS_APART)

# What there is for whoever looks: everything but what an import under way, or one given up, has written so far.
ledger = (
    select(ledger_rows)
    .where(
        or_(
            ledger_rows.c.import_id.is_(None),
            ledger_rows.c.import_id.not_in(select(imports.c.id).where(imports.c.until.is_(None))),
        )
    )
    .subquery("ledger_seen")
)

# What the entry under a key amounts to since rules were last replayed, where that is something else.
adjustments = personal(
    Table(
        "adjustments",
        metadata,
        Column("community_id", ForeignKey("communities.id"), primary_key=True),
        Column("key", String(200), primary_key=True),
        Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
        Column("amount", Points, nullable=False),
    ),
    "account_id",
)
of_community(adjustments, on_join=OnJoin.KEYS_APART)

# Rules that held for the interactions up to `until` and weren't replayed when they were changed.
rule_eras = Table(
    "rule_eras",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("until", BigId, primary_key=True),
    Column("rules", JSON, nullable=False),
)
of_community(rule_eras, on_join=OnJoin.DROP)
