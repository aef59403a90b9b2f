"""Tests that go through both languages, and through both databases, without going through each with each."""

from __future__ import annotations

import pytest

from core.kit.texts import LANGUAGES

DATABASES = ("sqlite", "postgresql")

# What is said is made of what was read, by code that knows no database: a test meets both languages and both databases
# in as many runs as there are of either.
each_language_on_a_database = pytest.mark.parametrize(
    ("database_url", "language"), list(zip(DATABASES, LANGUAGES, strict=True)), indirect=["database_url"]
)
