"""The table of the roles that Kith gave is called as they are.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _move("followings", "role_grants")


def downgrade() -> None:
    _move("role_grants", "followings")


def _move(old: str, new: str) -> None:
    """Move the rows to a table of their own: the names of its keys and index follow."""
    op.create_table(
        new,
        sa.Column("account_id", _big, nullable=False),
        sa.Column("space_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=f"fk_{new}_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=f"fk_{new}_community_id_communities"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=f"fk_{new}_space_id_spaces"),
        sa.PrimaryKeyConstraint("account_id", "space_id", name=f"pk_{new}"),
    )
    columns = "account_id, space_id, community_id, word, failure, at"
    op.execute(f"INSERT INTO {new} ({columns}) SELECT {columns} FROM {old}")  # noqa: S608  names of its own
    op.drop_table(old)
    op.create_index(f"ix_{new}_community_id", new, ["community_id"])
