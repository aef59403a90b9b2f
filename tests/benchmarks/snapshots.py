"""A day's snapshot that goes on from the one before, against one that counts everything anew.

    python -m tests.benchmarks.snapshots [--sizes 10000 100000] [--json FILE]

Both as the job does it: read from the database (SQLite), compute, write down. A day brings one in ninety of what was
said in ninety days. Seconds are the processor's, which a busy machine stretches less; the limit holds from 100,000
members on, below which drawing the map and the like is most of either.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.engine.news import roll_up
from core.kit.context import Context
from core.kit.texts import Texts
from core.store.unit import Store
from core.studies.network import network as study
from migrations import upgrade
from tests.benchmarks.settled import Settled
from tests.world.world import World

LIMIT = 10  # times less than everything


async def measure(members: int) -> dict[str, Any]:
    """Return the seconds of both, and what they found."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        upgrade(url)
        store = Store(url)
        world = World(store)
        settled = Settled(world, members)
        await settled.settle()
        world.clock.advance(timedelta(days=1))  # the week's first day is past: the next may go on
        await settled.one_more_day(1 / settled.days)
        first = await _snapshot(settled, anew=True)
        world.clock.advance(timedelta(days=1))
        rows = await settled.one_more_day(1 / settled.days)
        day = await _snapshot(settled, anew=False)
        whole = await _snapshot(settled, anew=True)
        await store.close()
    ratio = whole["seconds"] / day["seconds"]
    print(
        f"{members:>9,} members: everything {whole['seconds']:.2f} s (the first {first['seconds']:.2f} s), "
        f"a day's {rows:,} interactions {day['seconds']:.2f} s, 1/{ratio:.1f}, limit 1/{LIMIT}; "
        f"modularity {whole['modularity']:.4f} and {day['modularity']:.4f}",
        flush=True,
    )
    return {"first": first, "whole": whole, "day": day, "ratio": ratio, "limit": LIMIT}


async def _snapshot(settled: Settled, *, anew: bool) -> dict[str, Any]:
    """Take a snapshot as the job does, and return what it cost: in all, and to read, compute and write."""
    world, community = settled.world, settled.community
    await roll_up(world.store, community.id)
    marks = [time.process_time()]
    async with world.store.read() as unit:
        reading = await study.reading(unit, community.id, world.clock.now(), anew=anew)
        given = await study.load(reading)
    if given is None or (given.checkpoint is None) != anew:
        raise LookupError("the snapshot was not what was to be measured")
    job = study.work(reading, given)
    marks.append(time.process_time())
    result = job.compute(job.given)
    marks.append(time.process_time())
    async with world.store.begin() as unit:
        await job.save(Context(unit, world.clock.now(), community, Texts("en")), result)
    marks.append(time.process_time())
    read, compute, write = (later - earlier for earlier, later in pairwise(marks))
    return {
        "seconds": marks[-1] - marks[0],
        "read": read,
        "compute": compute,
        "write": write,
        "modularity": result.result.health.modularity,
        "checkpoint MB": len(result.checkpoint) / 1e6,
    }


def main() -> None:
    """Measure each size, print, and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures = {str(size): asyncio.run(measure(size)) for size in given.sizes}
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
