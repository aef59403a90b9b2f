"""Print what charts cost: each kind warm, the first one of a process, and the memory of whoever draws.

python -m tests.benchmarks.charts [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import time
from pathlib import Path
from statistics import median

from bot.draw import apart
from core.domain.pictures import Figures
from tests.world import pictures

RUNS = 7
LIMIT = 400  # milliseconds, warm
_PAGE = 4096


def resident(process: int | str) -> float:
    """Return how many MB of memory a process holds."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 2**20


async def measured() -> dict[str, float]:
    """Draw every sample where the bot draws it, and print what that takes."""
    samples = {name: each for name, each in pictures.samples().items() if isinstance(each, Figures)}
    figures = {"before_mb": resident("self"), "first_ms": await _timed(samples["line-en"])}
    child = multiprocessing.active_children()[0].pid
    figures["process_first_mb"] = resident(child or "self")
    for name, each in samples.items():
        figures[f"{name}_ms"] = median([await _timed(each) for _ in range(RUNS)])
    figures |= {"process_mb": resident(child or "self"), "after_mb": resident("self")}
    for name, value in figures.items():
        late = f"  over {LIMIT}" if name.endswith("_ms") and name != "first_ms" and value > LIMIT else ""
        print(f"{name:24}{value:8.0f}{late}", flush=True)
    return figures


async def _timed(picture: Figures) -> float:
    start = time.perf_counter()
    await apart.drawn(picture)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Draw, print and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures = asyncio.run(measured())
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
