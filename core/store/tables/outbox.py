"""What Kith is about to say, written down with what made it say it."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, text

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

_WAITING = text("state = 'waiting'")
_UNDER_WAY = text("state = 'sending'")
_COUNTED = text("topic IS NOT NULL")
_OF_A_POST = text("post_id IS NOT NULL")
_OF_A_BROADCAST = text("broadcast_id IS NOT NULL")
_UNSETTLED = text("state IN ('waiting', 'sending')")

outbox = personal(
    Table(
        "outbox",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id")),
        Column("account_id", ForeignKey("accounts.id")),
        Column("platform", String(16), nullable=False),
        Column("chat", String(160), nullable=False),  # empty once it is settled
        Column("lane", SmallInteger, nullable=False),  # Lane: one order for each chat and lane
        Column("kind", String(16), nullable=False),  # reply, push, edit, pin, role, deletion: what a crash repeats
        Column("payload", JSON, nullable=False),
        Column("state", String(16), nullable=False, default="waiting"),  # waiting, sending, sent, failed
        Column("attempts", Integer, nullable=False, default=0),
        Column("due_at", Instant, nullable=False),
        Column("claimed_until", Instant),  # for what waits: when it was put back
        Column("sent_as", String(160)),
        Column("failure", Text),
        Column("created_at", Instant, nullable=False),
        Column("topic", String(16)),  # of a push that counts towards what somebody wants to have in a week
        Column("post_id", BigId),  # of posts; no key of it, so that posts may be folded
        Column("broadcast_id", BigId),  # of broadcasts; no key of it, so that communities may be joined
        Index("ix_outbox_account_id", "account_id", "created_at", sqlite_where=_COUNTED, postgresql_where=_COUNTED),
        Index("ix_outbox_post_id", "post_id", sqlite_where=_OF_A_POST, postgresql_where=_OF_A_POST),
        Index(
            "ix_outbox_broadcast_id",
            "broadcast_id",
            "state",
            sqlite_where=_OF_A_BROADCAST,
            postgresql_where=_OF_A_BROADCAST,
        ),
        *(
            Index(name, "platform", *columns, sqlite_where=some, postgresql_where=some)
            for name, some, columns in (
                ("ix_outbox_due_at", _WAITING, ("lane", "due_at", "id")),
                ("ix_outbox_chat", _UNSETTLED, ("chat", "lane", "id")),
                ("ix_outbox_claimed_until", _UNDER_WAY, ("claimed_until",)),
            )
        ),
        sqlite_autoincrement=True,  # SQLite would give an erased row's number to another
    ),
    "account_id",
)
of_community(outbox, on_join=OnJoin.MOVE)
