"""What a snapshot leaves to the next.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "carried",
        sa.Column("community_id", big, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("position", big, nullable=False),
        sa.Column("linked", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_carried_community_id_communities")),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_carried")),
    )
    # Snapshots are read in another shape from now on: the next one is taken when it is asked for.
    op.execute("DELETE FROM snapshots")


def downgrade() -> None:
    op.drop_table("carried")
