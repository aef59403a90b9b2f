"""Links of the catalogue that don't answer are kept until they do.

Revision ID: 0045
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0043"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "dead_links",
        sa.Column("item_id", _big, nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("fault", sa.String(32), nullable=False),
        sa.Column("detail", sa.String(32), nullable=False),
        sa.Column("looks", sa.SmallInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_dead_links_item_id_items"),
        sa.PrimaryKeyConstraint("item_id", name="pk_dead_links"),
    )


def downgrade() -> None:
    op.drop_table("dead_links")
