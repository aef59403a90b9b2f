"""What a refund is of is looked up with each payment.

Revision ID: 0053
Revises: 0052
"""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_payments_refunds", "payments", ["refunds"])


def downgrade() -> None:
    op.drop_index("ix_payments_refunds", "payments")
