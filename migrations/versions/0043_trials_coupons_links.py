"""Plans can be tried, codes can lower a price, and links of items are looked at.

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("plans", sa.Column("trial_days", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("plan_codes", sa.Column("percent", sa.SmallInteger(), nullable=False, server_default="0"))
    op.create_table(
        "item_links",
        sa.Column("item_id", _big, nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True)),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(32), nullable=False),
        sa.Column("detail", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_item_links_item_id_items"),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_links"),
    )


def downgrade() -> None:
    op.drop_table("item_links")
    op.drop_column("plan_codes", "percent")
    op.drop_column("plans", "trial_days")
