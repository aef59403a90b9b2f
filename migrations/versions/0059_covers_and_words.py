"""An item may have a cover; the last word of a line and the first of the next, which stood there as one, are two.

Revision ID: 0059
Revises: 0058
"""

import sqlalchemy as sa
from alembic import op

from core.domain.catalogue import wanted_words

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_SAYS = 1  # what a word weighs that a description alone has
_ROWS = 1_000
_items = sa.table("items", sa.column("id", sa.BigInteger()), sa.column("description", sa.Text()))
_words = sa.table("item_words", *(sa.column(name) for name in ("item_id", "word", "weight")))


def upgrade() -> None:
    op.add_column("items", sa.Column("cover", sa.Text()))
    _part(op.get_bind())


def _part(connection: sa.Connection) -> None:
    """Write the words of descriptions of many lines anew."""
    some = sa.select(_items).where(_items.c.description.contains("\n")).order_by(_items.c.id).limit(_ROWS)
    last = -1
    while rows := connection.execute(some.where(_items.c.id > last)).all():
        last = rows[-1].id
        mine = _words.c.item_id.in_([row.id for row in rows])
        connection.execute(sa.delete(_words).where(mine, _words.c.weight == _SAYS))
        there = {tuple(row) for row in connection.execute(sa.select(_words.c.item_id, _words.c.word).where(mine))}
        said = {(row.id, word) for row in rows for word in wanted_words(row.description)}
        new = [{"item_id": item, "word": word, "weight": _SAYS} for item, word in sorted(said - there)]
        if new:
            connection.execute(sa.insert(_words), new)


def downgrade() -> None:
    op.drop_column("items", "cover")  # the words stay: they are those of the items
