"""Who asked to be forgotten and where, as a keyed hash that names nobody."""

from sqlalchemy import Column, String, Table

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community

EVERYWHERE = 0  # in place of a community: the account is erased in all of them

erasures = Table(
    "erasures",
    metadata,
    Column("account_hash", String(64), primary_key=True),
    Column("community_id", BigId, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
)
of_community(erasures, on_join=OnJoin.MERGE)
