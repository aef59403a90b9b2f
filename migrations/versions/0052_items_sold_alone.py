"""A plan may be what one item alone is sold by.

Revision ID: 0052
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0049"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("plans", sa.Column("item_id", _big))
    op.create_index("ix_plans_item_id", "plans", ["item_id"])


def downgrade() -> None:
    op.drop_index("ix_plans_item_id", "plans")
    op.drop_column("plans", "item_id")
