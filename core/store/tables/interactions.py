"""What is kept of events: who, what kind, towards whom, when. Never what was said."""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    or_,
    select,
    text,
)

from core.store.tables.base import (
    BigId,
    Instant,
    OnJoin,
    expect_sizes,
    implied,
    metadata,
    of_community,
    personal,
    spelled_out,
)

_CHANGES = ("reaction", "unreaction", "reactions", "deleted")  # what may change about a message: looked up by it
# Not IN: of more than two words SQLite makes a table, anew for each row that it writes.
_ABOUT = text(" OR ".join(f"kind = '{word}'" for word in _CHANGES))

interactions = personal(
    Table(
        "interactions",
        metadata,
        Column("id", BigId, primary_key=True),
        Column("platform", String(16), nullable=False),
        Column("event_key", String(160), nullable=False),
        Column("community_id", ForeignKey("communities.id"), nullable=False),
        Column("space_id", ForeignKey("spaces.id"), nullable=False),
        Column("room_id", ForeignKey("rooms.id")),
        Column("kind", String(16), nullable=False),
        Column("account_id", ForeignKey("accounts.id")),
        Column("target_account_id", ForeignKey("accounts.id")),
        Column("message_key", String(160)),  # the message answered, reacted to or mentioned in
        Column("amount", Integer, nullable=False, default=1),  # of voice: whole minutes until `at`
        Column("source", Text),
        Column("emoji", String(48)),  # of a reaction: what tells it from the person's others
        Column("subject", String(120)),  # the name of the item or run that it is about
        Column("import_id", ForeignKey("imports.id")),
        Column("at", Instant, nullable=False),
        UniqueConstraint("platform", "event_key"),
        Index("ix_interactions_community_id_id", "community_id", "id"),
        Index("ix_interactions_account_id_at", "account_id", "at"),
        Index(
            "ix_interactions_subject",
            "community_id",
            "subject",
            sqlite_where=text("subject IS NOT NULL"),
            postgresql_where=text("subject IS NOT NULL"),
        ),
        Index(
            "ix_interactions_import_id",
            "import_id",
            sqlite_where=text("import_id IS NOT NULL"),
            postgresql_where=text("import_id IS NOT NULL"),
        ),
        Index(
            "ix_interactions_room_id_at",
            "room_id",
            "at",
            sqlite_where=text("kind = 'voice'"),
            postgresql_where=text("kind = 'voice'"),
        ),
        Index("ix_interactions_message_key", "message_key", sqlite_where=_ABOUT, postgresql_where=_ABOUT),
        sqlite_autoincrement=True,  # SQLite would give an erased row's number to another
    ),
    "account_id",
    "target_account_id",
    towards="target_account_id",
)
of_community(implied(interactions, "community_id", "space_id"), on_join=OnJoin.MOVE)

imports = Table(
    "imports",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("path", Text, nullable=False),
    Column("with_points", Boolean, nullable=False, default=False),  # only then a replay of the rules counts it
    Column("at", Instant, nullable=False),
    # The community that nobody sees, of what it alone brings: people, spaces, rooms.
    Column("stage", BigId),
    # The community's last interaction when it was published; none while it is only staged, and nobody sees it.
    Column("until", BigId),
)
of_community(imports, on_join=OnJoin.MOVE)

# What there is for whoever looks: everything but what an import under way, or one given up, has written so far.
seen = (
    select(interactions)
    .where(
        or_(
            interactions.c.import_id.is_(None),
            interactions.c.import_id.in_(select(imports.c.id).where(imports.c.until.is_not(None))),
        )
    )
    .subquery("seen")
)
# Of a large community, for SQLite's planner: (index, rows, and how many of them have the same first columns). Left to
# guess, it takes a community, or a platform, to have ten interactions, and reads all of them for one message's.
SIZES = (
    ("sqlite_autoindex_interactions_1", "1000000 500000 1"),
    ("ix_interactions_community_id_id", "1000000 100000 1"),
    ("ix_interactions_account_id_at", "1000000 500 1"),
    ("ix_interactions_message_key", "200000 3"),
    ("ix_interactions_subject", "100000 20000 20"),
    ("ix_interactions_import_id", "500000 100000"),
    ("ix_interactions_room_id_at", "10000 500 1"),
)
expect_sizes(interactions, SIZES)

# Communities that only hold what is staged.
HIDDEN = select(imports.c.stage).where(imports.c.until.is_(None), imports.c.stage.is_not(None))

gaps = Table(
    "gaps",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("space_id", ForeignKey("spaces.id"), nullable=False, index=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("what", Text, nullable=False),
)
of_community(gaps, on_join=OnJoin.FOLLOW)


def changing(there: FromClause) -> ColumnElement[bool]:
    """Say that a row may change what is known about a message: what is looked up by the message."""
    return or_(*(spelled_out(there.c.kind, word) for word in _CHANGES))
