"""`.env.example` names every variable, with the default it has."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_has_every_variable_with_its_default() -> None:
    named = dict(re.findall(r"^# (KITH_\w+)=(.*)$", EXAMPLE.read_text("utf-8"), re.M))
    fields = {f"KITH_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    shown = {
        name: "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
        for name, default in fields.items()
    }
    assert named == shown
    assert not any(isinstance(default, SecretStr) for default in fields.values())


def test_every_variable_is_explained_and_none_is_set() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    assert all(not line or line.startswith("#") for line in lines)
    for place, line in enumerate(lines):
        if line.startswith("# KITH_"):
            assert lines[place - 1].startswith("# "), line
