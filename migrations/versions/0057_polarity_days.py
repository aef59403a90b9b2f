"""How many messages of a day were positive, negative and neutral.

Revision ID: 0057
Revises: 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "polarity_days",
        sa.Column("community_id", _big, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_polarity_days_community_id_communities"),
        sa.PrimaryKeyConstraint("community_id", "day", name="pk_polarity_days"),
    )


def downgrade() -> None:
    op.drop_table("polarity_days")
