"""Erasures hold for a community; those from before hold everywhere, as they did.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from core.store.tables.base import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    made = op.create_table(
        "erasures_by_community",
        sa.Column("account_hash", sa.String(64), nullable=False),
        sa.Column("community_id", _BIG, nullable=False, autoincrement=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("account_hash", "community_id", name="pk_erasures_by_community"),
    )
    before = sa.table("erasures", sa.column("account_hash"), sa.column("at", Instant()))
    everywhere = sa.select(before.c.account_hash, sa.literal(0), before.c.at)
    op.execute(made.insert().from_select(["account_hash", "community_id", "at"], everywhere))
    _replace(op.f("pk_erasures"), "account_hash", "community_id")


def downgrade() -> None:
    made = op.create_table(
        "erasures_by_community",
        sa.Column("account_hash", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("account_hash", name="pk_erasures_by_community"),
    )
    before = sa.table("erasures", sa.column("account_hash"), sa.column("at", Instant()))
    newest = sa.select(before.c.account_hash, sa.func.max(before.c.at)).group_by(before.c.account_hash)
    op.execute(made.insert().from_select(["account_hash", "at"], newest))
    _replace(op.f("pk_erasures"), "account_hash")


def _replace(key: str, *columns: str) -> None:
    op.drop_table("erasures")
    op.rename_table("erasures_by_community", "erasures")
    with op.batch_alter_table("erasures", schema=None) as batch_op:
        batch_op.drop_constraint("pk_erasures_by_community", type_="primary")
        batch_op.create_primary_key(key, list(columns))
