"""Plans can be had for Stars, each month or once.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plans", sa.Column("stars", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("plans", sa.Column("monthly", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("plans", "monthly")
    op.drop_column("plans", "stars")
