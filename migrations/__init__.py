"""Every table from the first on, and the one way to bring a database up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text

from core.domain.errors import KithError
from core.store.dialect import normal_url
from core.store.private import own_database, own_folder
from core.store.tables import metadata
from core.store.unit import DatabaseDown
from migrations.database import reading, writing

PATIENCE = 600.0  # seconds that somebody who waits for an answer waits for another's migration
_STEPS = Path(__file__).parent / "versions"


def upgrade(url: str, to: str = "head", patience: float = PATIENCE) -> None:
    """Bring the database at `url` up to date, making an SQLite file and its folder where they are missing.

    It happens whole or not at all, and once, whoever else begins it meanwhile: the others wait, for `patience`
    seconds. What an earlier version left half done is cleared away. Raise DatabaseDown where the database is away,
    and KithError where it can't be brought up to date.
    """
    parsed = make_url(normal_url(url))
    if parsed.drivername.startswith("sqlite") and parsed.database:
        _own(Path(parsed.database))
    wanted = newest() if to == "head" else to
    with reading(url) as connection:
        if _stamp(connection) == wanted:
            return
    with writing(url, patience) as connection:
        stamp = _stamp(connection)
        if stamp == wanted:
            return
        if stamp is not None and stamp not in revisions():
            raise KithError("error-database-newer", revision=stamp)
        from migrations.steps import take  # noqa: PLC0415  Alembic, a fifth of a start where nothing is to be done

        take(connection, url, stamp, to)


def create(url: str) -> None:
    """Make a new SQLite file with all tables at once: for what is thrown away, a playground's, not for a community."""
    _own(Path(str(make_url(normal_url(url)).database)))
    with writing(url, 0) as connection:
        metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest()})


def revisions() -> list[str]:
    """Return every migration that this version of Kith knows, the oldest first: their files count up."""
    return sorted(path.name.partition("_")[0] for path in _STEPS.glob("[0-9]*_*.py"))


def newest() -> str:
    """Return the migration that this version of Kith wants."""
    return revisions()[-1]


def _own(path: Path) -> None:
    try:
        own_folder(path.parent)
    except OSError as error:
        raise DatabaseDown(f"{path.parent}: {error.strerror}") from None
    own_database(path)


def _stamp(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
