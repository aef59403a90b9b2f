"""What is kept of people: every table that names one takes part in export and erasure, and figures ask for consent."""

from __future__ import annotations

import ast
from pathlib import Path

import core.kit.consent
from core.store.tables import PERSONAL, metadata
from core.store.tables.base import names_a_member

ROOT = Path(__file__).parents[2]
# What the store tells about one person: features get it through core.kit.consent, which asks first.
PER_PERSON = {"days_of", "deeds_of", "presence", "ties_of"}


def test_every_table_that_names_a_member_takes_part_in_export_and_erasure() -> None:
    for table in metadata.tables.values():
        named = {column.name for column in names_a_member(table)}
        if table.name == "members":
            named.add("id")
        if named:
            assert table.name in PERSONAL, f"{table.name} names a member: register it with personal(...)"
            assert named == set(PERSONAL[table.name].columns), table.name


def test_what_stays_after_an_erasure_is_said_for_every_table() -> None:
    for name, entry in PERSONAL.items():
        assert entry.erase in {"delete", "blank", "keep"}, name
        assert set(entry.blank) <= set(entry.table.c.keys()), name
        assert bool(entry.blank) == (entry.erase == "blank"), name


def test_figures_about_a_person_are_read_where_their_consent_is_asked() -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("features", "activities")
        for path in sorted((ROOT / "core" / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in PER_PERSON
    ]
    assert asked == [], "use core.kit.consent"
    source = Path(str(core.kit.consent.__file__)).read_text("utf-8")
    assert all(f".{name}(" in source for name in PER_PERSON)
