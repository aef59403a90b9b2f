"""Recommendations: fit, and the top ten for all, beside the memory that they take.

python -m tests.benchmarks.recommend [--sizes 1000x300 6040x3700] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from core.recommend import EASE, Blend, ItemToItem, Popularity, Recommender, Signals
from tests.world.signals import community

LINE = "{members:>7} × {items:<6}{name:<20}{seconds:8.2f} s{cpu_seconds:8.2f} s of CPU{peak_mb:8.0f} MB"
MEAN = {1_000: 20.0, 6_040: 165.0}  # signals a member


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.recommend")
    parser.add_argument("--sizes", nargs="+", default=["1000x300", "6040x3700"], metavar="MEMBERSxITEMS")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = []
    for row in (row for size in given.sizes for row in measured(*map(int, size.split("x")))):
        found.append(row)
        print(LINE.format(**row))
    if given.json:
        given.json.write_text(json.dumps(found))


def measured(members: int, items: int) -> Iterator[dict[str, Any]]:
    """Yield for each recommender how long fit and the top ten for all take, in a process of its own."""
    past, _ = community(members, items, MEAN.get(members, 20.0))
    each: list[Recommender] = [Popularity(), ItemToItem(), EASE(), Blend()]
    for recommender in each:
        with get_context("spawn").Pool(1) as pool:
            found = pool.apply(_alone, (recommender, past, members))
        yield {"members": members, "items": items, "name": recommender.name, **found}


def _alone(recommender: Recommender, past: Signals, members: int) -> dict[str, float]:
    """Return seconds, those of all cores together, and the process's peak memory before and after."""
    before = _peak()
    start, worked = time.perf_counter(), time.process_time()
    recommender.fit(past).recommend(np.arange(members), 10)
    seconds, cpu = time.perf_counter() - start, time.process_time() - worked
    return {"seconds": seconds, "cpu_seconds": cpu, "peak_before_mb": before, "peak_mb": _peak()}


def _peak() -> float:
    # Not getrusage, which begins a process with the peak of the one that made it.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
