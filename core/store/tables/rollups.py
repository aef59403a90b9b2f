"""Activity and ties a day, filled from interactions up to a recorded position."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from core.store.tables.base import BigId, OnJoin, implied, metadata, of_community, personal


def _activity(name: str, *, seen: bool = True) -> Table:
    table = Table(
        name,
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("day", Integer, primary_key=True),  # UTC days since 1970
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("messages", Integer, nullable=False, default=0),
        Column("replies", Integer, nullable=False, default=0),
        Column("reactions", Integer, nullable=False, default=0),
        Column("other", Integer, nullable=False, default=0),
        Index(f"ix_{name}_community_id_day", "community_id", "day"),
    )
    mine = personal(implied(table, "community_id"), "account_id", exported=seen)
    return of_community(mine, on_join=OnJoin.ADD)


def _ties(name: str, *, seen: bool = True) -> Table:
    table = Table(
        name,
        metadata,
        Column("source_account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("target_account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("day", Integer, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("replies", Integer, nullable=False, default=0),
        Column("mentions", Integer, nullable=False, default=0),
        Column("reactions", Integer, nullable=False, default=0),
        Column("thanks", Integer, nullable=False, default=0),
        Column("voice", Integer, nullable=False, default=0),  # minutes together
        Index(f"ix_{name}_community_id_day", "community_id", "day"),
    )
    mine = personal(implied(table, "community_id"), "source_account_id", "target_account_id", exported=seen)
    return of_community(mine, on_join=OnJoin.ADD)


activity_days, tie_days = _activity("activity_days"), _ties("tie_days")
# Of an import under way: added to the others when it is published.
staged_activity_days = _activity("staged_activity_days", seen=False)
staged_tie_days = _ties("staged_tie_days", seen=False)
STAGED = {staged_activity_days: activity_days, staged_tie_days: tie_days}

positions = Table(
    "positions",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("community_id", BigId, primary_key=True),
    Column("value", BigId, nullable=False),
)
of_community(positions, on_join=OnJoin.MERGE)
