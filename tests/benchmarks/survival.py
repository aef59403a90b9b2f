"""Compare Kaplan–Meier with lifelines, with late entry too: python -m tests.benchmarks.survival."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from core.analysis.survival import kaplan_meier
from tests.benchmarks.graph import HERE, environment


def largest_difference(python: str, cases: int = 40) -> float:
    """Return by how much shares or ends of intervals differ at most, in an environment's Python with lifelines."""
    draw = np.random.default_rng(1)
    given = []
    for number in range(cases):
        n = int(draw.integers(20, 400))
        entry = np.floor(draw.uniform(0, 6, n)) if number % 2 else None
        duration = (0 if entry is None else entry) + np.floor(draw.exponential(8, n)) + 1
        given.append((duration, draw.random(n) < 0.7, entry))
    plain = [
        {"duration": d.tolist(), "event": e.tolist(), "entry": None if b is None else b.tolist()} for d, e, b in given
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.json"
        path.write_text(json.dumps(plain))
        done = subprocess.run([python, str(HERE / "survival_peer.py"), str(path)], check=True, capture_output=True)
    largest = 0.0
    for (duration, event, entry), theirs in zip(given, json.loads(done.stdout), strict=True):
        ours = kaplan_meier(duration, event, entry)
        for time, *row in zip(ours.times.tolist(), ours.share, ours.low, ours.high, strict=True):
            # Before the first event and after the last person lifelines has no interval.
            compared = 3 if 0 < row[0] < 1 else 1
            largest = max(largest, *np.abs(np.subtract(row, theirs[str(time)]))[:compared].tolist())
    return largest


if __name__ == "__main__":
    found = largest_difference(environment("lifelines", "lifelines>=0.30"))
    sys.stdout.write(f"largest difference from lifelines: {found:.1e}\n")
    sys.exit(found > 1e-9)
