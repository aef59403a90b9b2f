"""Imports are written on a stage that nobody sees, and published at once.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEYS = {
    "staged_activity_days": ("account_id",),
    "staged_tie_days": ("source_account_id", "target_account_id"),
}
_COUNTS = {
    "staged_activity_days": ("messages", "replies", "reactions", "other"),
    "staged_tie_days": ("replies", "mentions", "reactions", "thanks", "voice"),
}


def upgrade() -> None:
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stage", _big))
        batch_op.add_column(sa.Column("until", _big))
    # Every import that is there was brought in whole.
    op.execute("UPDATE imports SET until = 0")
    for name, accounts in _KEYS.items():
        op.create_table(
            name,
            *(sa.Column(column, _big, nullable=False) for column in accounts),
            sa.Column("day", sa.Integer(), nullable=False),
            sa.Column("community_id", _big, nullable=False),
            *(sa.Column(column, sa.Integer(), nullable=False) for column in _COUNTS[name]),
            *(
                sa.ForeignKeyConstraint([column], ["accounts.id"], name=f"fk_{name}_{column}_accounts")
                for column in accounts
            ),
            sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=f"fk_{name}_community_id_communities"),
            sa.PrimaryKeyConstraint(*accounts, "day", name=f"pk_{name}"),
        )
        op.create_index(f"ix_{name}_community_id_day", name, ["community_id", "day"])


def downgrade() -> None:
    for name in _KEYS:
        op.drop_table(name)
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_column("until")
        batch_op.drop_column("stage")
