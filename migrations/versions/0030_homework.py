"""What people handed in, and how others rate it.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "hand_ins",
        sa.Column("run_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("show", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_hand_ins_run_id_runs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_hand_ins_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_hand_ins_community_id_communities"),
        sa.PrimaryKeyConstraint("run_id", "account_id", name="pk_hand_ins"),
    )
    op.create_index("ix_hand_ins_community_id", "hand_ins", ["community_id"])
    op.create_index("ix_hand_ins_account_id", "hand_ins", ["account_id"])
    op.create_table(
        "ratings",
        sa.Column("run_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("author_account_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("stars", sa.Integer()),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_ratings_run_id_runs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_ratings_account_id_accounts"),
        sa.ForeignKeyConstraint(["author_account_id"], ["accounts.id"], name="fk_ratings_author_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_ratings_community_id_communities"),
        sa.PrimaryKeyConstraint("run_id", "account_id", "author_account_id", name="pk_ratings"),
    )
    op.create_index("ix_ratings_community_id", "ratings", ["community_id"])
    op.create_index("ix_ratings_account_id", "ratings", ["account_id"])
    op.create_index("ix_ratings_author_account_id", "ratings", ["author_account_id"])


def downgrade() -> None:
    op.drop_table("ratings")
    op.drop_table("hand_ins")
