"""Activities and their runs.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_at = sa.DateTime(timezone=True)
_OPEN = sa.text("phase = 'open'")


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("space_id", _big, nullable=False),
        sa.Column("room_id", _big),
        sa.Column("schedule", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("trouble", sa.String(64), nullable=False),
        sa.Column("account_id", _big),
        sa.Column("created_at", _at, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_activities_community_id_communities"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_activities_space_id_spaces"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_activities_room_id_rooms"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_activities_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_activities"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activities_community_id", "activities", ["community_id"])
    op.create_table(
        "runs",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("activity_id", _big, nullable=False),
        sa.Column("slot", sa.String(40), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("due_at", _at, nullable=False),
        sa.Column("began_at", _at),
        sa.Column("ends_at", _at),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_runs_community_id_communities"),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_runs_activity_id_activities"),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.UniqueConstraint("activity_id", "slot", name="uq_runs_activity_id_slot"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_runs_community_id", "runs", ["community_id"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_table("runs")
    op.drop_table("activities")
