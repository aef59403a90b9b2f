"""Questions with points on them, and whose answer got these.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bounties",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("run_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("answer_account_id", _big),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_bounties_community_id_communities"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_bounties_run_id_runs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_bounties_account_id_accounts"),
        sa.ForeignKeyConstraint(["answer_account_id"], ["accounts.id"], name="fk_bounties_answer_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_bounties"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bounties_community_id", "bounties", ["community_id"])
    op.create_index("ix_bounties_account_id", "bounties", ["account_id"])
    op.create_index("ix_bounties_answer_account_id", "bounties", ["answer_account_id"])


def downgrade() -> None:
    op.drop_table("bounties")
