"""Runs to come in a platform's own calendar, and who is interested there.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mirrors",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("activity_id", _big, nullable=False),
        sa.Column("slot", sa.String(40), nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.String(32)),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_mirrors_community_id_communities"),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_mirrors_activity_id_activities"),
        sa.PrimaryKeyConstraint("id", name="pk_mirrors"),
        sa.UniqueConstraint("activity_id", "slot", name="uq_mirrors_activity_id_slot"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mirrors_reference", "mirrors", ["platform", "reference"])
    op.create_table(
        "interests",
        sa.Column("mirror_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mirror_id"], ["mirrors.id"], name="fk_interests_mirror_id_mirrors"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_interests_account_id_accounts"),
        sa.PrimaryKeyConstraint("mirror_id", "account_id", name="pk_interests"),
    )
    op.create_index("ix_interests_account_id", "interests", ["account_id"])


def downgrade() -> None:
    op.drop_table("interests")
    op.drop_table("mirrors")
