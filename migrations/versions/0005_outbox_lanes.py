"""Lanes of the outbox, and indexes that make a claim cost what it claims.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBERED = {"sqlite_autoincrement": True}  # which a table made anew on SQLite would lose
_INDEXES = {
    "ix_outbox_due_at": (["platform", "lane", "due_at", "id"], "state = 'waiting'"),
    "ix_outbox_chat": (["platform", "chat", "lane", "id"], "state IN ('waiting', 'sending')"),
    "ix_outbox_claimed_until": (["platform", "claimed_until"], "state = 'sending'"),
}


def upgrade() -> None:
    op.drop_index("ix_outbox_platform_state_due_at", "outbox")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lane", sa.SmallInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE outbox SET lane = 1 WHERE kind IN ('role', 'deletion')")
    op.execute("UPDATE outbox SET lane = 2 WHERE kind = 'push'")
    with op.batch_alter_table("outbox", schema=None, table_kwargs=_NUMBERED) as batch_op:
        batch_op.alter_column("lane", server_default=None)
    for name, (columns, some) in _INDEXES.items():
        op.create_index(name, "outbox", columns, sqlite_where=sa.text(some), postgresql_where=sa.text(some))


def downgrade() -> None:
    for name in _INDEXES:
        op.drop_index(name, "outbox")
    with op.batch_alter_table("outbox", schema=None, table_kwargs=_NUMBERED) as batch_op:
        batch_op.drop_column("lane")
    op.create_index("ix_outbox_platform_state_due_at", "outbox", ["platform", "state", "due_at"])
