"""Rules of the house that no tool knows: one clock, docstrings that command, imports that wait until needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.engine.registry import discover
from tests.architecture.source import PACKAGES, ROOT, modules

CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("func", "now"),
}
# Where else the time may be asked for, and why.
MAY_ASK = {"core/domain/clock.py": "it is the clock"}
LINES = 400
# What may be longer, and why; nothing in core.
MAY_BE_LONG: dict[str, str] = {}
HEAVY = "sqlalchemy networkx networkit scipy sklearn numpy PIL telegram discord fontTools babel"
LATER = "networkx networkit scipy sklearn PIL fontTools"
NOT_VERBS = {"This", "The", "A", "An", "It", "Whether", "Returns", "Gets", "Sets", "Yields", "Raises", "Says", "Gives"}


def test_only_the_clock_asks_for_the_time() -> None:
    asked = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        if path not in MAY_ASK
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    ]
    asked += [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "time"
        and {name.name for name in node.names} & {"time", "time_ns"}
    ]
    assert asked == []


def _long() -> set[str]:
    return {path for path in modules("bot", "core") if len((ROOT / path).read_text("utf-8").splitlines()) > LINES}


def test_no_file_is_long_without_a_reason() -> None:
    assert _long() == set(MAY_BE_LONG)


def test_no_file_of_core_is_long_whatever_the_reason() -> None:
    assert [path for path in MAY_BE_LONG if path.startswith("core/")] == []


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else [node]
        for each in inside:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and not each.name.startswith("_"):
                yield each


def test_docstrings_begin_with_one_imperative_line() -> None:
    wrong = []
    for path, tree in modules().items():
        if path.startswith("migrations/versions"):
            continue
        for function in _public(tree):
            lines = (ast.get_docstring(function) or "").splitlines()
            if not lines:
                continue
            first = lines[0].split()[0] if lines[0] else ""
            whole = lines[0].rstrip("”\"'").endswith((".", "?", "…", "。"))
            apart = len(lines) == 1 or lines[1] == ""
            if not (whole and apart) or first in NOT_VERBS or not first[:1].isupper():
                wrong.append(f"{path}:{function.lineno} {lines[0]}")
    assert wrong == []


def test_every_module_and_every_public_class_and_function_of_a_module_says_what_it_is() -> None:
    silent = []
    for path, tree in modules().items():
        if path.startswith("migrations/versions"):
            continue
        if tree.body and not ast.get_docstring(tree):
            silent.append(path)
        silent += [
            f"{path}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert silent == []


def loaded_by(source: str) -> set[str]:
    """Return the top packages that a new interpreter has loaded after running `source`."""
    asked = f"{source}\nimport sys\nprint('loaded', *{{name.split('.')[0] for name in sys.modules}})"
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(ran.stdout.splitlines()[-1].split()[1:])


def test_help_comes_without_anything_heavy() -> None:
    loaded = loaded_by(
        "import sys\nsys.argv = ['kith', '--help']\nfrom bot.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code"
    )
    assert loaded & set(HEAVY.split()) == set()


@pytest.mark.parametrize(
    "parts",
    ["bot.build, bot.cli.run", "bot.platforms.telegram.adapter", "bot.platforms.discord.platform", "bot.web.app"],
)
def test_a_bot_starts_without_analysis_and_drawing(parts: str) -> None:
    loaded = loaded_by(f"import {parts}\nfrom core.engine import discover\ndiscover()")
    assert loaded & set(LATER.split()) == set()


def test_what_a_platform_or_a_migration_needs_comes_with_it() -> None:
    loaded = loaded_by("import bot.cli.run, bot.sandbox.sandbox, bot.web.app")
    assert loaded & {"telegram", "discord", "alembic"} == set()


def test_imports_run_downwards() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    ran = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_every_package_is_looked_at() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(PACKAGES)


def test_an_allowance_that_nobody_needs_is_gone() -> None:
    for path in MAY_ASK:
        assert re.search(r"\.(now|today|time)\(", (ROOT / path).read_text("utf-8")), path


def _words(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the strings of a module that aren't keys of what it returns."""
    keys = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in keys)


def test_the_engine_knows_no_feature_by_name() -> None:
    features = {*discover().commands, *(Path(path).stem for path in modules("core/features"))}
    assert len(features) > 30
    engine = modules("core/engine").items()
    known = [f"{path}:{node.lineno}" for path, tree in engine for node in _words(tree) if node.value in features]
    known += [
        f"{path}:{node.lineno}"
        for path, tree in engine
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("core.features.", "core.activities."))
    ]
    assert known == []


# Where results of analyses are made and read.
RESULTS = (
    "core/analysis/checkpoint.py",
    "core/analysis/network.py",
    "core/analysis/snapshot/",
    "core/domain/network",
    "core/features/community/",
    "core/kit/studies.py",
    "core/studies/",
    "bot/cli/network.py",
    "bot/cli/report.py",
)


def test_results_of_an_analysis_are_typed() -> None:
    looked_at = {path: tree for path, tree in modules().items() if path.startswith(RESULTS)}
    assert len(looked_at) > 15
    subscripts = [
        f"{path}:{node.lineno}"
        for path, tree in looked_at.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        and not (isinstance(node.value, ast.Name) and node.value.id == "Literal")
    ]
    assert subscripts == []
