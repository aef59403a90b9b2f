"""How many messages of a day were positive, negative and neutral: a community's sums, of nobody and without text."""

from sqlalchemy import Column, ForeignKey, Integer, Table

from core.store.tables.base import OnJoin, metadata, of_community

polarity_days = Table(
    "polarity_days",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("day", Integer, primary_key=True),  # UTC days since 1970
    Column("positive", Integer, nullable=False),
    Column("negative", Integer, nullable=False),
    Column("neutral", Integer, nullable=False),
)
# A day of both isn't told then: not all that was written on it is in the counts that hold.
of_community(polarity_days, on_join=OnJoin.YIELD)
