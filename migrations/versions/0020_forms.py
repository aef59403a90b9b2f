"""Forms that somebody has begun to fill in.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("chat", sa.String(160), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_drafts_community_id_communities"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_drafts_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("account_id", "chat", name="uq_drafts_account_id_chat"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_community_id", "drafts", ["community_id"])
    op.create_index("ix_drafts_touched_at", "drafts", ["touched_at"])


def downgrade() -> None:
    op.drop_table("drafts")
