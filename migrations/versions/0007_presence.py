"""Who is in which space, whose handle is whose, and in which room a room is.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

import core.store.tables.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Who did something in a space is there, unless they left it since; people behind a bridge are nowhere.
_FILL = """
INSERT INTO presences (account_id, space_id, community_id, joined_at, left_at)
SELECT account_id, space_id, community_id, joined_at,
       CASE WHEN left_at >= COALESCE(active_at, left_at) THEN left_at END
FROM (
    SELECT i.account_id, i.space_id, s.community_id,
           MAX(CASE WHEN i.kind = 'joined' THEN i.at END) AS joined_at,
           MAX(CASE WHEN i.kind = 'left' THEN i.at END) AS left_at,
           MAX(CASE WHEN i.kind <> 'left' THEN i.at END) AS active_at
    FROM interactions i
    JOIN accounts a ON a.id = i.account_id
    JOIN spaces s ON s.id = i.space_id
    WHERE i.kind IN ('message', 'reply', 'reaction', 'voice', 'joined', 'left')
      AND NOT a.bot AND a.external_id NOT LIKE 'bridge:%'
    GROUP BY i.account_id, i.space_id, s.community_id
) AS moves
"""
# Who is in no open space and left one has left the community, at the time at which they left the last.
_SETTLE = """
UPDATE members SET left_at = CASE
    WHEN EXISTS (
        SELECT 1 FROM presences p JOIN accounts a ON a.id = p.account_id JOIN spaces s ON s.id = p.space_id
        WHERE a.member_id = members.id AND p.left_at IS NULL AND NOT s.closed
    ) THEN NULL
    ELSE (
        SELECT MAX(p.left_at) FROM presences p JOIN accounts a ON a.id = p.account_id WHERE a.member_id = members.id
    )
END
WHERE EXISTS (SELECT 1 FROM presences p JOIN accounts a ON a.id = p.account_id WHERE a.member_id = members.id)
"""


def upgrade() -> None:
    op.create_table(
        "presences",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("space_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("joined_at", core.store.tables.base.Instant(timezone=True), nullable=True),
        sa.Column("left_at", core.store.tables.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_presences_account_id_accounts")),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_presences_space_id_spaces")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_presences_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("account_id", "space_id", name=op.f("pk_presences")),
    )
    op.create_index("ix_presences_space_id", "presences", ["space_id"])
    op.create_index("ix_presences_community_id", "presences", ["community_id"])
    op.create_index("ix_accounts_username", "accounts", ["username"])
    op.add_column("rooms", sa.Column("parent", sa.String(length=64), nullable=True))
    for name in ("thread", "gone"):
        op.add_column("rooms", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("buttons", sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(_FILL)
    op.execute(_SETTLE)


def downgrade() -> None:
    with op.batch_alter_table("buttons", schema=None) as batch_op:
        batch_op.drop_column("private")
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        for name in ("gone", "thread", "parent"):
            batch_op.drop_column(name)
    op.drop_index("ix_accounts_username", "accounts")
    op.drop_table("presences")
