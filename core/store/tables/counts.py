"""What happened in an hour, as core/store/counts.py declares it."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from core.store.tables.base import BigId, OnJoin, metadata, of_community


def _counts(name: str, on_join: OnJoin) -> Table:
    table = Table(
        name,
        metadata,
        Column("community_id", ForeignKey("communities.id"), primary_key=True),
        Column("name", String(32), primary_key=True),  # of the count
        Column("hour", Integer, primary_key=True),  # UTC hours since 1970
        Column("room_id", BigId, primary_key=True, autoincrement=False),  # 0 where rooms are not told apart
        Column("kind", String(16), primary_key=True),  # "" where kinds are not told apart
        Column("value", BigId, nullable=False),
    )
    return of_community(table, on_join=on_join)


counts = _counts("counts", OnJoin.DROP_BOTH)  # and counted anew
# Of an import under way: added to the others when it is published, which it isn't where its community joins another.
staged_counts = _counts("staged_counts", OnJoin.DROP)
