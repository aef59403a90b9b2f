"""Plans, what was told of payments for them, and items that ask for one.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("price", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("space_id", _big),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", _instant, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_plans_community_id_communities"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_plans_space_id_spaces"),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_plans_community_id", "plans", ["community_id"])
    op.create_index("ix_plans_space_id", "plans", ["space_id"])
    op.create_table(
        "entitlements",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("account_id", _big),
        sa.Column("key", sa.String(240), nullable=False),
        sa.Column("claim_hash", sa.String(64)),
        sa.Column("created_at", _instant, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_entitlements_community_id_communities"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_entitlements_account_id_accounts"),
        sa.UniqueConstraint("community_id", "key", name="uq_entitlements_community_id_key"),
        sa.PrimaryKeyConstraint("id", name="pk_entitlements"),
    )
    op.create_index("ix_entitlements_account_id", "entitlements", ["account_id"])
    op.create_index("ix_entitlements_claim_hash", "entitlements", ["claim_hash"])
    op.create_table(
        "payments",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("entitlement_id", _big, nullable=False),
        sa.Column("account_id", _big),
        sa.Column("key", sa.String(240), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("plan_id", _big),
        sa.Column("at", _instant, nullable=False),
        sa.Column("until", _instant),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("refunds", sa.String(240), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_payments_community_id_communities"),
        sa.ForeignKeyConstraint(
            ["entitlement_id"], ["entitlements.id"], name="fk_payments_entitlement_id_entitlements"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_payments_account_id_accounts"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_payments_plan_id_plans"),
        sa.UniqueConstraint("community_id", "key", name="uq_payments_community_id_key"),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
    )
    for name in ("entitlement_id", "account_id", "plan_id"):
        op.create_index(f"ix_payments_{name}", "payments", [name])
    op.create_table(
        "plan_codes",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("plan_id", _big, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("expires_at", _instant, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_plan_codes_community_id_communities"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_codes_plan_id_plans"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_codes"),
        sqlite_autoincrement=True,
    )
    for name in ("community_id", "plan_id", "code_hash"):
        op.create_index(f"ix_plan_codes_{name}", "plan_codes", [name])
    op.add_column("items", sa.Column("plan_id", _big))


def downgrade() -> None:
    op.drop_column("items", "plan_id")
    for name in ("plan_codes", "payments", "entitlements", "plans"):
        op.drop_table(name)
