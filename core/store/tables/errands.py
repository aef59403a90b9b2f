"""What somebody asked for that takes too long to answer at once: worked out later, by the worker."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

errands = personal(
    Table(
        "errands",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("account_id", ForeignKey("accounts.id")),
        Column("command", String(32), nullable=False),
        Column("options", JSON, nullable=False),
        Column("writes", Boolean, nullable=False),
        Column("asked", JSON, nullable=False),  # where the answer belongs, and what the asker might do then
        Column("attempts", Integer, nullable=False, default=0),
        Column("claimed_until", Instant, nullable=False),
    ),
    "account_id",
)
of_community(errands, on_join=OnJoin.MOVE)
