"""What a pressed button does, kept here so that nobody can alter it on the way."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, String, Table, false

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

buttons = personal(
    Table(
        "buttons",
        metadata,
        Column("token", String(32), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("account_id", ForeignKey("accounts.id")),  # None: anyone in the community may press it
        Column("command", String(32), nullable=False),
        Column("options", JSON, nullable=False),
        Column("replace_message", Boolean, nullable=False),
        Column("expires_at", Instant, nullable=False, index=True),
        Column("post_id", BigId, index=True),  # of posts: they go when it is closed
        Column("private", Boolean, nullable=False, default=False, server_default=false()),
    ),
    "account_id",
)
of_community(buttons, on_join=OnJoin.DROP)
