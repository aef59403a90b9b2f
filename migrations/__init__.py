"""Alembic: every table from the first on, and the one way to bring a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from core.store.dialect import normal_url


def config(url: str) -> Config:
    """Return Alembic's configuration for a database."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    made.attributes["url"] = normal_url(url)
    return made


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database at `url` up to date, making an SQLite file and its folder where they are missing."""
    parsed = make_url(normal_url(url))
    if parsed.drivername.startswith("sqlite") and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(config(url), to)


def newest() -> str:
    """Return the migration that this version of Kith wants."""
    return str(ScriptDirectory(str(Path(__file__).parent)).get_current_head())
