"""Checkpoints of every study, and counts by room, kind and hour.

Revision ID: 0015
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("community_id", _big, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("position", _big, nullable=False),
        sa.Column("linked", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_checkpoints_community_id_communities"),
        sa.PrimaryKeyConstraint("community_id", "kind", name="pk_checkpoints"),
    )
    op.execute(
        "INSERT INTO checkpoints (community_id, kind, day, position, linked, version, content) "
        "SELECT community_id, 'network', day, position, linked, version, content FROM carried"
    )
    op.drop_table("carried")
    op.create_table(
        "counts",
        sa.Column("community_id", _big, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("room_id", _big, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", _big, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_counts_community_id_communities"),
        sa.PrimaryKeyConstraint("community_id", "name", "hour", "room_id", "kind", name="pk_counts"),
    )


def downgrade() -> None:
    op.drop_table("counts")
    op.create_table(
        "carried",
        sa.Column("community_id", _big, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("position", _big, nullable=False),
        sa.Column("linked", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_carried_community_id_communities"),
        sa.PrimaryKeyConstraint("community_id", name="pk_carried"),
    )
    op.drop_table("checkpoints")
