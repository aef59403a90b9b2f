"""Who was asked in which round of a survey, and what they answered.

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "survey_asks",
        sa.Column("run_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("scale", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_survey_asks_run_id_runs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_survey_asks_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_survey_asks_community_id_communities"),
        sa.PrimaryKeyConstraint("run_id", "account_id", name="pk_survey_asks"),
    )
    op.create_index("ix_survey_asks_account_id", "survey_asks", ["account_id"])
    op.create_index("ix_survey_asks_community_id_at", "survey_asks", ["community_id", "at"])
    op.create_table(
        "survey_answers",
        sa.Column("run_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_survey_answers_run_id_runs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_survey_answers_account_id_accounts"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_survey_answers_community_id_communities"
        ),
        sa.PrimaryKeyConstraint("run_id", "account_id", "question", name="pk_survey_answers"),
    )
    op.create_index("ix_survey_answers_community_id", "survey_answers", ["community_id"])
    op.create_index("ix_survey_answers_account_id", "survey_answers", ["account_id"])


def downgrade() -> None:
    op.drop_table("survey_answers")
    op.drop_table("survey_asks")
