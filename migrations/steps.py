"""The steps from one migration to another: what Alembic does, loaded where something is to be done."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from core.domain.errors import KithError
from core.store.dialect import normal_url
from core.store.tables import metadata
from migrations.remains import Shape, clear_remains


def config(url: str, connection: Connection | None = None) -> Config:
    """Return Alembic's configuration for a database, or for a connection to it on which everything is to run."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    made.attributes["url"] = normal_url(url)
    made.attributes["connection"] = connection
    return made


def take(connection: Connection, url: str, stamp: str | None, to: str) -> None:
    """Bring the database that `connection` holds from where its stamp says to another migration.

    Raise KithError where it isn't what its stamp says.
    """
    _ready(connection, stamp)
    command.upgrade(config(url, connection), to)


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
