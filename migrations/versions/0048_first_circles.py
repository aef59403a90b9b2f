"""In which circle somebody was first.

Revision ID: 0048
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0045"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "first_circles",
        sa.Column("member_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_first_circles_community_id_communities"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_first_circles_member_id_members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_first_circles"),
    )
    op.create_index("ix_first_circles_community_id", "first_circles", ["community_id"])


def downgrade() -> None:
    op.drop_table("first_circles")
