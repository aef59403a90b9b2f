"""Tasks in place of job runs and errands: one table of what is due when.

Revision ID: 0012
Revises: 0011
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from core.store.tables.base import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("state = 'waiting'")
_LEASE = timedelta(minutes=10)  # of what was claimed before
_HEAVY = {"network_snapshot"}
_ANSWER, _LIGHT, _HEAVY_LANE = 0, 2, 3
_ROWS = 10_000

_runs = sa.table(
    "job_runs",
    *(sa.column(name) for name in ("job", "slot", "state", "failure")),
    *(sa.column(name, sa.Integer()) for name in ("community_id", "attempts")),
    sa.column("claimed_until", Instant()),
)
_errands = sa.table(
    "errands",
    *(sa.column(name, sa.Integer()) for name in ("id", "community_id", "account_id", "attempts")),
    sa.column("command"),
    *(sa.column(name, sa.JSON()) for name in ("options", "asked")),
    sa.column("writes", sa.Boolean()),
    sa.column("claimed_until", Instant()),
)
_communities = sa.table("communities", sa.column("id", sa.Integer()))


def upgrade() -> None:
    made = op.create_table(
        "tasks",
        sa.Column("id", _big, nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("slot", sa.String(40), nullable=False),
        sa.Column("account_id", _big),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("schedule", sa.JSON(none_as_null=True)),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", Instant()),
        sa.Column("failure", sa.Text()),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_tasks_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_tasks_community_id_communities"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint(
            "action", "community_id", "subject", "slot", name="uq_tasks_action_community_id_subject_slot"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tasks_community_id", "tasks", ["community_id"])
    op.create_index("ix_tasks_account_id", "tasks", ["account_id"])
    op.create_index(
        "ix_tasks_due_at", "tasks", ["lane", "due_at", "id"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
    connection = op.get_bind()
    there = set(connection.execute(sa.select(_communities.c.id)).scalars())
    rows = [_run(row) for row in connection.execute(sa.select(_runs)) if row.community_id in there]
    rows += [_errand(row) for row in connection.execute(sa.select(_errands).order_by(_errands.c.id))]
    for start in range(0, len(rows), _ROWS):
        connection.execute(made.insert(), rows[start : start + _ROWS])
    op.drop_table("job_runs")
    op.drop_table("errands")


def _run(row: sa.Row[Any]) -> dict[str, object]:
    """Return a job's run as a task: one that nobody settled waits for whoever had it, and then for others."""
    return {
        "action": row.job,
        "community_id": row.community_id,
        "subject": "",
        "slot": row.slot,
        "account_id": None,
        "lane": _HEAVY_LANE if row.job in _HEAVY else _LIGHT,
        "due_at": row.claimed_until - _LEASE,
        "schedule": None,
        "params": {},
        "progress": {},
        "state": "waiting" if row.state == "claimed" else row.state,
        "attempts": row.attempts,
        "claimed_until": None,
        "failure": row.failure,
    }


def _errand(row: sa.Row[Any]) -> dict[str, object]:
    return {
        "action": "answer",
        "community_id": row.community_id,
        "subject": row.command,
        "slot": f"errand {row.id}",
        "account_id": row.account_id,
        "lane": _ANSWER,
        "due_at": row.claimed_until,
        "schedule": None,
        "params": {"options": row.options, "writes": row.writes, "asked": row.asked},
        "progress": {},
        "state": "waiting",
        "attempts": row.attempts,
        "claimed_until": None,
        "failure": None,
    }


def downgrade() -> None:
    runs = op.create_table(
        "job_runs",
        sa.Column("job", sa.String(64), nullable=False),
        sa.Column("community_id", _big, nullable=False, autoincrement=False),
        sa.Column("slot", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", Instant(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.PrimaryKeyConstraint("job", "community_id", "slot", name="pk_job_runs"),
    )
    errands = op.create_table(
        "errands",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("account_id", _big),
        sa.Column("command", sa.String(32), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("writes", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_errands_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_errands_community_id_communities"),
        sa.PrimaryKeyConstraint("id", name="pk_errands"),
    )
    op.create_index("ix_errands_community_id", "errands", ["community_id"])
    tasks = sa.table(
        "tasks",
        *(sa.column(name) for name in ("action", "subject", "slot", "state", "failure")),
        *(sa.column(name, sa.Integer()) for name in ("id", "community_id", "account_id", "lane", "attempts")),
        sa.column("due_at", Instant()),
        sa.column("params", sa.JSON()),
    )
    connection = op.get_bind()
    kept = [row for row in connection.execute(sa.select(tasks).order_by(tasks.c.id)) if row.subject == "" and row.slot]
    back = [
        {
            "job": row.action,
            "community_id": row.community_id,
            "slot": row.slot,
            "state": row.state,
            "attempts": row.attempts,
            "claimed_until": row.due_at + _LEASE,
            "failure": row.failure,
        }
        for row in kept
        if row.state in {"done", "failed"} and len(row.slot) <= 32
    ]
    if back:
        connection.execute(runs.insert(), back)
    answers = sa.select(tasks).where(tasks.c.action == "answer", tasks.c.state == "waiting").order_by(tasks.c.id)
    asked = [
        {
            "community_id": row.community_id,
            "account_id": row.account_id,
            "command": row.subject,
            **{name: row.params[name] for name in ("options", "writes", "asked")},
            "attempts": row.attempts,
            "claimed_until": row.due_at,
        }
        for row in connection.execute(answers)
    ]
    if asked:
        connection.execute(errands.insert(), asked)
    op.drop_table("tasks")
