"""What was recommended to whom is kept, so that what a member's own recommendations change can be told.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "recommendation_trials",
        sa.Column("community_id", _big, nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_recommendation_trials_community_id_communities"
        ),
        sa.PrimaryKeyConstraint("community_id", "season", name="pk_recommendation_trials"),
    )
    op.create_table(
        "recommended",
        sa.Column("account_id", _big, nullable=False),
        sa.Column("item_id", _big, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("popular", sa.Boolean(), nullable=False),
        sa.Column("in_own", sa.Boolean(), nullable=False),
        sa.Column("in_popular", sa.Boolean(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_recommended_account_id_accounts"),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_recommended_item_id_items"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_recommended_community_id_communities"),
        sa.PrimaryKeyConstraint("account_id", "item_id", "day", name="pk_recommended"),
    )
    op.create_index("ix_recommended_community_id_at", "recommended", ["community_id", "at"])


def downgrade() -> None:
    op.drop_table("recommended")
    op.drop_table("recommendation_trials")
