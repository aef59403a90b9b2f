"""Let SQLite write interactions quicker: "one of four kinds" cost it a table for each row.

Revision ID: 0060
Revises: 0059
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

_NAME = "ix_interactions_message_key"
_KINDS = ("reaction", "unreaction", "reactions", "deleted")
_EACH = sa.text(" OR ".join(f"kind = '{kind}'" for kind in _KINDS))
_AMONG = sa.text(f"kind IN ({', '.join(map(repr, _KINDS))})")


def upgrade() -> None:
    _make_anew(_EACH)


def downgrade() -> None:
    _make_anew(_AMONG)


def _make_anew(some: sa.TextClause) -> None:
    op.drop_index(_NAME, "interactions")  # with what SQLite was told of its size
    op.create_index(_NAME, "interactions", ["message_key"], sqlite_where=some, postgresql_where=some)
    if op.get_bind().dialect.name == "sqlite":
        sizes = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        op.execute(sa.delete(sizes).where(sizes.c.idx == _NAME))
        op.bulk_insert(sizes, [{"tbl": "interactions", "idx": _NAME, "stat": "200000 3"}])
