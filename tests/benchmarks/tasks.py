"""What it costs to do nothing with 1,000 communities and 10,000 schedules, and how long heavy work holds light up."""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.build import House, build
from core.domain.clock import ManualClock, SystemClock
from core.domain.community import Settings
from core.domain.schedule import Daily, Weekly
from core.domain.tasks import Task
from core.engine import Registry
from core.engine.seal import Sealer
from core.kit.context import Context
from core.kit.declare import TaskHandler, Work
from core.store.bell import LONGEST
from core.store.unit import Store
from migrations import upgrade
from tests.world.platform import FakePlatform
from tests.world.postgres import running_postgres
from tests.world.world import KEY

TURNS = 9
SLEEP = 2.0  # seconds of heavy work
ZONES = ("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York")


def house(url: str, handlers: list[TaskHandler]) -> House:
    """Return a house that knows these actions alone, in the middle of the day."""
    now = SystemClock().now().replace(hour=12, minute=30)
    registry = Registry({}, {}, {each.name: each for each in handlers})
    return build(Store(url), ManualClock(now), Sealer([KEY]), [FakePlatform()], registry, ThreadPoolExecutor(3))


def schedules(count: int) -> Iterator[TaskHandler]:
    """Yield actions that recur, none of them due now."""
    for number in range(count):
        at = f"{number % 10:02}:{number % 60:02}"
        every = Daily(at) if number % 2 else Weekly(f"mon,thu {at}")
        yield TaskHandler(f"action{number}", _nothing, every, catch_up=0)


async def _nothing(context: Context, task: Task) -> None: ...


async def at_rest(url: str, communities: int, each: int, looks: int) -> dict[str, float]:
    """Return seconds until all is planned, and the share of a core that looking takes afterwards."""
    made = house(url, list(schedules(each)))
    async with made.store.begin() as unit:
        for number in range(communities):
            zone = ZONES[number % len(ZONES)]
            await unit.communities.add(f"c{number}", replace(Settings(), timezone=zone), made.clock.now())
    began = time.perf_counter()
    await made.engine.due()
    planned = time.perf_counter() - began
    async with made.store.read() as unit:
        assert (await unit.tasks.counts())["waiting"] == communities * each
    cpu = time.process_time()
    for _ in range(looks):
        assert await made.engine.work() == 0
    looking = (time.process_time() - cpu) / looks
    cpu = time.process_time()
    for _ in range(20):
        await made.engine.keep_house()
    keeping = (time.process_time() - cpu) / 20
    share = looking / LONGEST + keeping / 30.0
    await made.close()
    return {"planned_s": round(planned, 2), "look_ms": round(1_000 * looking, 3), "core_%": round(100 * share, 3)}


async def light_beside_heavy(url: str) -> dict[str, float]:
    """Return how long a light task took from being due to being done, alone and beside three heavy ones."""
    done = asyncio.Event()

    async def light(context: Context, task: Task) -> None:
        done.set()

    async def heavy(context: Context, task: Task) -> Work:
        return Work(time.sleep, SLEEP, _save)

    made = house(url, [TaskHandler("light", light), TaskHandler("heavy", heavy, heavy=True)])
    now = made.clock.now()
    async with made.store.begin() as unit:
        homes = [(await unit.communities.add(f"h{number}", Settings(), now)).id for number in range(3)]
    await made.engine.due()

    async def once(slot: str) -> float:
        done.clear()
        began = time.perf_counter()
        async with made.store.begin() as unit:
            await unit.tasks.add([Task(action="light", community_id=homes[0], slot=slot, due_at=now)])
        while not done.is_set():
            await made.engine.work()
            await asyncio.sleep(0.001)
        return 1_000 * (time.perf_counter() - began)

    await once("warm")
    alone = statistics.median([await once(f"alone {number}") for number in range(TURNS)])
    lane = TaskHandler("heavy", heavy, heavy=True).lane
    async with made.store.begin() as unit:
        await unit.tasks.add(Task(action="heavy", community_id=home, slot="1", due_at=now, lane=lane) for home in homes)
    await made.engine.work()
    await asyncio.sleep(0.2)
    beside = statistics.median([await once(f"beside {number}") for number in range(TURNS)])
    await made.engine.tasks.stop()
    await made.close()
    return {"light_alone_ms": round(alone, 1), "light_beside_heavy_ms": round(beside, 1)}


async def _save(context: Context, result: Any) -> None: ...


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--communities", type=int, default=1_000)
    parser.add_argument("--schedules", type=int, default=10, help="for each community")
    parser.add_argument("--looks", type=int, default=200)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        for name, url in {"sqlite": f"sqlite:///{Path(folder) / 'kith.db'}", "postgresql": server}.items():
            upgrade(url)
            rest = asyncio.run(at_rest(url, given.communities, given.schedules, given.looks))
            results[name] = rest | asyncio.run(light_beside_heavy(url))
            print(
                f"{name:<11} at rest {results[name]['core_%']:.2f} % of a core (2 wanted), a look "
                f"{results[name]['look_ms']:.1f} ms, all planned in {results[name]['planned_s']:.1f} s; "
                f"a light task {results[name]['light_alone_ms']:.0f} ms alone, "
                f"{results[name]['light_beside_heavy_ms']:.0f} ms beside heavy ones of 2 s"
            )
    if given.json:
        given.json.write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
