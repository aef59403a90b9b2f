"""Which broadcast a message is of is known: how many were written to, and what still waits can be called back.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OF_A_BROADCAST = sa.text("broadcast_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("broadcast_id", _big))
    op.create_index(
        "ix_outbox_broadcast_id",
        "outbox",
        ["broadcast_id", "state"],
        sqlite_where=_OF_A_BROADCAST,
        postgresql_where=_OF_A_BROADCAST,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_broadcast_id", "outbox")
    op.drop_column("outbox", "broadcast_id")
