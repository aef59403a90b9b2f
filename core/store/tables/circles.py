"""In which circle each member was first, of those who agreed to be known."""

from sqlalchemy import Column, ForeignKey, Integer, Table

from core.store.tables.base import OnJoin, metadata, of_community, personal

# A circle is of one community's ties: joined with another's it is none any more.
first_circles = personal(
    Table(
        "first_circles",
        metadata,
        Column("member_id", ForeignKey("members.id"), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("circle", Integer, nullable=False),
        Column("day", Integer, nullable=False),  # UTC day up to which ties were counted
    ),
    "member_id",
)
of_community(first_circles, on_join=OnJoin.DROP_BOTH)
