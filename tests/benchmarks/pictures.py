"""Print how many milliseconds each picture takes, warm: `python -m tests.benchmarks.pictures`.

The first line says what the very first picture costs, with Pillow and the tables of the fonts to load.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from statistics import median

from bot.draw import compose
from core.domain.pictures import Picture
from tests.world import pictures

RUNS = 7


def main() -> None:
    """Draw, print and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    samples: dict[str, Picture] = {"first": pictures.card(), **pictures.samples()}
    print(f"{'picture':16}{'draw':>8}{'png':>8}{'kB':>8}")  # noqa: T201  a script that prints
    for name, picture in samples.items():
        drawn, packed, size = [], [], 0
        for _ in range(1 if name == "first" else RUNS):
            start = time.perf_counter()
            canvas = compose(picture)
            middle = time.perf_counter()
            size = len(canvas.png())
            drawn.append((middle - start) * 1000)
            packed.append((time.perf_counter() - middle) * 1000)
        line = f"{name:16}{median(drawn):8.1f}{median(packed):8.1f}{size / 1024:8.0f}"
        print(line, flush=True)  # noqa: T201
        figures[name] = {"draw_ms": median(drawn), "png_ms": median(packed), "kb": size / 1024}
    start = time.perf_counter()
    pictures.community_map(10_000, 14)
    figures["layout of 10,000 members"] = {"ms": (time.perf_counter() - start) * 1000}
    print(f"layout of 10,000 members: {figures['layout of 10,000 members']['ms']:.0f} ms")  # noqa: T201
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
