"""What an analysis found on a day, with the parameters that made it, and what it leaves to its next run."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, LargeBinary, String, Table

from core.store.tables.base import BigId, OnJoin, metadata, of_community

KIND_LIMIT = 16

# `result` names members by id in one list, `members`, which an erasure empties of whom it erases.
snapshots = Table(
    "snapshots",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("kind", String(KIND_LIMIT), primary_key=True),
    Column("day", Integer, primary_key=True),  # UTC days since 1970
    Column("parameters", JSON, nullable=False),
    Column("result", JSON, nullable=False),
)
of_community(snapshots, on_join=OnJoin.DROP)

# Who a tie is from and to can't be taken out of it: an erasure, and whatever else changes what was, drops the row.
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("kind", String(KIND_LIMIT), primary_key=True),
    Column("day", Integer, nullable=False),  # of the snapshot that left it
    Column("position", BigId, nullable=False),  # the last interaction that is in it
    Column("linked", String(64), nullable=False),  # a hash of which accounts belonged to whom
    Column("version", Integer, nullable=False),  # of the way to count
    Column("content", LargeBinary, nullable=False),
)
of_community(checkpoints, on_join=OnJoin.DROP_BOTH)
