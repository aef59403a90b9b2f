"""What Kith put up in rooms under a name, so that it can be changed, closed and pinned later."""

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community

posts = Table(
    "posts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("name", String(120), nullable=False),  # what put it up calls it: "question:17"
    Column("space_id", ForeignKey("spaces.id"), nullable=False),
    Column("room", String(160), nullable=False),  # the platform's id; empty for the space's main room
    Column("message", String(160)),  # the platform's id, once it was sent
    Column("refusal", Text),  # why it never was
    Column("created_at", Instant, nullable=False),
    Column("closes_at", Instant),
    Column("closed_at", Instant),
    UniqueConstraint("community_id", "name", "space_id", "room"),
    sqlite_autoincrement=True,  # a change that waits must not meet another post
)
of_community(posts, on_join=OnJoin.MOVE)
