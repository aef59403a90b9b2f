"""Everything that events leave behind, by names that don't depend on when a row was written."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import create_engine, make_url, text

from core.store.dialect import normal_url

_WHO = "(SELECT s.name || '/' || a.external_id FROM communities s WHERE s.id = a.community_id)"
QUERIES = {
    "interactions": f"""
        SELECT i.event_key, i.kind, {_WHO} AS who,
               (SELECT b.external_id FROM accounts b WHERE b.id = i.target_account_id) AS target, i.amount
        FROM interactions i LEFT JOIN accounts a ON a.id = i.account_id""",
    "ledger": f"SELECT {_WHO} AS who, l.reason, l.amount, l.earned "
    "FROM ledger l JOIN accounts a ON a.id = l.account_id "  # without what is only staged, which nobody sees
    "WHERE l.import_id IS NULL OR l.import_id IN (SELECT id FROM imports WHERE until IS NOT NULL)",
    "members": f"SELECT {_WHO} AS who, m.balance, m.earned, m.level, m.streak "
    "FROM members m JOIN accounts a ON a.member_id = m.id",
    "activity": f"SELECT {_WHO} AS who, d.day, d.messages, d.replies, d.reactions, d.other "
    "FROM activity_days d JOIN accounts a ON a.id = d.account_id",
    "ties": f"SELECT {_WHO} AS who, b.external_id, d.day, d.replies, d.mentions, d.reactions "
    "FROM tie_days d JOIN accounts a ON a.id = d.source_account_id JOIN accounts b ON b.id = d.target_account_id",
    "letters": "SELECT kind, platform FROM outbox",
    "communities": "SELECT name FROM communities",
    "parked": "SELECT event_key FROM parked",
}
ADDS_UP = """
    SELECT m.id, m.balance, coalesce(sum(l.amount), 0), m.earned, coalesce(sum(l.earned), 0)
    FROM members m LEFT JOIN accounts a ON a.member_id = m.id LEFT JOIN ledger l ON l.account_id = a.id
    GROUP BY m.id, m.balance, m.earned"""

Books = dict[str, Counter[tuple[Any, ...]]]


def books(url: str) -> Books:
    """Return how often each row stands in each of the books."""
    engine = create_engine(make_url(normal_url(url)).set(drivername=_driver(url)))
    with engine.connect() as connection:
        found = {
            name: Counter(tuple(row) for row in connection.execute(text(query))) for name, query in QUERIES.items()
        }
    engine.dispose()
    return found


def assert_adds_up(url: str) -> None:
    """Fail unless every balance is the sum of its ledger, and none is below zero."""
    engine = create_engine(make_url(normal_url(url)).set(drivername=_driver(url)))
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(ADDS_UP))]
    engine.dispose()
    assert rows
    assert [row for row in rows if row[1] != row[2] or row[3] != row[4] or row[1] < 0] == []


def difference(here: Books, there: Books) -> dict[str, tuple[Any, Any]]:
    """Return what stands in the one set of books and not in the other, book by book."""
    return {
        name: (list((here[name] - there[name]).items())[:5], list((there[name] - here[name]).items())[:5])
        for name in QUERIES
        if here[name] != there[name]
    }


def _driver(url: str) -> str:
    return "sqlite" if normal_url(url).startswith("sqlite") else "postgresql+psycopg"
