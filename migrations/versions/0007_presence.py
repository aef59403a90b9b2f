"""Who is in which space, and whose handle is whose.

Revision ID: 0007
Revises: 0004
"""

from alembic import op

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_accounts_username", "accounts", ["username"])


def downgrade() -> None:
    op.drop_index("ix_accounts_username", "accounts")
