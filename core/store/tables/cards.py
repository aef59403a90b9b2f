"""What members learned of the questions of an activity, and who wants to be reminded of one."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from core.store.tables.base import Instant, OnJoin, metadata, of_community, personal

cards = personal(
    Table(
        "cards",
        metadata,
        Column("activity_id", ForeignKey("activities.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("item", String(32), nullable=False),  # stands for the words of a question
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("due_at", Instant, nullable=False),
        Column("reviewed_at", Instant, nullable=False),
        Column("reviews", Integer, nullable=False),
        Column("stability", Float, nullable=False),
        Column("difficulty", Float, nullable=False),
        Column("state", Integer, nullable=False),  # see core.domain.cards
        Column("step", Integer),
        PrimaryKeyConstraint("activity_id", "account_id", "item"),
        Index("ix_cards_account_id", "account_id"),
    ),
    "account_id",
)
of_community(cards, on_join=OnJoin.MOVE)

card_reminders = personal(
    Table(
        "card_reminders",
        metadata,
        Column("activity_id", ForeignKey("activities.id"), nullable=False),
        Column("account_id", ForeignKey("accounts.id"), nullable=False),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("at", Instant, nullable=False),  # since when
        PrimaryKeyConstraint("activity_id", "account_id"),
        Index("ix_card_reminders_account_id", "account_id"),
    ),
    "account_id",
)
of_community(card_reminders, on_join=OnJoin.MOVE)
