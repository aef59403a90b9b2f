"""What a push to 100,000 members costs until every one is in the outbox, on each database: seconds and memory."""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import tempfile
import time
from pathlib import Path

from core.domain.audience import Audience
from core.domain.clock import SystemClock
from core.domain.community import Settings
from core.domain.message import Reply
from core.domain.people import Person
from core.domain.pushes import Topic
from core.kit import Context, Texts
from core.kit.broadcasts import broadcast, unfold
from core.store.members import Newcomer
from core.store.unit import Store
from migrations import upgrade
from tests.world.postgres import running_postgres

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
    async with store.begin() as unit:
        await unit.count_anew()
    return community.id


async def queue(url: str, people: int) -> dict[str, float]:
    """Return the seconds until all are in the outbox, the longest unit of work among them, and the memory it took."""
    store, now = Store(url), SystemClock().now()
    community_id = await fill(store, people)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    async with store.begin() as unit:
        context = Context(unit, now, await unit.communities.get(community_id), Texts("en"))
        await broadcast(context, "news", Topic.CONTENT, Audience(), {"en": Reply("A new column is out. " * 5)})
    longest, more = 0.0, True
    while more:
        at = time.perf_counter()
        async with store.begin() as unit:
            await unit.lock(community_id)
            ((broadcast_id, _),) = await unit.pushes.under_way()
            more = await unfold(unit, broadcast_id, now)
        longest = max(longest, time.perf_counter() - at)
    took = time.perf_counter() - began
    async with store.read() as unit:
        assert await unit.outbox.backlog() == {"fake": people}
    await store.close()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {"seconds": round(took, 2), "longest unit, ms": round(1_000 * longest), "megabytes more": round(grown)}


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
            print(f"{name:<11} {given.people:,} in {results[name]}")  # noqa: T201
    if given.json is not None:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
