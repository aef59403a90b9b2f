"""What a claim costs with 100,000 rows waiting, in as many chats, on each database."""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

from core.domain.clock import SystemClock
from core.domain.outgoing import Lane, Outgoing
from core.store.outbox import OutboxRow
from core.store.unit import Store
from migrations import upgrade
from tests.world.postgres import running_postgres

TURNS = 21


def pushes(numbers: range) -> list[OutboxRow]:
    """Return a push to each of these people."""
    return [
        OutboxRow(Outgoing(text="hello", platform="fake", to=f"p{number}", private=True), kind="push")
        for number in numbers
    ]


async def claims(url: str, waiting: int) -> dict[str, float]:
    """Return the median milliseconds of claiming 50 of `waiting` pushes, and of looking whether anything is due."""
    store, now = Store(url), SystemClock().now()
    for first in range(0, waiting, 5_000):
        async with store.begin() as unit:
            await unit.outbox.add(pushes(range(first, min(first + 5_000, waiting))), now)
    times: dict[str, list[float]] = {"claim": [], "look": []}
    for _ in range(TURNS):
        async with store.begin() as unit:
            began = time.perf_counter()
            taken = await unit.outbox.claim("fake", now, {Lane.PUSH: 50})
            times["claim"].append(time.perf_counter() - began)
        assert len(taken) == 50
        async with store.read() as unit:
            began = time.perf_counter()
            assert (await unit.outbox.look("fake", now)).lanes == {Lane.PUSH}
            times["look"].append(time.perf_counter() - began)
    await store.close()
    return {name: round(1_000 * statistics.median(some), 2) for name, some in times.items()}


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        for name, url in {"sqlite": f"sqlite:///{Path(folder) / 'kith.db'}", "postgresql": server}.items():
            upgrade(url)
            few, many = (asyncio.run(claims(url, count)) for count in (2 * TURNS * 50, given.waiting))
            results[name] = {"few": few, "many": many, "ratio": round(many["claim"] / few["claim"], 2)}
            print(
                f"{name:<11} 50 of {given.waiting:,} claimed in {many['claim']:.1f} ms (5 wanted), "
                f"{results[name]['ratio']:.1f}× of 50 of {2 * TURNS * 50:,}; a look {many['look']:.1f} ms"
            )
    if given.json:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
