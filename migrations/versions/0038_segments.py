"""In which segment each member is, by month.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "segments",
        sa.Column("member_id", _big, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("segment", sa.String(16), nullable=False),
        sa.Column("recency", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.Integer(), nullable=False),
        sa.Column("value", _big, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_segments_member_id_members"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_segments_community_id_communities"),
        sa.PrimaryKeyConstraint("member_id", "month", name="pk_segments"),
    )
    op.create_index("ix_segments_community_id_month", "segments", ["community_id", "month"])


def downgrade() -> None:
    op.drop_table("segments")
