"""What people answered in runs of activities.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("run_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("answer", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_answers_run_id_runs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_answers_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_answers_community_id_communities"),
        sa.PrimaryKeyConstraint("run_id", "account_id", name="pk_answers"),
    )
    op.create_index("ix_answers_community_id", "answers", ["community_id"])
    op.create_index("ix_answers_account_id", "answers", ["account_id"])


def downgrade() -> None:
    op.drop_table("answers")
