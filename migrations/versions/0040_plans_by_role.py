"""Plans can come with a role of a server.

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("plans", sa.Column("role", sa.String(64), nullable=False, server_default=""))
    op.add_column("plans", sa.Column("role_space_id", _big))
    op.create_index("ix_plans_role_space_id", "plans", ["role_space_id"])


def downgrade() -> None:
    op.drop_index("ix_plans_role_space_id", "plans")
    op.drop_column("plans", "role_space_id")
    op.drop_column("plans", "role")
