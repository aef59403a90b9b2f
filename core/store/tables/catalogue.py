"""What a community has to offer, the words by which it is found, and what members made of it."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, false

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community, personal

items = Table(
    "items",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("key", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("link", Text, nullable=False),
    Column("attachment", Text),  # where a platform keeps the file
    Column("cover", Text),  # and the picture of its card
    Column("description", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("depth", String(16), nullable=False),
    Column("tier", SmallInteger, nullable=False),
    Column("price", Integer, nullable=False),
    Column("plan_id", BigId),
    Column("series", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("in_turn", Boolean, nullable=False, default=False, server_default=false()),
    Column("pinned", Boolean, nullable=False),
    Column("state", String(16), nullable=False),  # draft, live, retired
    Column("published_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Index("ix_items_community_id_key", "community_id", "key"),  # communities that joined may both have it
    Index("ix_items_community_id_published_at", "community_id", "published_at"),
    sqlite_autoincrement=True,  # what members made of it is named after it
)
of_community(items, on_join=OnJoin.MOVE)

# Of what an item is, in the words of whoever put it there, and folded.
item_topics = Table(
    "item_topics",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("topic", String(80), primary_key=True),
    Column("said", String(80), nullable=False),
    Column("place", SmallInteger, nullable=False),
    Index("ix_item_topics_topic", "topic"),
)
of_community(item_topics, on_join=OnJoin.FOLLOW)

item_words = Table(
    "item_words",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("word", String(40), primary_key=True),
    Column("weight", SmallInteger, nullable=False),
    Index("ix_item_words_word", "word"),
)
of_community(item_words, on_join=OnJoin.FOLLOW)

# Addresses from which items come; `account_id` is who added one, and is told where it gives nothing any more.
feeds = personal(
    Table(
        "feeds",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("account_id", ForeignKey("accounts.id"), index=True),
        Column("address", Text, nullable=False),
        Column("etag", Text, nullable=False),
        Column("modified", Text, nullable=False),
        Column("failures", SmallInteger, nullable=False),
        Column("fault", String(32), nullable=False),
        Column("detail", String(32), nullable=False),
        Column("fetched_at", Instant),
        Column("due_at", Instant, nullable=False),
    ),
    "account_id",
    erase="blank",
    blank={"account_id": None},
)
of_community(feeds, on_join=OnJoin.MOVE)

# Links of items that didn't answer the last `looks` times.
dead_links = Table(
    "dead_links",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("link", Text, nullable=False),
    Column("fault", String(32), nullable=False),
    Column("detail", String(32), nullable=False),
    Column("looks", SmallInteger, nullable=False),
    Column("since", Instant, nullable=False),
)
of_community(dead_links, on_join=OnJoin.FOLLOW)

# What an account made of an item; `entry_id` is what was paid for it, which may be taken back.
uses = personal(
    Table(
        "uses",
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("item_id", ForeignKey("items.id"), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("shown_at", Instant),
        Column("saved_at", Instant),
        Column("opened_at", Instant),
        Column("finished_at", Instant),
        Column("refused_at", Instant),
        Column("rating", SmallInteger),
        Column("entry_id", ForeignKey("ledger.id")),
        Index("ix_uses_item_id", "item_id"),
    ),
    "account_id",
)
of_community(uses, on_join=OnJoin.MOVE)

# Topics that a member chose for themself, or corrected.
topic_choices = personal(
    Table(
        "topic_choices",
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("topic", String(80), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("said", String(80), nullable=False),
        Column("wanted", Boolean, nullable=False),
        Column("at", Instant, nullable=False),
    ),
    "account_id",
)
of_community(topic_choices, on_join=OnJoin.YIELD)

# Whether a member wants a few picks each week, and the items of the last ones; no row where they weren't asked.
picks = personal(
    Table(
        "picks",
        metadata,
        Column("account_id", ForeignKey("accounts.id"), primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("wanted", Boolean, nullable=False),
        Column("at", Instant, nullable=False),
        Column("sent", JSON, nullable=False),
    ),
    "account_id",
)
of_community(picks, on_join=OnJoin.YIELD)

# What a member may want next, worked out at night, the best first; `about` is what the reason speaks of.
candidates = personal(
    Table(
        "candidates",
        metadata,
        Column("member_id", ForeignKey("members.id"), primary_key=True),
        Column("place", SmallInteger, primary_key=True),
        Column("community_id", ForeignKey("communities.id"), nullable=False, index=True),
        Column("item_id", ForeignKey("items.id"), nullable=False),
        Column("reason", String(32), nullable=False),
        Column("about", String(120), nullable=False),
    ),
    "member_id",
)
of_community(candidates, on_join=OnJoin.DROP_BOTH)
