"""What members learned of the questions of an activity, and who wants to be reminded of one.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("activity_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer()),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_cards_activity_id_activities"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_cards_account_id_accounts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_cards_community_id_communities"),
        sa.PrimaryKeyConstraint("activity_id", "account_id", "item", name="pk_cards"),
    )
    op.create_index("ix_cards_community_id", "cards", ["community_id"])
    op.create_index("ix_cards_account_id", "cards", ["account_id"])
    op.create_table(
        "card_reminders",
        sa.Column("activity_id", _big, nullable=False),
        sa.Column("account_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_card_reminders_activity_id_activities"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_card_reminders_account_id_accounts"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_card_reminders_community_id_communities"
        ),
        sa.PrimaryKeyConstraint("activity_id", "account_id", name="pk_card_reminders"),
    )
    op.create_index("ix_card_reminders_community_id", "card_reminders", ["community_id"])
    op.create_index("ix_card_reminders_account_id", "card_reminders", ["account_id"])


def downgrade() -> None:
    op.drop_table("card_reminders")
    op.drop_table("cards")
