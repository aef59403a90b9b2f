"""Names as they compare, whatever the script; which benefits were handed over.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from core.domain.people import folded

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ROWS = 10_000
_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_accounts = sa.table(
    "accounts",
    sa.column("id", sa.BigInteger()),
    *(sa.column(name, sa.Text()) for name in ("name", "username", "folded_name", "folded_username")),
)


def upgrade() -> None:
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("folded_name", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("folded_username", sa.Text()))
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.alter_column("folded_name", server_default=None)
    _fill(op.get_bind())
    op.create_table(
        "handovers",
        sa.Column("entry_id", _big, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger.id"], name="fk_handovers_entry_id_ledger"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_handovers"),
    )
    # Nobody can say of earlier ones: they count as done, so that no owner finds a heap of old ones.
    op.execute("INSERT INTO handovers (entry_id, at) SELECT id, at FROM ledger WHERE reason = 'redeem'")


def _fill(connection: sa.Connection) -> None:
    """Fold the names that are there, so many rows at a time."""
    some = sa.select(_accounts.c.id, _accounts.c.name, _accounts.c.username).order_by(_accounts.c.id).limit(_ROWS)
    change = (
        sa.update(_accounts)
        .where(_accounts.c.id == sa.bindparam("its_id"))
        .values(folded_name=sa.bindparam("its_name"), folded_username=sa.bindparam("its_handle"))
    )
    last = -1
    while rows := connection.execute(some.where(_accounts.c.id > last)).all():
        last = rows[-1].id
        handles = [None if row.username is None else folded(row.username) for row in rows]
        given = [
            {"its_id": row.id, "its_name": folded(row.name), "its_handle": handle}
            for row, handle in zip(rows, handles, strict=True)
        ]
        connection.execute(change, given)


def downgrade() -> None:
    op.drop_table("handovers")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("folded_username")
        batch_op.drop_column("folded_name")
