"""Items come from feeds, parts of a series open in turn, and members may want a few picks each week.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("account_id", _big),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("failures", sa.SmallInteger(), nullable=False),
        sa.Column("fault", sa.String(32), nullable=False),
        sa.Column("detail", sa.String(32), nullable=False),
        sa.Column("fetched_at", _instant),
        sa.Column("due_at", _instant, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_feeds_community_id_communities"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_feeds_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
    )
    op.create_index("ix_feeds_community_id", "feeds", ["community_id"])
    op.create_index("ix_feeds_account_id", "feeds", ["account_id"])
    op.add_column("items", sa.Column("in_turn", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "picks",
        sa.Column("account_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.Column("sent", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_picks_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_picks_community_id_communities"),
        sa.PrimaryKeyConstraint("account_id", name="pk_picks"),
    )
    op.create_index("ix_picks_community_id", "picks", ["community_id"])


def downgrade() -> None:
    op.drop_table("picks")
    op.drop_column("items", "in_turn")
    op.drop_table("feeds")
