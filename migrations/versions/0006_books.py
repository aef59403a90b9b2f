"""What is owed, what a replay made of entries, reactions by emoji; amounts beyond 32 bits.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ABOUT = sa.text("kind IN ('reaction', 'unreaction', 'reactions', 'deleted')")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WIDER = (("ledger", "amount"), ("ledger", "earned"), ("members", "balance"), ("members", "earned"))
# The books of earlier versions may be below zero: a row brings them back to it, once for each member.
_MEND_LEDGER = """
    INSERT INTO ledger (community_id, account_id, amount, earned, reason, note, key, at)
    SELECT m.community_id, (SELECT min(a.id) FROM accounts a WHERE a.member_id = m.id),
        CASE WHEN m.balance < 0 THEN -m.balance ELSE 0 END, CASE WHEN m.earned < 0 THEN -m.earned ELSE 0 END,
        'debt', '', 'mended:' || m.id, CURRENT_TIMESTAMP
    FROM members m
    WHERE (m.balance < 0 OR m.earned < 0) AND EXISTS (SELECT 1 FROM accounts a WHERE a.member_id = m.id)
"""
_MEND_MEMBERS = """
    UPDATE members SET owed = CASE WHEN balance < 0 THEN -balance ELSE 0 END,
        balance = CASE WHEN balance < 0 THEN 0 ELSE balance END,
        earned = CASE WHEN earned < 0 THEN 0 ELSE earned END
    WHERE balance < 0 OR earned < 0
"""
# Keys of reactions end in their emoji, on Telegram behind + or -.
_EMOJI = {
    "sqlite": """
        UPDATE interactions
        SET emoji = substr(ltrim(replace(event_key, rtrim(event_key, replace(event_key, ':', '')), ''), '+-'), 1, 48)
        WHERE kind IN ('reaction', 'unreaction') AND platform IN ('telegram', 'discord')
    """,
    "postgresql": """
        UPDATE interactions SET emoji = substr(regexp_replace(event_key, '^.*:[+-]?', ''), 1, 48)
        WHERE kind IN ('reaction', 'unreaction') AND platform IN ('telegram', 'discord')
    """,
}


def upgrade() -> None:
    op.create_table(
        "adjustments",
        sa.Column("community_id", _BIG, sa.ForeignKey("communities.id"), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("account_id", _BIG, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("amount", _BIG, nullable=False),
    )
    op.create_index("ix_adjustments_account_id", "adjustments", ["account_id"])
    op.create_table(
        "rule_eras",
        sa.Column("community_id", _BIG, sa.ForeignKey("communities.id"), primary_key=True),
        sa.Column("until", _BIG, primary_key=True),
        sa.Column("rules", sa.JSON(), nullable=False),
    )
    op.add_column("members", sa.Column("owed", _BIG, nullable=False, server_default="0"))
    op.add_column("interactions", sa.Column("emoji", sa.String(48)))
    database = op.get_bind().dialect.name
    if database == "postgresql":
        for table, column in _WIDER:
            op.alter_column(table, column, type_=sa.BigInteger())
        op.alter_column("members", "owed", server_default=None)
    op.execute(_EMOJI[database])
    op.create_index(
        "ix_interactions_message_key", "interactions", ["message_key"], sqlite_where=_ABOUT, postgresql_where=_ABOUT
    )
    op.execute(_MEND_LEDGER)
    op.execute(_MEND_MEMBERS)


def downgrade() -> None:
    op.drop_index("ix_interactions_message_key", "interactions")
    op.drop_column("interactions", "emoji")
    op.drop_column("members", "owed")
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _WIDER:
            op.alter_column(table, column, type_=sa.Integer())
    op.drop_table("rule_eras")
    op.drop_table("adjustments")
