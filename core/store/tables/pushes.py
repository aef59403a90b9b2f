"""What people want to hear unasked, and what is on its way to many of them."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, String, Table, UniqueConstraint

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

push_preferences = personal(
    Table(
        "push_preferences",
        metadata,
        Column("member_id", ForeignKey("members.id"), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("quiet_from", Integer, nullable=False),  # minutes of the day
        Column("quiet_until", Integer, nullable=False),
        Column("timezone", String(64)),
        Column("a_week", Integer, nullable=False),
    ),
    "member_id",
)
of_community(push_preferences, on_join=OnJoin.YIELD)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("name", String(120), nullable=False),
    Column("topic", String(16), nullable=False),
    Column("audience", JSON, nullable=False),
    Column("content", JSON, nullable=False),  # by language
    Column("holdout", Float, nullable=False),
    Column("draw", JSON(none_as_null=True)),  # where what it changes is measured: core.domain.effects.Draw
    Column("cursor", BigId, nullable=False, default=0),  # the last member that was looked at
    Column("queued", Integer, nullable=False, default=0),
    Column("refused", JSON, nullable=False),  # how many for which reason
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    UniqueConstraint("community_id", "name"),
)
of_community(broadcasts, on_join=OnJoin.DROP)
