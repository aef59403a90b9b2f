"""Members and their accounts."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from core.store.tables.base import BigId, Instant, OnJoin, Points, metadata, of_community, personal

members = personal(
    Table(
        "members",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("name", Text, nullable=False),
        Column("consent", String(16), nullable=False),
        Column("bot", Boolean, nullable=False, default=False),
        Column("balance", Points, nullable=False, default=0),
        Column("earned", Points, nullable=False, default=0),
        Column("level", Integer, nullable=False, default=0),
        Column("tier", Integer, nullable=False, default=0),
        Column("tier_grace_until", Instant),
        Column("joined_at", Instant),
        Column("left_at", Instant),
        Column("rewarded_at", Instant),
        Column("language", String(16)),
        Column("notify", String(16), nullable=False, default="room"),
        Column("streak", Integer, nullable=False, default=0),
        Column("checked_in_on", String(10)),
        Column("erased_at", Instant),
        Column("owed", Points, nullable=False, default=0),
        Index("ix_members_community_id", "community_id", "id"),
        Index("ix_members_community_id_earned", "community_id", "earned"),
    ),
    "id",
    erase="blank",
    blank={"name": "", "language": None, "joined_at": None, "streak": 0, "checked_in_on": None},
)
of_community(members, on_join=OnJoin.MERGE)

accounts = personal(
    Table(
        "accounts",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("member_id", ForeignKey("members.id"), nullable=False, index=True),
        # The member that the account came with, to whom /unlink gives it back.
        Column("first_member_id", ForeignKey("members.id")),
        Column("platform", String(16), nullable=False),
        Column("external_id", String(64), nullable=False),
        Column("name", Text, nullable=False),
        Column("username", Text),
        # As names compare (core.domain.people): databases fold letters beyond ASCII each in its own way, or not at all.
        Column("folded_name", Text, nullable=False),
        Column("folded_username", Text),
        Column("bot", Boolean, nullable=False, default=False),
        Column("reachable", Boolean, nullable=False, default=True),
        Column("opened_at", Instant),  # when they opened the direct chat with Kith, which may write there from then on
        UniqueConstraint("platform", "external_id", "community_id"),
        Index("ix_accounts_username", "username"),  # a handle is taken from who had it
    ),
    "member_id",
    "first_member_id",
    erase="blank",
    blank={"name": "", "username": None, "folded_name": "", "folded_username": None, "opened_at": None},
)
of_community(accounts, on_join=OnJoin.MERGE)
