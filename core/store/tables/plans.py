"""Plans, who has one from where, what was told of payments, and the codes that give one."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

plans = Table(
    "plans",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("price", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("space_id", ForeignKey("spaces.id")),  # whoever is there has it
    Column("active", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("stars", Integer, nullable=False, server_default="0"),  # what it costs on Telegram, 0: not to be had so
    Column("monthly", Boolean, nullable=False, server_default=true()),
    Column("role", String(64), nullable=False, server_default=""),  # whoever has it in `role_space_id` has the plan
    Column("role_space_id", BigId, index=True),
    Column("trial_days", Integer, nullable=False, server_default="0"),  # for which it can be tried, 0: not at all
    Column("item_id", BigId, index=True),  # that is sold alone by it
    Index("ix_plans_space_id", "space_id"),
    sqlite_autoincrement=True,  # payments are kept under it
)
of_community(plans, on_join=OnJoin.MOVE)

# A subscription, a purchase or a gift, by its source and what the source calls it. The books outlive whoever paid:
# an erasure takes the account alone.
entitlements = personal(
    Table(
        "entitlements",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), index=True),
        Column("key", String(240), nullable=False),
        Column("claim_hash", String(64)),  # of what whoever paid says to have it, until they do
        Column("created_at", Instant, nullable=False),
        UniqueConstraint("community_id", "key"),
        Index("ix_entitlements_claim_hash", "claim_hash"),
    ),
    "account_id",
    erase="blank",
    blank={"account_id": None, "claim_hash": None},
)
of_community(entitlements, on_join=OnJoin.KEYS_APART)

payments = personal(
    Table(
        "payments",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("entitlement_id", ForeignKey("entitlements.id"), nullable=False, index=True),
        Column("account_id", ForeignKey("accounts.id"), index=True),
        Column("key", String(240), nullable=False),
        Column("kind", String(16), nullable=False),
        Column("plan_id", ForeignKey("plans.id"), index=True),
        Column("at", Instant, nullable=False),
        Column("until", Instant),
        Column("amount", BigInteger),  # in minor units
        Column("currency", String(3), nullable=False),
        Column("refunds", String(240), nullable=False, index=True),  # the key of what a refund is of
        UniqueConstraint("community_id", "key"),
    ),
    "account_id",
    erase="blank",
    blank={"account_id": None},
)
of_community(payments, on_join=OnJoin.KEYS_APART)

plan_codes = Table(
    "plan_codes",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
    Column("plan_id", ForeignKey("plans.id"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False),
    Column("days", Integer, nullable=False),  # 0: for ever
    Column("percent", SmallInteger, nullable=False, server_default="0"),  # off the price in Stars; 0: it gives the plan
    Column("left", Integer, nullable=False),  # how many may still use it
    Column("expires_at", Instant, nullable=False),
    Index("ix_plan_codes_code_hash", "code_hash"),
    sqlite_autoincrement=True,  # whoever used it is kept under it
)
of_community(plan_codes, on_join=OnJoin.MOVE)
