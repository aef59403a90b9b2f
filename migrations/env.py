"""What Alembic runs: migrations on one synchronous connection, all in one transaction."""

from alembic import context
from sqlalchemy import Connection

from core.store.tables import metadata
from migrations.database import writing


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Migrate the connection, or the database, that the configuration names."""
    given = context.config.attributes.get("connection")
    if given is not None:
        _run(given)
        return
    configured = context.config.attributes.get("url") or context.config.get_main_option("sqlalchemy.url")
    with writing(str(configured)) as connection:
        _run(connection)


main()
