"""What Alembic runs: migrations on one synchronous connection."""

from alembic import context
from sqlalchemy import Connection, create_engine, make_url, text

from core.store.tables import metadata

# Any number will do, as long as it is the same for every process that migrates this database.
_LOCK = 5_418_316


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        context.run_migrations()


def main() -> None:
    """Migrate the database that the configuration names."""
    configured = context.config.attributes.get("url") or context.config.get_main_option("sqlalchemy.url")
    url = make_url(str(configured))
    if url.drivername.startswith("sqlite"):
        url = url.set(drivername="sqlite")
    engine = create_engine(url)
    with engine.connect() as connection:
        if url.drivername == "sqlite":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.commit()
        _run(connection)
    engine.dispose()


main()
