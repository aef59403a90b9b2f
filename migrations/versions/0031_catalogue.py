"""A community has a catalogue, and members make something of its items.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_instant = sa.DateTime(timezone=True)


def _points_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def upgrade() -> None:
    op.create_table(
        "items",
        sa.Column("id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("depth", sa.String(16), nullable=False),
        sa.Column("tier", sa.SmallInteger(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("published_at", _instant, nullable=False),
        sa.Column("expires_at", _instant),
        _points_at("items", "community_id", "communities"),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_items_community_id_key", "items", ["community_id", "key"])
    op.create_index("ix_items_community_id_published_at", "items", ["community_id", "published_at"])
    op.create_table(
        "item_topics",
        sa.Column("item_id", _big, nullable=False),
        sa.Column("topic", sa.String(80), nullable=False),
        sa.Column("said", sa.String(80), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        _points_at("item_topics", "item_id", "items"),
        sa.PrimaryKeyConstraint("item_id", "topic", name="pk_item_topics"),
    )
    op.create_index("ix_item_topics_topic", "item_topics", ["topic"])
    op.create_table(
        "item_words",
        sa.Column("item_id", _big, nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        _points_at("item_words", "item_id", "items"),
        sa.PrimaryKeyConstraint("item_id", "word", name="pk_item_words"),
    )
    op.create_index("ix_item_words_word", "item_words", ["word"])
    op.create_table(
        "uses",
        sa.Column("account_id", _big, nullable=False),
        sa.Column("item_id", _big, nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("saved_at", _instant),
        sa.Column("opened_at", _instant),
        sa.Column("finished_at", _instant),
        sa.Column("refused_at", _instant),
        sa.Column("rating", sa.SmallInteger()),
        sa.Column("entry_id", _big),
        _points_at("uses", "account_id", "accounts"),
        _points_at("uses", "item_id", "items"),
        _points_at("uses", "community_id", "communities"),
        _points_at("uses", "entry_id", "ledger"),
        sa.PrimaryKeyConstraint("account_id", "item_id", name="pk_uses"),
    )
    op.create_index("ix_uses_item_id", "uses", ["item_id"])
    op.create_index("ix_uses_community_id", "uses", ["community_id"])
    op.create_table(
        "topic_choices",
        sa.Column("account_id", _big, nullable=False),
        sa.Column("topic", sa.String(80), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("said", sa.String(80), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("at", _instant, nullable=False),
        _points_at("topic_choices", "account_id", "accounts"),
        _points_at("topic_choices", "community_id", "communities"),
        sa.PrimaryKeyConstraint("account_id", "topic", name="pk_topic_choices"),
    )
    op.create_index("ix_topic_choices_community_id", "topic_choices", ["community_id"])
    op.create_table(
        "candidates",
        sa.Column("member_id", _big, nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("community_id", _big, nullable=False),
        sa.Column("item_id", _big, nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
        _points_at("candidates", "member_id", "members"),
        _points_at("candidates", "community_id", "communities"),
        _points_at("candidates", "item_id", "items"),
        sa.PrimaryKeyConstraint("member_id", "place", name="pk_candidates"),
    )
    op.create_index("ix_candidates_community_id", "candidates", ["community_id"])


def downgrade() -> None:
    for table in ("candidates", "topic_choices", "uses", "item_words", "item_topics", "items"):
        op.drop_table(table)
