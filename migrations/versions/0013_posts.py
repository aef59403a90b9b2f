"""Posts by name, and what is about them in the outbox and under them.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("closed_at IS NULL")
_OF_A_POST = sa.text("post_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "posts",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("space_id", _big, nullable=False),
        sa.Column("room", sa.String(160), nullable=False),
        sa.Column("message", sa.String(160)),
        sa.Column("refusal", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_posts_community_id_communities"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_posts_space_id_spaces"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.UniqueConstraint(
            "community_id", "name", "space_id", "room", name="uq_posts_community_id_name_space_id_room"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_closes_at", "posts", ["closes_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.add_column("outbox", sa.Column("post_id", _big))
    op.create_index("ix_outbox_post_id", "outbox", ["post_id"], sqlite_where=_OF_A_POST, postgresql_where=_OF_A_POST)
    op.add_column("buttons", sa.Column("post_id", _big))
    op.create_index("ix_buttons_post_id", "buttons", ["post_id"])


def downgrade() -> None:
    op.drop_index("ix_buttons_post_id", "buttons")
    op.drop_column("buttons", "post_id")
    op.drop_index("ix_outbox_post_id", "outbox")
    op.drop_column("outbox", "post_id")
    op.drop_table("posts")
