"""Let PostgreSQL not check, row by row, the community and space that the row's account and room imply.

Revision ID: 0061
Revises: 0060
"""

from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_IMPLIED = (
    ("interactions", "community_id", "communities"),
    ("interactions", "space_id", "spaces"),
    ("ledger", "community_id", "communities"),
    ("activity_days", "community_id", "communities"),
    ("tie_days", "community_id", "communities"),
    ("staged_activity_days", "community_id", "communities"),
    ("staged_tie_days", "community_id", "communities"),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, there in _IMPLIED:
            op.drop_constraint(f"fk_{table}_{column}_{there}", table, type_="foreignkey")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, there in _IMPLIED:
            op.create_foreign_key(f"fk_{table}_{column}_{there}", table, there, [column], ["id"])
