"""Entries of an import are written before it is published, and stay out of sight until then.

Revision ID: 0056
Revises: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0054"
branch_labels = None
depends_on = None

_IMPORTED = sa.text("import_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("ledger", sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.create_index("ix_ledger_import_id", "ledger", ["import_id"], sqlite_where=_IMPORTED, postgresql_where=_IMPORTED)


def downgrade() -> None:
    op.drop_index("ix_ledger_import_id", "ledger")
    op.drop_column("ledger", "import_id")
