"""What people want to hear unasked, who may be written to, and what is said to many.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_at = sa.DateTime(timezone=True)
_UNDER_WAY = sa.text("done_at IS NULL")
_COUNTED = sa.text("topic IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "push_preferences",
        sa.Column("member_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.String(64)),
        sa.Column("a_week", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_push_preferences_community_id_communities"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_push_preferences_member_id_members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_push_preferences"),
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("holdout", sa.Float(), nullable=False),
        sa.Column("cursor", _big, nullable=False),
        sa.Column("queued", sa.Integer(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("created_at", _at, nullable=False),
        sa.Column("done_at", _at),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_broadcasts_community_id_communities"),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.UniqueConstraint("community_id", "name", name="uq_broadcasts_community_id_name"),
    )
    op.create_index("ix_broadcasts_id", "broadcasts", ["id"], sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY)
    op.create_index("ix_members_community_id", "members", ["community_id", "id"])
    op.add_column("accounts", sa.Column("opened_at", _at))
    op.add_column("outbox", sa.Column("topic", sa.String(16)))
    op.create_index(
        "ix_outbox_account_id",
        "outbox",
        ["account_id", "created_at"],
        sqlite_where=_COUNTED,
        postgresql_where=_COUNTED,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_account_id", "outbox")
    op.drop_column("outbox", "topic")
    op.drop_column("accounts", "opened_at")
    op.drop_index("ix_members_community_id", "members")
    op.drop_table("broadcasts")
    op.drop_table("push_preferences")
