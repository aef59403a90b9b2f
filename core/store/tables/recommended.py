"""What was recommended to whom, and which members were drawn to get what is popular in place of their own."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, SmallInteger, Table

from core.store.tables.base import Instant, OnJoin, metadata, of_community, personal

# Decided before anybody is drawn, and the same for the whole season.
recommendation_trials = Table(
    "recommendation_trials",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("season", Integer, primary_key=True),
    Column("share", Float, nullable=False),  # of members who get what is popular
    Column("eligible", Integer, nullable=False),
)
of_community(recommendation_trials, on_join=OnJoin.YIELD)

recommended = personal(
    Table(
        "recommended",
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("item_id", ForeignKey("items.id"), primary_key=True),
        Column("day", Integer, primary_key=True),  # UTC day since 1970
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("at", Instant, nullable=False),
        Column("season", Integer, nullable=False),
        Column("popular", Boolean, nullable=False),  # the member was drawn to get what is popular
        Column("in_own", Boolean, nullable=False),  # the item would have stood in their own list
        Column("in_popular", Boolean, nullable=False),
        Column("place", SmallInteger, nullable=False),
        Index("ix_recommended_community_id_at", "community_id", "at"),
    ),
    "account_id",
)
of_community(recommended, on_join=OnJoin.MOVE)
