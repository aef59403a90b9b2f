"""Whoever reads interactions reads `seen`, so that nobody sees an import before it is published."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

STORE = Path(__file__).parents[2] / "core" / "store"
# What an import itself reads, what changes rows whether they are seen or not, and the last number that was given.
WITH_STAGED = {
    "communities.py": {"_end_era"},
    "erasure.py": {"leave_out"},
    "handover.py": {"give_over", "_about"},
    "imports.py": {"size", "touched", "counts", "authors", "pairs"},
    "interactions.py": {"add", "known", "newest"},
    "presences.py": {"moves"},
    "rollups.py": {"_some"},
    "snapshots.py": {"_checkpoint"},
}


def _readers(path: Path) -> Iterator[str]:
    """Yield the functions, and the module's own names, in which the table stands."""
    tree = ast.parse(path.read_text())
    places = [(ast.unparse(node.targets[0]), node) for node in tree.body if isinstance(node, ast.Assign)]
    places += [(n.name, n) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id == "interactions":
            inside = [name for name, each in places if each.lineno <= node.lineno <= (each.end_lineno or 0)]
            yield inside[-1] if inside else f"line {node.lineno}"


def test_only_these_read_what_is_staged() -> None:
    found = {
        path.name: set(_readers(path)) for path in STORE.glob("*.py") if path.name not in {"stages.py", "staged.py"}
    }
    found["erasure.py"].discard("export")  # which asks for `seen` where it comes to this table
    assert {name: names for name, names in found.items() if names} == WITH_STAGED
