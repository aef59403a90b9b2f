"""Migrations that are killed, or begun twice: whole or not at all, and what earlier versions left is cleared away."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.exc import PendingRollbackError

from core.domain.errors import KithError
from core.store.tables import metadata
from migrations import newest, upgrade
from migrations.steps import config
from tests.store.test_migrations import nothing, plain  # noqa: F401  a fixture
from tests.world.command_line import plain_environment, run_here

STEPS = [each.revision for each in ScriptDirectory.from_config(config("sqlite://")).walk_revisions()][::-1]
ERASURE = "INSERT INTO erasures (account_hash, community_id, at) VALUES ('abc', 0, '2026-03-02 09:00')"
LAST_IN_PIECES = "0004"  # those after it were whole from the start


def stands_at(url: str) -> str | None:
    """Return the migration that a database says it stands at, having looked that its tables agree."""
    engine = create_engine(plain(url))
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        at = (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
            if "alembic_version" in names
            else None
        )
    engine.dispose()
    if at is None:
        assert names <= {"alembic_version"}
    elif at == newest():
        assert names == {*metadata.tables, "alembic_version"}
    return at


def dying(*words: str) -> int:
    told = subprocess.run(
        [sys.executable, "-m", "tests.store.dying", *words], capture_output=True, text=True, check=True
    )
    return int(told.stdout)


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


@pytest.mark.parametrize("start", [None, "0003"])
def test_a_killed_migration_changed_nothing_and_the_next_one_ends_it(tmp_path: Path, start: str | None) -> None:
    path = tmp_path / "kith.db"
    if start is not None:
        upgrade(f"sqlite:///{path}", start)
    left = tmp_path / "left"
    left.mkdir()
    before = content(path)
    reached = dying("copied", f"sqlite:///{path}", str(left))
    assert reached > 100
    ended = 0
    for database in sorted(left.glob("*.db")):
        url, unchanged = f"sqlite:///{database}", content(database) == before
        if not unchanged:
            assert stands_at(url) == newest()
        if not unchanged or not int(database.stem) % 20:  # the same content goes the same way
            upgrade(url)
            assert stands_at(url) == newest()
            ended += 1
    assert ended > 5


@pytest.mark.parametrize("start", [None, "0003"])
def test_a_kill_leaves_what_a_copy_shows(tmp_path: Path, start: str | None) -> None:
    path = tmp_path / "kith.db"
    if start is not None:
        upgrade(f"sqlite:///{path}", start)
    assert dying("killed", f"sqlite:///{path}", "97") > 97
    assert stands_at(f"sqlite:///{path}") == newest()


def test_a_killed_migration_changed_nothing_on_a_server(nothing: str) -> None:  # noqa: F811
    """Killed at one moment after another on one database: each goes on from what the last one left."""
    if nothing.startswith("sqlite"):
        return
    # Before, after and commit come in threes: a stride that has no part in common with these meets each kind.
    assert dying("killed", nothing, "13") > 13 * 20
    assert stands_at(nothing) == newest()


@pytest.mark.parametrize("step", range(STEPS.index(LAST_IN_PIECES) + 1))
def test_what_an_earlier_version_left_half_done_is_ended(tmp_path: Path, step: int) -> None:
    """Before, each change of a table was committed at once: a killed migration stood in its own way for ever."""
    half, before = 0, tmp_path / "before.db"
    if step:
        upgrade(f"sqlite:///{before}", STEPS[step - 1])
    for moment in range(200):
        url = f"sqlite:///{tmp_path}/{moment}.db"
        if step:
            shutil.copyfile(before, tmp_path / f"{moment}.db")
        left_half_done(url, STEPS[step], moment)
        half += stands_half(url, step)
        upgrade(url, LAST_IN_PIECES)
        assert stands_at(url) == LAST_IN_PIECES
        if left_half_done.ended:
            break
    assert left_half_done.ended
    upgrade(url)
    assert stands_at(url) == newest()
    assert half


class Killed(BaseException):
    pass


class _LeftHalfDone:
    """Run a migration as the driver does by itself, up to one of its statements."""

    ended = False

    def __call__(self, url: str, to: str, moment: int) -> None:
        engine = create_engine(url)
        reached = 0

        def count(*given: Any) -> None:
            nonlocal reached
            if reached == moment:
                raise Killed
            reached += 1

        event.listen(engine, "before_cursor_execute", count)
        self.ended = False
        connection = engine.connect()
        try:
            command.upgrade(config(url, connection), to)
            self.ended = True
        except (Killed, PendingRollbackError):  # Alembic would tidy up
            pass
        finally:
            connection.close()
            engine.dispose()


left_half_done = _LeftHalfDone()


def stands_half(url: str, step: int) -> bool:
    """Say whether a database has more than its stamp says."""
    engine = create_engine(url)
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() if names else []
    engine.dispose()
    return at != [STEPS[step]] and len(names) > 1


def test_rows_that_nobody_can_place_are_not_thrown_away(nothing: str) -> None:  # noqa: F811
    upgrade(nothing)
    engine = create_engine(plain(nothing))
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO erasures (account_hash, community_id, at) VALUES ('abc', 0, '2026-03-02 09:00')")
        )
        connection.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(KithError) as refused:
        upgrade(nothing)
    assert refused.value.key == "error-database-half"
    with engine.begin() as connection:
        assert connection.execute(text("SELECT account_hash FROM erasures")).scalars().all() == ["abc"]
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    with pytest.raises(KithError) as refused:
        upgrade(nothing)
    assert refused.value.key == "error-database-newer"
    engine.dispose()


@pytest.mark.parametrize("words", [("migrate",), ("run", "worker"), ("stats", "--community", "Home")])
def test_a_database_that_cannot_be_migrated_is_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    def said() -> str:
        given = {"KITH_DATA_DIR": str(tmp_path), "KITH_DISCORD_TOKEN": "none-that-is-used"}
        ended = run_here(*words, environment=plain_environment(**given))
        assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1), ended.stderr
        return ended.stderr

    path = tmp_path / "kith.db"
    path.write_bytes(b"no database, whatever its name says" * 100)
    assert "can't be read" in said()
    path.unlink()
    upgrade(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
        assert "newer version" in said()
        database.execute(ERASURE)
        database.execute("DELETE FROM alembic_version")
        database.commit()
        assert "half migrated: the table erasures" in said()


def test_tables_of_others_stay(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/shared.db"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
        connection.execute(text("INSERT INTO recipes VALUES ('soup')"))
    upgrade(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM recipes")).scalars().all() == ["soup"]
    engine.dispose()


@pytest.mark.parametrize("processes", [2, 4])
def test_whoever_begins_meanwhile_waits_and_finds_it_done(nothing: str, processes: int) -> None:  # noqa: F811
    assert dying("together", nothing, str(processes)) == processes
    assert stands_at(nothing) == newest()


def test_whoever_is_up_to_date_waits_for_nobody(nothing: str) -> None:  # noqa: F811
    upgrade(nothing)
    engine = create_engine(plain(nothing))
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM erasures"))  # a writer at work
        upgrade(nothing, patience=0)
        connection.rollback()
    engine.dispose()
