"""Alembic: every table from the first on, and the one way to bring a database up to date."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.pool import StaticPool

from core.domain.errors import KithError
from core.store.dialect import normal_url
from core.store.tables import metadata
from migrations.database import reading, writing
from migrations.remains import Shape, clear_remains

PATIENCE = 600.0  # seconds that somebody who waits for an answer waits for another's migration


def config(url: str, connection: Connection | None = None) -> Config:
    """Return Alembic's configuration for a database, or for a connection to it on which everything is to run."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    made.attributes["url"] = normal_url(url)
    made.attributes["connection"] = connection
    return made


def upgrade(url: str, to: str = "head", patience: float = PATIENCE) -> None:
    """Bring the database at `url` up to date, making an SQLite file and its folder where they are missing.

    It happens whole or not at all, and once, whoever else begins it meanwhile: the others wait, for `patience`
    seconds. What an earlier version left half done is cleared away. Raise DatabaseDown where the database is away,
    and KithError where it can't be brought up to date.
    """
    parsed = make_url(normal_url(url))
    if parsed.drivername.startswith("sqlite") and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    script = ScriptDirectory.from_config(config(url))
    wanted = script.get_current_head() if to == "head" else to
    with reading(url) as connection:
        if _stamp(connection) == wanted:
            return
    with writing(url, patience) as connection:
        stamp = _stamp(connection)
        if stamp == wanted:
            return
        if stamp is not None and stamp not in {each.revision for each in script.walk_revisions()}:
            raise KithError("error-database-newer", revision=stamp)
        _ready(connection, stamp)
        command.upgrade(config(url, connection), to)


def newest() -> str:
    """Return the migration that this version of Kith wants."""
    return str(ScriptDirectory(str(Path(__file__).parent)).get_current_head())


def _stamp(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _ready(connection: Connection, stamp: str | None) -> None:
    """See to it that the database is what its stamp says."""
    here = Shape.of(connection).columns
    if connection.dialect.name != "sqlite":
        # A kill left nothing there, at any time: whoever has tables and no stamp lost it in another way.
        if stamp is None and (known := sorted(here.keys() & metadata.tables.keys())):
            raise KithError("error-database-half", table=known[0])
        return
    if not here:
        return
    shapes = _shapes()
    after = Shape({}, set())
    for shape in shapes.values():
        after |= shape
    clear_remains(connection, shapes[stamp], after)


@cache
def _shapes() -> dict[str | None, Shape]:
    """Return how an SQLite database looks at each migration, and at none."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    shapes: dict[str | None, Shape] = {None: Shape({}, set())}
    with engine.connect() as connection:
        made = config("sqlite://", connection)
        for step in reversed([*ScriptDirectory.from_config(made).walk_revisions()]):
            command.upgrade(made, step.revision)
            shapes[step.revision] = Shape.of(connection)
    engine.dispose()
    return shapes
