"""The database as a migration holds it: in one transaction, against every other process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from core.domain.errors import KithError
from core.store import dialect
from core.store.unit import DatabaseDown

# Any number will do, as long as it is the same for every process that migrates this database.
_LOCK = 5_418_316
_WAIT = 1  # seconds for which the database itself waits: nothing can stop it meanwhile
_PAUSE = 0.1
_LOOK = 0.01


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """Open the database at `url` for a look that waits for nobody; raise DatabaseDown where it is away."""
    with _told(), _engine(url, "BEGIN").connect() as connection:
        yield connection


@contextmanager
def writing(url: str, patience: float = 0.0) -> Iterator[Connection]:
    """Hold the database at `url` until the block ends, which commits, or fails, which leaves everything as it was.

    Whoever else holds it is waited for, `patience` seconds and a little more; raise DatabaseDown after that.
    """
    with _told(), _held(_engine(url, "BEGIN IMMEDIATE"), patience) as connection:
        yield connection
        connection.commit()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        if (why := dialect.away(error)) is not None:
            raise DatabaseDown(why) from error
        if (why := dialect.damaged(error)) is not None:
            raise KithError("error-database-broken", why=why) from None
        raise


def _engine(url: str, begin: str) -> Engine:
    address = make_url(url)
    if not address.drivername.startswith("sqlite"):
        return create_engine(address, poolclass=NullPool)
    engine = create_engine(address.set(drivername="sqlite"), poolclass=NullPool, connect_args={"timeout": _WAIT})

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", begun)
    return engine


def _connected(connection: Any, record: object) -> None:
    # Left to itself the driver commits each change of a table at once: a kill would leave half a migration.
    connection.isolation_level = None
    connection.execute("PRAGMA secure_delete=ON").close()
    until = monotonic() + _WAIT
    while True:  # SQLite waits for nobody who makes a new file ready at the same time
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if dialect.away(error) is None or monotonic() >= until:
                raise
        sleep(_LOOK)


def _held(engine: Engine, patience: float) -> Connection:
    until = monotonic() + patience
    while True:
        try:
            return _hold(engine)
        except (DBAPIError, sqlite3.Error) as error:
            if dialect.away(error) is None or monotonic() >= until:
                raise
        sleep(_PAUSE)


def _hold(engine: Engine) -> Connection:
    """Return a connection in a transaction beside which nobody else migrates."""
    connection = engine.connect()
    try:
        connection.begin()
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{_WAIT}s'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            connection.execute(text("SET LOCAL lock_timeout = DEFAULT"))
    except BaseException:
        connection.close()
        raise
    return connection
