"""What was recommended to whom is known: the first step from being shown to being finished.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("uses", sa.Column("shown_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("uses", "shown_at")
