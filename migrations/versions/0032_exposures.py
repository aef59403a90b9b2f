"""How activities are tried, who was asked and who was held out; those that run already hold nobody out unasked.

Revision ID: 0032
Revises: 0031
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_waiting = sa.text("outcome IS NULL")


def upgrade() -> None:
    op.create_table(
        "trials",
        sa.Column("activity_id", _big, nullable=False),
        sa.Column("design", sa.String(16), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("metric", sa.String(16), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("base", sa.Float(), nullable=False),
        sa.Column("theta", sa.Float(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_trials_activity_id_activities"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_trials_community_id_communities"),
        sa.PrimaryKeyConstraint("activity_id", "design", "season", name="pk_trials"),
    )
    op.create_index("ix_trials_community_id", "trials", ["community_id"])
    op.create_table(
        "exposures",
        sa.Column("run_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("activity_id", _big, nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("held_out", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.Float()),
        sa.Column("outcome", sa.Float()),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_exposures_run_id_runs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_exposures_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_exposures_community_id_communities"),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_exposures_activity_id_activities"),
        sa.PrimaryKeyConstraint("run_id", "account_id", name="pk_exposures"),
    )
    op.create_index("ix_exposures_community_id", "exposures", ["community_id"])
    op.create_index("ix_exposures_account_id_activity_id", "exposures", ["account_id", "activity_id"])
    op.create_index("ix_exposures_activity_id", "exposures", ["activity_id"])
    op.create_index(
        "ix_exposures_at",
        "exposures",
        ["community_id", "at"],
        sqlite_where=_waiting,
        postgresql_where=_waiting,
    )
    op.add_column("broadcasts", sa.Column("draw", sa.JSON()))
    _hold_nobody_out(op.get_bind())


def downgrade() -> None:
    op.drop_column("broadcasts", "draw")
    op.drop_table("exposures")
    op.drop_table("trials")


def _hold_nobody_out(connection: sa.Connection) -> None:
    activities = sa.table(
        "activities", sa.column("id", _big), sa.column("state", sa.String), sa.column("settings", sa.JSON)
    )
    running = sa.select(activities.c.id, activities.c.settings).where(activities.c.state != "draft")
    for row in connection.execute(running).all():
        settings = row.settings if isinstance(row.settings, dict) else json.loads(row.settings)
        changed = sa.update(activities).where(activities.c.id == row.id)
        connection.execute(changed.values(settings={**settings, "holdout": "no"}))
