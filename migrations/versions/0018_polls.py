"""Polls that were put up, and who chose what.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_at = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("post_id", _big, autoincrement=False, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("reference", sa.String(160)),
        sa.Column("counts", sa.JSON()),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_polls_community_id_communities"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_polls_post_id_posts"),
        sa.PrimaryKeyConstraint("post_id", name="pk_polls"),
    )
    op.create_index("ix_polls_reference", "polls", ["platform", "reference"])
    op.create_table(
        "votes",
        sa.Column("post_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("options", sa.String(64), nullable=False),
        sa.Column("at", _at, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_votes_account_id_accounts"),
        sa.ForeignKeyConstraint(["post_id"], ["polls.post_id"], name="fk_votes_post_id_polls"),
        sa.PrimaryKeyConstraint("post_id", "account_id", name="pk_votes"),
    )
    op.create_index("ix_votes_account_id", "votes", ["account_id"])


def downgrade() -> None:
    op.drop_table("votes")
    op.drop_table("polls")
