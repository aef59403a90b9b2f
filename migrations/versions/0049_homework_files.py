"""Homework is handed in as a file too.

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hand_ins", sa.Column("attachment", sa.Text()))


def downgrade() -> None:
    op.drop_column("hand_ins", "attachment")
