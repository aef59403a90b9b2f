"""What an import is counted as by hour waits beside it, and is published with it.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "staged_counts",
        sa.Column("community_id", _big, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("room_id", _big, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", _big, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_staged_counts_community_id_communities"),
        sa.PrimaryKeyConstraint("community_id", "name", "hour", "room_id", "kind", name="pk_staged_counts"),
    )


def downgrade() -> None:
    op.drop_table("staged_counts")
