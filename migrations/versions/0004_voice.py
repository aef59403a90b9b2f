"""Time together in voice rooms.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STAYS = sa.text("kind = 'voice'")


def upgrade() -> None:
    with op.batch_alter_table("tie_days", schema=None) as batch_op:
        batch_op.add_column(sa.Column("voice", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("tie_days", schema=None) as batch_op:
        batch_op.alter_column("voice", server_default=None)
    op.create_index(
        "ix_interactions_room_id_at", "interactions", ["room_id", "at"], sqlite_where=_STAYS, postgresql_where=_STAYS
    )


def downgrade() -> None:
    op.drop_index("ix_interactions_room_id_at", "interactions")
    with op.batch_alter_table("tie_days", schema=None) as batch_op:
        batch_op.drop_column("voice")
