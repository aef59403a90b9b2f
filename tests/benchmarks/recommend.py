"""Recommendations: fit, and the top ten for all, beside the memory that they take.

python -m tests.benchmarks.recommend [--sizes 1000x300 6040x3700] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np

from core.recommend import EASE, Blend, ItemToItem, Popularity, Recommender
from tests.world.signals import community

MEAN = {1_000: 20.0, 6_040: 165.0}  # signals a member


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.recommend")
    parser.add_argument("--sizes", nargs="+", default=["1000x300", "6040x3700"], metavar="MEMBERSxITEMS")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = [row for size in given.sizes for row in measured(*map(int, size.split("x")))]
    for row in found:
        print("{members:>7} × {items:<6}{name:<20}{seconds:8.2f} s{peak_mb:8.0f} MB".format(**row))  # noqa: T201
    if given.json:
        given.json.write_text(json.dumps(found))


def measured(members: int, items: int) -> list[dict[str, Any]]:
    """Return the seconds of fit and top ten for all, and the process's peak memory by then."""
    past, _ = community(members, items, MEAN.get(members, 20.0))
    everybody, rows = np.arange(members), []
    each: list[Recommender] = [Popularity(), ItemToItem(), EASE(), Blend()]
    for recommender in each:
        fresh = past.where(np.ones(len(past), np.bool_))  # nothing remembered from the one before
        start = time.perf_counter()
        recommender.fit(fresh).recommend(everybody, 10)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append({"members": members, "items": items, "name": recommender.name, "seconds": seconds, "peak_mb": peak})
    return rows


if __name__ == "__main__":
    main()
