"""Plans can be tried, and codes can lower a price.

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plans", sa.Column("trial_days", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("plan_codes", sa.Column("percent", sa.SmallInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("plan_codes", "percent")
    op.drop_column("plans", "trial_days")
