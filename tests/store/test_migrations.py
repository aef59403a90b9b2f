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


def test_there_is_one_line_of_migrations() -> None:
    script = ScriptDirectory.from_config(config("sqlite://"))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_erasures_from_before_hold_everywhere(nothing: str) -> None:
    command.upgrade(config(nothing), "0004")
    engine = create_engine(plain(nothing))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO erasures VALUES ('a', '2026-03-02 09:00:00.000000')"))
    upgrade(nothing)
    found = text("SELECT account_hash, community_id FROM erasures")
    with engine.begin() as connection:
        assert [tuple(row) for row in connection.execute(found)] == [("a", 0)]
        connection.execute(text("INSERT INTO erasures VALUES ('a', 7, '2026-03-03 09:00:00.000000')"))
    command.downgrade(config(nothing), "0004")
    with engine.connect() as connection:
        assert str(connection.execute(text("SELECT at FROM erasures")).scalar_one()).startswith("2026-03-03")
    engine.dispose()
