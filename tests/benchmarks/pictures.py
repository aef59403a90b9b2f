"""Print how many milliseconds each picture takes, warm, and a command that answers with one.

    python -m tests.benchmarks.pictures [--sizes 1000 10000] [--json FILE]

The first line says what the very first picture costs, with Pillow and the tables of the fonts to load. A command counts
from the moment in which it is handed in to that in which its answer, PNG and all, has been sent: by the wall, and by
the processor, which a busy machine stretches less.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from bot.draw import compose, draw
from core.domain.pictures import Picture
from core.store.unit import Store
from migrations import upgrade
from tests.benchmarks.settled import Settled
from tests.world import pictures
from tests.world.world import World

RUNS = 7
COMMANDS = ("/network", "/health", "/keypeople", "/circles", "/newcomers", "/connect")
COMMAND_LIMIT = 400  # milliseconds
MAP_LIMIT = 5_000


class Stopwatch:
    """Medians of what is timed, in milliseconds by the wall and by the processor."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float]] = []

    def __enter__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def __exit__(self, *error: object) -> None:
        self._taken.append((time.perf_counter() - self._start[0], time.process_time() - self._start[1]))

    @property
    def figures(self) -> dict[str, float]:
        """Return the medians."""
        wall, processor = (median(each) * 1000 for each in zip(*self._taken, strict=True))
        return {"ms": wall, "processor_ms": processor}


def drawings() -> dict[str, dict[str, float]]:
    """Draw each kind of picture and print what it takes."""
    figures: dict[str, dict[str, float]] = {}
    samples: dict[str, Picture] = {"first": pictures.card(), **pictures.samples()}
    print(f"{'picture':16}{'draw':>8}{'png':>8}{'kB':>8}")
    for name, picture in samples.items():
        drawn, packed, size = Stopwatch(), Stopwatch(), 0
        for _ in range(1 if name == "first" else RUNS):
            with drawn:
                canvas = compose(picture)
            with packed:
                size = len(canvas.png())
        one, other = drawn.figures["ms"], packed.figures["ms"]
        print(f"{name:16}{one:8.1f}{other:8.1f}{size / 1024:8.0f}", flush=True)
        figures[name] = {"draw_ms": one, "png_ms": other, "kb": size / 1024}
    return figures


def whole_map() -> dict[str, float]:
    """Lay the map of 10,000 members out and draw it."""
    watch = Stopwatch()
    with watch:
        draw(pictures.community_map(10_000, 14))
    return _told("map of 10,000 members", watch, MAP_LIMIT)


async def commands(members: int) -> dict[str, dict[str, float]]:
    """Ask each command that reads a snapshot, in a community of so many members."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        upgrade(url)
        store = Store(url)
        world = World(store)
        await Settled(world, members).settle()
        await world.engine.due()
        await world.say("mod", COMMANDS[0])
        figures = {}
        for command in COMMANDS:
            watch = Stopwatch()
            for _ in range(RUNS):
                with watch:
                    await world.say("mod", command)
            sent = world.sent[-1]
            if (sent.image is None) != (sent.outgoing.picture is None) or "K-" in sent.outgoing.text:
                raise LookupError(f"{command} was not answered: {sent.outgoing.text}")
            figures[command] = _told(f"{command} of {members:,} members", watch, COMMAND_LIMIT)
        await store.close()
    return figures


def _told(what: str, watch: Stopwatch, limit: int) -> dict[str, float]:
    found = watch.figures
    print(f"{what:36}{found['ms']:8.0f} ms, processor {found['processor_ms']:6.0f} ms, limit {limit:,}", flush=True)
    return {**found, "limit_ms": limit}


def main() -> None:
    """Draw, ask, print and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures: dict[str, Any] = dict(drawings())
    figures["map of 10,000 members"] = whole_map()
    for size in given.sizes:
        figures[f"commands of {size} members"] = asyncio.run(commands(size))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
