"""Let SQLite plan for communities with many interactions: left to guess, it read all of them for one message's.

Revision ID: 0058
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

_SIZES = (
    ("sqlite_autoindex_interactions_1", "1000000 500000 1"),
    ("ix_interactions_community_id_id", "1000000 100000 1"),
    ("ix_interactions_account_id_at", "1000000 500 1"),
    ("ix_interactions_message_key", "200000 3"),
    ("ix_interactions_subject", "100000 20000 20"),
    ("ix_interactions_import_id", "500000 100000"),
    ("ix_interactions_room_id_at", "10000 500 1"),
)
_sizes = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ANALYZE sqlite_schema")  # makes the table where there is none yet
        op.execute(sa.delete(_sizes).where(_sizes.c.tbl == "interactions"))
        op.bulk_insert(_sizes, [{"tbl": "interactions", "idx": index, "stat": stat} for index, stat in _SIZES])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.delete(_sizes).where(_sizes.c.tbl == "interactions"))
