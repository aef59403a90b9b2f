"""Questions for live sessions, and votes for them.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "queued_questions",
        sa.Column("id", _big, nullable=False),
        sa.Column("run_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_queued_questions_run_id_runs"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_queued_questions_community_id_communities"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_queued_questions_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_queued_questions"),
        sqlite_autoincrement=True,
    )
    for column in ("run_id", "community_id", "account_id"):
        op.create_index(f"ix_queued_questions_{column}", "queued_questions", [column])
    op.create_table(
        "queue_votes",
        sa.Column("question_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["queued_questions.id"],
            name="fk_queue_votes_question_id_queued_questions",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_queue_votes_account_id_accounts"),
        sa.PrimaryKeyConstraint("question_id", "account_id", name="pk_queue_votes"),
    )
    op.create_index("ix_queue_votes_account_id", "queue_votes", ["account_id"])


def downgrade() -> None:
    op.drop_table("queue_votes")
    op.drop_table("queued_questions")
