"""What a push to 100,000 members costs until every one is in the outbox, on each database: seconds and memory."""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import tempfile
import time
from pathlib import Path

from bot.build import build
from core.domain.audience import Audience
from core.domain.clock import SystemClock
from core.domain.community import Settings
from core.domain.message import Reply
from core.domain.people import Person
from core.domain.pushes import Topic
from core.domain.tasks import Lane, Task
from core.engine import Registry
from core.engine.seal import Sealer
from core.engine.settle import settle
from core.kit import Again, Context, Texts
from core.kit.broadcasts import broadcast, unfold_broadcast
from core.kit.declare import TaskHandler
from core.store.members import Newcomer
from core.store.unit import Store
from migrations import upgrade
from tests.world.platform import FakePlatform
from tests.world.postgres import running_postgres
from tests.world.world import KEY

PAGE = 5_000


async def fill(store: Store, people: int) -> int:
    """Make a community of so many members, each of whom opened the direct chat."""
    now = SystemClock().now()
    async with store.begin() as unit:
        community = await unit.communities.add("Crowd", Settings(timezone="UTC"), now)
        await unit.communities.open_space(community.id, "fake", "crowd", "Crowd", "group", now)
    for first in range(0, people, PAGE):
        names = [f"p{number}" for number in range(first, min(first + PAGE, people))]
        async with store.begin() as unit:
            start = community.settings.starts_with("fake", Person("p0", "P"))
            await unit.members.enrol([Newcomer(community.id, "fake", Person(n, n), start, now) for n in names])
            await unit.members.open_chats("fake", names, now)
    await store.count_anew()
    return community.id


async def queue(url: str, people: int) -> dict[str, float]:
    """Return the seconds until all are in the outbox, those of the longest page, and the memory it took."""
    store, clock = Store(url), SystemClock()
    now, pages = clock.now(), []

    async def timed(context: Context, task: Task) -> Again | None:
        at = time.perf_counter()
        try:
            return await unfold_broadcast(context, task)
        finally:
            pages.append(time.perf_counter() - at)

    registry = Registry({}, {}, {name: TaskHandler(name, timed) for name in [unfold_broadcast.__name__]})
    house = build(store, clock, Sealer([KEY]), [FakePlatform()], registry)
    community_id = await fill(store, people)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    async with store.begin() as unit:
        context = Context(unit, now, await unit.communities.get(community_id), Texts("en"))
        await broadcast(context, "news", Topic.CONTENT, Audience(), {"en": Reply("A new column is out. " * 5)})
        await settle(unit, context, house.registry)
    await house.engine.tasks.drain([Lane.LIGHT])
    took = time.perf_counter() - began
    async with store.read() as unit:
        assert await unit.outbox.backlog() == {"fake": people}
    await store.close()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {"seconds": round(took, 2), "longest page, ms": round(1_000 * max(pages)), "megabytes more": round(grown)}


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        for name, url in {"sqlite": f"sqlite:///{Path(folder) / 'kith.db'}", "postgresql": server}.items():
            upgrade(url)
            results[name] = asyncio.run(queue(url, given.people))
            print(f"{name:<11} {given.people:,} in {results[name]}")
    if given.json is not None:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
