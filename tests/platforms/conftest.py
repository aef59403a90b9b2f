"""What tests of more than one platform need."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.store.unit import Store
from tests.world.compiled import compiled_once


def copied(template: Path, to: Path) -> Path:
    """Copy a file and return where it is now."""
    to.write_bytes(template.read_bytes())
    return to


@pytest.fixture
async def beside(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Store]:
    """Open a database of its own for a playground beside the platform under test."""
    path = copied(sqlite_template, tmp_path / "beside.db")
    store = Store(f"sqlite:///{path}")
    with compiled_once(store):
        yield store
        await store.close()
