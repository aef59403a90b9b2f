"""`kith` as it is called, in this process: every command that there is, and what it takes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.__main__ import COMMANDS, main

LASTING = {"demo"}  # takes as long as a person reads
STARTING = {"run"}  # goes on until it is ended


def leaves() -> Iterator[tuple[list[str], Any]]:
    """Yield every command that there is, by its words."""
    for name, (module, _) in COMMANDS.items():
        made: Any = typer.main.get_command(importlib.import_module(f"bot.cli.{module}").app)
        below = getattr(made, "commands", None)
        if below is None:
            yield [name], made
        else:
            yield from (([name, each], command) for each, command in below.items())


LEAVES = {" ".join(words): (words, command) for words, command in leaves()}


def called(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Call `kith` with these words, and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["kith", *words])
    hook = sys.excepthook
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        sys.excepthook = hook
    return 0


def kind_of(parameter: Any) -> str:
    kinds = {Path: "path", int: "number", float: "number", bool: "flag"}
    return kinds.get(parameter.type_descriptor.annotation, "text")


def given(parameter: Any, value: str) -> list[str]:
    return [value] if parameter.param_type_name == "argument" else [parameter.opts[0], value]
