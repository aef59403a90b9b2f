"""Run every benchmark, print their tables, and write all figures into build/bench.json.

    python -m tests.benchmarks.run [NAME ...] [--quick]

Each is a process of its own, so that none warms another's caches or counts its memory. `--quick` measures less of
what takes long: enough to see that every part works, not to quote.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from core.domain.clock import SystemClock

BUILD = Path(__file__).parents[2] / "build"
# name → what it is given with --quick
BENCHMARKS = {
    "start": [],
    "ingest": ["--count", "5000"],
    "imports": [],
    "outbox": ["--waiting", "10000"],
    "tasks": ["--communities", "100"],
    "broadcasts": ["--people", "5000"],
    "pushing": ["--people", "500"],
    "presses": ["--people", "500"],
    "audience": ["--people", "5000"],
    "pairing": ["--people", "200"],
    "pictures": ["--sizes", "1000"],
    "graph": ["--sizes", "1000"],
    "snapshots": ["--sizes", "1000"],
    "recommend": ["--sizes", "1000x300"],
}


def main() -> None:
    """Run what was asked for; end with 1 where one of them failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all without any")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    if unknown := set(given.names) - BENCHMARKS.keys():
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    BUILD.mkdir(exist_ok=True)
    results: dict[str, Any] = {}
    failed = []
    for name in given.names or BENCHMARKS:
        print(f"\n{name}\n{'-' * len(name)}", flush=True)
        found = measured(name, BENCHMARKS[name] if given.quick else [])
        if found is None:
            failed.append(name)
        else:
            results[name] = found
    path = BUILD / "bench.json"
    path.write_text(json.dumps({"machine": machine(), "quick": given.quick, "results": results}, indent=1))
    print(f"\nAll figures are in {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}.")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def measured(name: str, more: list[str]) -> Any:
    """Run one benchmark and return its figures, None where it failed."""
    path = BUILD / f"bench-{name}.json"
    path.unlink(missing_ok=True)
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", "--json", str(path), *more]
    if subprocess.run(command, cwd=BUILD.parent, check=False).returncode or not path.exists():
        return None
    figures = json.loads(path.read_text())
    path.unlink()
    return figures


def machine() -> dict[str, Any]:
    """Return what the figures hang on."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "libraries": {name: version(name) for name in ("sqlalchemy", "psycopg", "networkx", "networkit", "scipy")},
        "at": SystemClock().now().isoformat(timespec="seconds"),
    }


if __name__ == "__main__":
    main()
