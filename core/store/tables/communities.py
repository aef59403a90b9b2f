"""Communities, their spaces under every id these ever had, and rooms."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, String, Table, Text, UniqueConstraint, false

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community

communities = Table(
    "communities",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", Text, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
)
of_community(communities, on_join=OnJoin.MERGE)

spaces = Table(
    "spaces",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("closed", Boolean, nullable=False, default=False),
    Column("created_at", Instant, nullable=False),
)
of_community(spaces, on_join=OnJoin.MOVE)

# A group that becomes a supergroup changes its id: every id leads to the same space.
space_aliases = Table(
    "space_aliases",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("external_id", String(64), primary_key=True),
    Column("space_id", ForeignKey("spaces.id"), nullable=False),
)
of_community(space_aliases, on_join=OnJoin.FOLLOW)

rooms = Table(
    "rooms",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("space_id", ForeignKey("spaces.id"), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("earns", Boolean, nullable=False, default=True),
    Column("parent", String(64)),  # the platform's id of the room that this one is in
    Column("thread", Boolean, nullable=False, default=False, server_default=false()),
    Column("gone", Boolean, nullable=False, default=False, server_default=false()),
    Column("seen_message", String(64)),  # the newest message taken, where history can be asked for
    UniqueConstraint("space_id", "external_id"),
)
of_community(rooms, on_join=OnJoin.FOLLOW)
