"""`kith` as it is called, in this process: every command that there is, and what it takes."""

from __future__ import annotations

import asyncio
import importlib
import io
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
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


def plain_environment(**given: str) -> dict[str, str]:
    """Return the environment without this machine's settings of Kith, and with what is given."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("KITH_")}, **given}


def run_here(*words: str, environment: dict[str, str]) -> CompletedProcess[str]:
    """Run `kith` as a process of its own would, and return what it returns: without the second that one takes to start.

    Where an event loop runs it does so in a thread, while the caller waits.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in os.environ.keys() - environment.keys():
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        if asyncio._get_running_loop() is None:
            code = called(patch, *words)
        else:
            with ThreadPoolExecutor(1) as thread:
                code = thread.submit(called, patch, *words).result()
    said = [each.detach().getvalue().decode() for each in (out, err)]  # type: ignore[attr-defined]
    return CompletedProcess(words, code, *said)


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
