"""Plans can be had for Stars, each month or once.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plans", sa.Column("stars", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("plans", sa.Column("monthly", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("plans", "monthly")
    op.drop_column("plans", "stars")
