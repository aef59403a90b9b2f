"""What an interaction is about: the name of an item or a run.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("interactions", sa.Column("subject", sa.String(120)))
    some = sa.text("subject IS NOT NULL")
    op.create_index(
        "ix_interactions_subject",
        "interactions",
        ["community_id", "subject"],
        sqlite_where=some,
        postgresql_where=some,
    )


def downgrade() -> None:
    op.drop_index("ix_interactions_subject", "interactions")
    with op.batch_alter_table("interactions", schema=None) as batch_op:
        batch_op.drop_column("subject")
