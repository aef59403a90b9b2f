"""Migrations: from nothing to the newest, equal to the tables as the code has them, and back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from core.store.dialect import normal_url
from core.store.tables import metadata
from migrations import config, upgrade


def plain(url: str) -> str:
    """Return the address for a connection without asyncio."""
    return normal_url(url).replace("sqlite+aiosqlite", "sqlite")


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server = make_url(normal_url(request.getfixturevalue("postgres")))
    name = f"new_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def test_from_nothing_to_the_newest_is_what_the_code_has(nothing: str) -> None:
    upgrade(nothing)
    engine = create_engine(plain(nothing))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert tables(connection) == set(metadata.tables)
    engine.dispose()


def test_each_step_goes_back_and_forth(nothing: str) -> None:
    upgrade(nothing)
    steps = [each.revision for each in ScriptDirectory.from_config(config(nothing)).walk_revisions()]
    for _ in steps:
        command.downgrade(config(nothing), "-1")
    engine = create_engine(plain(nothing))
    with engine.connect() as connection:
        assert tables(connection) == set()
    engine.dispose()
    for step in reversed(steps):
        upgrade(nothing, step)


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(nothing: str) -> None:
    upgrade(nothing)
    upgrade(nothing)


def test_books_below_zero_are_mended_and_reactions_get_their_emoji(nothing: str) -> None:
    upgrade(nothing, "0004")
    engine = create_engine(plain(nothing))
    at = "'2026-03-02 09:00:00'"
    with engine.begin() as connection:
        for statement in (
            f"INSERT INTO communities (id, name, settings, created_at) VALUES (1, 'Home', '{{}}', {at})",
            "INSERT INTO spaces (id, community_id, platform, external_id, title, kind, closed, created_at) "
            f"VALUES (1, 1, 'discord', '1', 'Home', 'server', false, {at})",
            *(
                "INSERT INTO members"
                " (id, community_id, name, consent, bot, balance, earned, level, tier, notify, streak)"
                f" VALUES ({number}, 1, 'M', 'counted', false, {balance}, {earned}, 0, 0, 'room', 0)"
                for number, (balance, earned) in enumerate(((-25, 5), (7, -99), (3, 3)), 1)
            ),
            *(
                "INSERT INTO accounts (id, community_id, member_id, platform, external_id, name, bot, reachable) "
                f"VALUES ({number}, 1, {number}, 'discord', '{number}', 'M', false, true)"
                for number in (1, 2, 3)
            ),
            *(
                "INSERT INTO ledger (community_id, account_id, amount, earned, reason, note, key, at) "
                f"VALUES (1, {number}, {amount}, {earned}, 'grant', '', 'k{number}', {at})"
                for number, (amount, earned) in enumerate(((-25, 5), (7, -99), (3, 3)), 1)
            ),
            *(
                "INSERT INTO interactions (platform, event_key, community_id, space_id, kind, amount, at) "
                f"VALUES ('{platform}', '{key}', 1, 1, '{kind}', 1, {at})"
                for platform, key, kind in (
                    ("discord", "r+:5:6:👍", "reaction"),
                    ("telegram", "u:9:10:-🔥", "unreaction"),
                    ("discord", "m:5", "message"),
                )
            ),
        ):
            connection.exec_driver_sql(statement)
    upgrade(nothing)
    with engine.connect() as connection:
        stands = connection.execute(text("SELECT balance, earned, owed FROM members ORDER BY id")).all()
        assert [tuple(row) for row in stands] == [(0, 5, 25), (7, 0, 0), (3, 3, 0)]
        sums = "SELECT sum(amount), sum(earned) FROM ledger GROUP BY account_id ORDER BY account_id"
        assert [tuple(map(int, row)) for row in connection.execute(text(sums))] == [(0, 5), (7, 0), (3, 3)]
        emoji = connection.execute(text("SELECT emoji FROM interactions ORDER BY id")).scalars().all()
        assert emoji == ["👍", "🔥", None]
        connection.execute(text("UPDATE members SET balance = 3000000000, earned = 3000000000"))
        connection.rollback()
    engine.dispose()


def test_there_is_one_line_of_migrations() -> None:
    script = ScriptDirectory.from_config(config("sqlite://"))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}
