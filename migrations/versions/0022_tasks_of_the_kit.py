"""Posts that close and broadcasts that are unfolded are tasks, and a claim has a number of its own.

Revision ID: 0022
Revises: 0021
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from core.store.tables.base import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")
_UNDER_WAY = sa.text("done_at IS NULL")
_LIGHT = 2

_tasks = sa.table(
    "tasks",
    *(sa.column(name) for name in ("action", "subject", "slot", "state")),
    *(sa.column(name, sa.Integer()) for name in ("community_id", "lane", "attempts", "claims")),
    sa.column("due_at", Instant()),
    *(sa.column(name, sa.JSON()) for name in ("params", "progress")),
)
_posts = sa.table(
    "posts",
    *(sa.column(name, sa.Integer()) for name in ("id", "community_id")),
    *(sa.column(name, Instant()) for name in ("closes_at", "closed_at")),
)
_broadcasts = sa.table(
    "broadcasts",
    sa.column("community_id", sa.Integer()),
    sa.column("name"),
    *(sa.column(name, Instant()) for name in ("created_at", "done_at")),
)


def upgrade() -> None:
    op.add_column("tasks", sa.Column("claims", sa.Integer(), nullable=False, server_default="0"))
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.alter_column("tasks", "claims", server_default=None)
    open_posts = sa.select(_posts).where(_posts.c.closed_at.is_(None), _posts.c.closes_at.is_not(None))
    under_way = sa.select(_broadcasts).where(_broadcasts.c.done_at.is_(None))
    rows = [_task("close_post", row.community_id, str(row.id), row.closes_at) for row in connection.execute(open_posts)]
    rows += [
        _task("unfold_broadcast", row.community_id, row.name, row.created_at) for row in connection.execute(under_way)
    ]
    if rows:
        connection.execute(_tasks.insert(), rows)
    op.drop_index("ix_posts_closes_at", "posts")
    op.drop_index("ix_broadcasts_id", "broadcasts")


def _task(action: str, community_id: int, subject: str, due_at: Any) -> dict[str, object]:
    return {
        "action": action,
        "community_id": community_id,
        "subject": subject,
        "slot": "",
        "lane": _LIGHT,
        "due_at": due_at,
        "params": {},
        "progress": {},
        "state": "waiting",
        "attempts": 0,
        "claims": 0,
    }


def downgrade() -> None:
    op.get_bind().execute(_tasks.delete().where(_tasks.c.action.in_(("close_post", "unfold_broadcast"))))
    op.drop_column("tasks", "claims")
    op.create_index("ix_broadcasts_id", "broadcasts", ["id"], sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY)
    op.create_index("ix_posts_closes_at", "posts", ["closes_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
