"""Whom what is put aside may name: it goes when they are erased.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parked", sa.Column("people", sa.JSON()))


def downgrade() -> None:
    op.drop_column("parked", "people")
