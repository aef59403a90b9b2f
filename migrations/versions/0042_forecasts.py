"""Who was foretold to fall silent, each time that it was worked out.

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "forecasts",
        sa.Column("account_id", _big, nullable=False),
        sa.Column("cutoff", sa.Integer(), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("probability", sa.Float()),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_forecasts_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_forecasts_community_id_communities"),
        sa.PrimaryKeyConstraint("account_id", "cutoff", name="pk_forecasts"),
    )
    op.create_index("ix_forecasts_community_id_cutoff", "forecasts", ["community_id", "cutoff"])


def downgrade() -> None:
    op.drop_table("forecasts")
