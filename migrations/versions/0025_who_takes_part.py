"""Who joined an activity, whom nobody is to be paired with, reminders, members' calendars, numbers of activities.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_at = sa.DateTime(timezone=True)


def _points_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def upgrade() -> None:
    op.add_column("activities", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("activities", "number", server_default=None)
    op.execute("UPDATE activities SET number = id")  # as people know them
    op.create_index("ix_activities_community_id_number", "activities", ["community_id", "number"], unique=True)
    op.drop_index("ix_activities_community_id", "activities")
    op.create_table(
        "activity_members",
        sa.Column("activity_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("joined_at", _at, nullable=False),
        sa.Column("away_until", _at),
        _points_at("activity_members", "activity_id", "activities"),
        _points_at("activity_members", "account_id", "accounts"),
        _points_at("activity_members", "community_id", "communities"),
        sa.PrimaryKeyConstraint("activity_id", "account_id", name="pk_activity_members"),
    )
    op.create_index("ix_activity_members_account_id", "activity_members", ["account_id"])
    op.create_table(
        "kept_apart",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("other_account_id", _big),
        sa.Column("at", _at, nullable=False),
        _points_at("kept_apart", "community_id", "communities"),
        _points_at("kept_apart", "account_id", "accounts"),
        _points_at("kept_apart", "other_account_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_kept_apart"),
        sa.UniqueConstraint("account_id", "other_account_id", name="uq_kept_apart_account_id_other_account_id"),
    )
    op.create_index("ix_kept_apart_community_id", "kept_apart", ["community_id"])
    op.create_index("ix_kept_apart_other_account_id", "kept_apart", ["other_account_id"])
    op.create_table(
        "reminders",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("due_at", _at, nullable=False),
        sa.Column("said_at", _at),
        _points_at("reminders", "community_id", "communities"),
        _points_at("reminders", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_account_id", "reminders", ["account_id"])
    op.create_table(
        "calendar_feeds",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        _points_at("calendar_feeds", "community_id", "communities"),
        _points_at("calendar_feeds", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("token", name="pk_calendar_feeds"),
        sa.UniqueConstraint("account_id", name="uq_calendar_feeds_account_id"),
    )


def downgrade() -> None:
    for name in ("calendar_feeds", "reminders", "kept_apart", "activity_members"):
        op.drop_table(name)
    op.create_index("ix_activities_community_id", "activities", ["community_id"])
    op.drop_index("ix_activities_community_id_number", "activities")
    with op.batch_alter_table("activities") as batch_op:
        batch_op.drop_column("number")
