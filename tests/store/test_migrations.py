"""Migrations: from nothing to the newest, equal to the tables as the code has them, and back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, inspect, make_url, select, text

from core.domain.tasks import Lane
from core.store.dialect import normal_url
from core.store.tables import metadata
from core.store.tables.base import IMPLIED
from core.store.tables.members import members
from core.store.tables.presences import presences
from core.store.tables.tasks import tasks
from migrations import create, newest, revisions, upgrade
from migrations.remains import Shape
from migrations.steps import config
from tests.world.rows import make_rows, put_in

FIRST_RELEASE = "0004"


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
        lacking = compare_metadata(context, metadata)
        unchecked = {(key.table.name, *key.column_keys) for what, key in lacking if what == "add_fk"}
        assert unchecked == (IMPLIED if connection.dialect.name == "postgresql" else set())
        assert len(lacking) == len(unchecked)  # nothing else
        assert tables(connection) == set(metadata.tables)
    engine.dispose()


def test_what_is_made_at_once_is_what_the_migrations_make(tmp_path: Path) -> None:
    made, migrated = (f"sqlite:///{tmp_path / name}" for name in ("made.db", "migrated.db"))
    create(made)
    upgrade(migrated)
    engines = [create_engine(each) for each in (made, migrated)]
    with engines[0].connect() as one, engines[1].connect() as other:
        shapes = [Shape.of(each) for each in (one, other)]
        assert shapes[0] == shapes[1]
        stamps = [
            each.execute(text("SELECT version_num FROM alembic_version")).scalars().all() for each in (one, other)
        ]
    assert stamps[0] == stamps[1] == [newest()]
    for engine in engines:
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


def test_the_files_of_the_steps_count_up_as_the_steps_do() -> None:
    steps = ScriptDirectory.from_config(config("sqlite://")).walk_revisions()
    assert revisions() == [each.revision for each in steps][::-1]


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


def test_presence_is_filled_from_what_is_known(nothing: str) -> None:
    """Ana left one of two spaces, Bo his only one, Cem came back, Dee did nothing, Eve is behind a bridge."""
    upgrade(nothing, "0004")
    engine = create_engine(plain(nothing))
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO communities (id, name, settings, created_at) VALUES (1, 'Home', '{}', '2026-01-01 00:00:00')",
            *(
                "INSERT INTO spaces (id, community_id, platform, external_id, title, kind, closed, created_at) "
                f"VALUES ({each}, 1, 'fake', 's{each}', 'S', 'group', false, '2026-01-01 00:00:00')"
                for each in (1, 2)
            ),
            *(
                "INSERT INTO members (id, community_id, name, consent, bot, balance, earned, level, tier, notify, "
                f"streak, left_at) VALUES ({each}, 1, 'M{each}', 'counted', false, 0, 0, 0, 0, 'room', 0, {left})"
                for each, left in ((1, "'2026-02-05 00:00:00'"), (2, "NULL"), (3, "'2026-02-01 00:00:00'"),
                                   (4, "'2026-02-02 00:00:00'"), (5, "NULL"))
            ),
            *(
                "INSERT INTO accounts (id, community_id, member_id, platform, external_id, name, bot, reachable) "
                f"VALUES ({each}, 1, {each}, 'fake', '{external}', 'M', false, true)"
                for each, external in ((1, "ana"), (2, "bo"), (3, "cem"), (4, "dee"), (5, "bridge:eve"))
            ),
            *(
                "INSERT INTO interactions (platform, event_key, community_id, space_id, kind, account_id, amount, at) "
                f"VALUES ('fake', 'k{number}', 1, {space}, '{kind}', {who}, 1, '2026-02-{day:02} 00:00:00')"
                for number, (who, kind, space, day) in enumerate(
                    (
                        (1, "message", 1, 1), (1, "joined", 2, 2), (1, "left", 2, 5),
                        (2, "message", 1, 1), (2, "left", 1, 3), (2, "command", 1, 4),
                        (3, "left", 1, 1), (3, "reply", 1, 2), (5, "message", 1, 1),
                    )
                )
            ),
        ):  # fmt: skip
            connection.execute(text(statement))
    upgrade(nothing)
    with engine.connect() as connection:
        found = connection.execute(
            select(presences.c.account_id, presences.c.space_id, presences.c.joined_at, presences.c.left_at)
        )
        days = {row[:2]: tuple(at and at.day for at in row[2:]) for row in found}
        gone = {row.id: row.left_at and row.left_at.day for row in connection.execute(select(members))}
    engine.dispose()
    assert days == {(1, 1): (None, None), (1, 2): (2, 5), (2, 1): (None, 3), (3, 1): (None, None)}
    assert gone == {1: None, 2: 3, 3: None, 4: 2, 5: None}


def rows_of(connection: Connection, before: MetaData) -> dict[str, list[str]]:
    """Return what stands in every table and column that there was before, in order."""
    return {
        table.name: sorted(str(sorted(dict(row._mapping).items())) for row in connection.execute(select(table)))
        for table in before.sorted_tables
    }


def test_a_full_database_of_the_first_release_is_brought_up_to_date_with_every_row(nothing: str) -> None:
    upgrade(nothing, FIRST_RELEASE)
    engine = create_engine(plain(nothing))
    before = MetaData()
    with engine.begin() as connection:
        before.reflect(connection)
        before.remove(before.tables["alembic_version"])
        rows = make_rows(before)
        assert all(rows.values())
        put_in(connection, before, rows)
        stood = rows_of(connection, before)
    carried = stood.pop("carried")  # it is called checkpoints since, of the one study that there was
    before.remove(before.tables["carried"])
    grants = stood.pop("followings")  # they are called role grants since
    before.remove(before.tables["followings"])
    upgrade(nothing)
    with engine.connect() as connection:
        for gone in ("job_runs", "errands"):
            before.remove(before.tables[gone])
        now = rows_of(connection, before)
        new = {each.name: len(connection.execute(select(each)).all()) for each in metadata.sorted_tables}
        assert [tuple(row) for row in connection.execute(text("SELECT DISTINCT community_id FROM erasures"))] == [(0,)]
    engine.dispose()
    assert new["tasks"] == len(stood.pop("job_runs")) + len(stood.pop("errands"))
    for table, wanted in stood.items():
        assert now[table] == wanted, table
    assert new["presences"] == len(rows["interactions"])
    assert new["checkpoints"] == len(carried)
    assert new["role_grants"] == len(grants)


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


def test_job_runs_and_errands_become_tasks_and_go_back(nothing: str) -> None:
    upgrade(nothing, "0011")
    engine = create_engine(plain(nothing))
    until = "'2026-03-02 09:10:00.000000'"
    runs = [("judge_tiers", 1, "done"), ("network_snapshot", 1, "claimed"), ("judge_tiers", 99, "done")]
    with engine.begin() as connection:
        for statement in (
            f"INSERT INTO communities (id, name, settings, created_at) VALUES (1, 'Home', '{{}}', {until})",
            *(
                "INSERT INTO job_runs (job, community_id, slot, state, attempts, claimed_until) "
                f"VALUES ('{job}', {community}, '2026-03-02', '{state}', 2, {until})"
                for job, community, state in runs
            ),
            "INSERT INTO errands (id, community_id, command, options, writes, asked, attempts, claimed_until) VALUES "
            f"""(7, 1, 'network', '{{"page": "2"}}', false, '{{"space": "home"}}', 1, {until})""",
        ):
            connection.exec_driver_sql(statement)
    upgrade(nothing)
    found = "SELECT action, community_id, subject, slot, lane, state, attempts FROM tasks ORDER BY action, slot"
    with engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(text(found))] == [
            ("answer", 1, "network", "errand 7", 0, "waiting", 1),
            ("judge_tiers", 1, "", "2026-03-02", 2, "done", 2),
            ("network_snapshot", 1, "", "2026-03-02", 3, "waiting", 2),
        ]
        (params,) = connection.execute(select(tasks.c.params).where(tasks.c.action == "answer")).scalars()
        assert params == {"options": {"page": "2"}, "writes": False, "asked": {"space": "home"}}
        (due,) = connection.execute(select(tasks.c.due_at).where(tasks.c.state == "done")).scalars()
        assert due == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    command.downgrade(config(nothing), "0011")
    with engine.connect() as connection:
        back = connection.execute(text("SELECT job, community_id, slot, state FROM job_runs")).all()
        assert [tuple(row) for row in back] == [("judge_tiers", 1, "2026-03-02", "done")]
        assert connection.execute(text("SELECT command FROM errands")).scalars().all() == ["network"]
    engine.dispose()


def test_words_that_lines_part_are_two(nothing: str) -> None:
    upgrade(nothing, "0057")
    engine = create_engine(plain(nothing))
    at, items = (
        "'2026-03-02 09:10:00.000000'",
        "id, community_id, key, title, kind, link, description, author, language",
    )
    rest = "depth, tier, price, series, place, in_turn, pinned, state, published_at"
    words = {(1, "walk", 4), (1, "woods", 3), (1, "thewoods", 1), (1, "in", 1), (2, "plain", 4)}
    with engine.begin() as connection:
        for statement in (
            f"INSERT INTO communities (id, name, settings, created_at) VALUES (1, 'Home', '{{}}', {at})",
            *(
                f"INSERT INTO items ({items}, {rest}) VALUES ({number}, 1, '{number}', 'Walk', 'article', '', "
                f"'{about}', '', '', 'any', 0, 0, '', 0, false, false, 'live', {at})"
                for number, about in ((1, "in the\nwoods"), (2, "in the woods"))
            ),
            *(f"INSERT INTO item_words VALUES ({item}, '{word}', {weight})" for item, word, weight in sorted(words)),
        ):
            connection.exec_driver_sql(statement)
    upgrade(nothing)
    with engine.connect() as connection:
        found = {tuple(row) for row in connection.execute(text("SELECT item_id, word, weight FROM item_words"))}
    assert found == words - {(1, "thewoods", 1)} | {(1, "the", 1)}
    engine.dispose()


def test_posts_that_are_open_and_broadcasts_under_way_become_tasks(nothing: str) -> None:
    upgrade(nothing, "0021")
    engine = create_engine(plain(nothing))
    at, later = "'2026-03-02 09:00:00'", "'2026-03-09 09:00:00'"
    with engine.begin() as connection:
        for statement in (
            f"INSERT INTO communities (id, name, settings, created_at) VALUES (1, 'Home', '{{}}', {at})",
            "INSERT INTO spaces (id, community_id, platform, external_id, title, kind, closed, created_at) "
            f"VALUES (1, 1, 'discord', '1', 'Home', 'server', false, {at})",
            *(
                "INSERT INTO posts (id, community_id, name, space_id, room, created_at, closes_at, closed_at) "
                f"VALUES ({number}, 1, 'post {number}', 1, '', {at}, {closes}, {closed})"
                for number, (closes, closed) in enumerate(((later, "NULL"), ("NULL", "NULL"), (later, at)), 1)
            ),
            *(
                "INSERT INTO broadcasts (id, community_id, name, topic, audience, content, holdout, cursor, queued, "
                f"refused, created_at, done_at) VALUES ({number}, 1, 'news {number}', 'content', '{{}}', '{{}}', 0, 0, "
                f"0, '{{}}', {at}, {done})"
                for number, done in enumerate(("NULL", at), 1)
            ),
        ):
            connection.exec_driver_sql(statement)
    upgrade(nothing)
    with engine.connect() as connection:
        made = select(tasks.c.action, tasks.c.subject, tasks.c.slot, tasks.c.lane, tasks.c.due_at, tasks.c.claims)
        day = datetime(2026, 3, 2, 9, tzinfo=UTC)
        assert sorted(map(tuple, connection.execute(made))) == [
            ("close_post", "1", "", Lane.LIGHT, day + timedelta(days=7), 0),
            ("unfold_broadcast", "news 1", "", Lane.LIGHT, day, 0),
        ]
    engine.dispose()
