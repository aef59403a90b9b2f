"""Kith's own commands, within Discord's limits."""

from __future__ import annotations

import re

import pytest

from bot.platforms.discord.commands import slash_commands
from core.engine import discover
from core.kit.declare import Command
from core.kit.texts import LANGUAGES, Texts

COMMANDS = discover().commands
#: Discord's pattern for the names of commands and options.
NAME = re.compile(r"^[-_'\w]{1,32}$")


def test_there_are_not_too_many() -> None:
    assert len(COMMANDS) <= 100


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_each_fits_whole_in_every_language(command: Command) -> None:
    (made,) = slash_commands([command])
    assert NAME.match(made["name"])
    assert made["name"] == made["name"].lower()
    assert len(made["options"]) <= 25
    required = [option["required"] for option in made["options"]]
    assert required == sorted(required, reverse=True)
    keys = [f"command-{command.name}", *(f"option-{command.name}-{each.name}" for each in command.parameters)]
    for language in LANGUAGES:
        for key in keys:
            assert 1 <= len(Texts(language).plain(key)) <= 100, (language, key)
    for option in made["options"]:
        assert NAME.match(option["name"])
        assert len(option.get("choices", ())) <= 25
        assert "zh-CN" in option["name_localizations"], option["name"]
    assert sum(map(len, re.findall(r"'(?:name|description|value)': '([^']*)'", str(made)))) <= 8000
