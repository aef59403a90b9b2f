"""How long commands take while a push to 5,000 members goes out, on each database: at rest before, and beside it.

One process answers commands and delivers; whatever is sent takes as long as a quick platform's answer, so that pushes
go out several times as fast as Telegram lets them. Commands come at fixed times, whether those before are answered or
not, and each is timed from when it came until its answer is on its way: on a machine with other work, which can't keep
up with them, that is no figure. The push is worked out by another process, as by a worker of its own, or in the same
one, as by `kith run`. With `--url` an empty database of one's own is measured in place of both.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import multiprocessing
import os
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot.__main__ import SELDOM
from bot.build import House, build
from core.domain.audience import Audience
from core.domain.clock import SystemClock
from core.domain.events import CommandCalled
from core.domain.message import Reply
from core.domain.outgoing import Outgoing
from core.domain.people import Person
from core.domain.pushes import Topic
from core.engine.seal import Sealer
from core.engine.settle import settle
from core.kit import Context, Texts
from core.kit.broadcasts import broadcast
from core.store.dialect import normal_url
from core.store.unit import Store
from migrations import upgrade
from tests.benchmarks.broadcasts import fill
from tests.benchmarks.imports import percentile
from tests.world.platform import FakePlatform
from tests.world.postgres import emptied, emptying, running_postgres
from tests.world.world import KEY

ASKERS = 50
PAUSE = 0.1  # seconds between two commands
SENDING = 0.03  # seconds that a platform takes for a message
REST = 5.0  # seconds of commands before the push
PATIENCE = 300.0  # seconds for a push
LOOK = 0.2  # seconds between two looks whether all is sent


@dataclass(slots=True)
class Answering(FakePlatform):
    """A platform that puts down how long answers took, and shows nothing."""

    asked: dict[str, deque[float]] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        waiting = self.asked.get(outgoing.to or "")
        if waiting and not outgoing.direct:
            self.took.append(time.perf_counter() - waiting.popleft())
        await asyncio.sleep(SENDING)
        return f"sent-{letter_id}"


def opened(url: str, platform: FakePlatform) -> House:
    """Return Kith on a database."""
    return build(Store(url), SystemClock(), Sealer([KEY]), [platform])


def answer(url: str, pipe: Connection, works: bool) -> None:
    """Answer commands and deliver until told to stop, and `works` what is due; tell how long each answer took."""
    gc.set_threshold(*SELDOM)
    asyncio.run(_answer(url, pipe, works))


async def _answer(url: str, pipe: Connection, works: bool) -> None:
    platform = Answering()
    house = opened(url, platform)
    running = [asyncio.create_task(house.run())]
    running += [asyncio.create_task(house.engine.work_on())] if works else []
    asking: set[asyncio.Task[None]] = set()
    number = 0

    async def ask() -> None:
        nonlocal number
        number += 1
        who = f"asker{number % ASKERS}"
        platform.asked.setdefault(who, deque()).append(time.perf_counter())
        # A room each: in one room one answer goes after the other, whatever else is on its way.
        here: dict[str, Any] = {"platform": "fake", "space": "crowd", "room": who, "actor": Person(who, who)}
        await house.intake.submit(
            [CommandCalled(key=f"m:{number}", at=house.clock.now(), name="points", text="", mentions={}, **here)]
        )

    async def ask_until_told() -> list[float]:
        """Ask at fixed times until told that this is enough; return how long each answer took."""
        at, first = time.perf_counter(), len(platform.took)
        while not pipe.poll():
            asking.add(asyncio.create_task(ask()))
            at += PAUSE
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
        pipe.recv()
        await asyncio.gather(*asking)
        await answered()
        return platform.took[first:]

    async def answered() -> None:
        while any(platform.asked.values()):  # noqa: ASYNC110  the platform tells nobody
            await asyncio.sleep(0.01)

    for _ in range(ASKERS):  # who asks for the first time is somebody new
        await ask()
    await answered()
    pipe.send(())
    for _ in range(2):
        began = time.process_time()
        took = await ask_until_told()
        pipe.send((took, time.process_time() - began))
    for each in running:
        each.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await house.close()


@contextmanager
def answering(url: str, *, works: bool) -> Iterator[Connection]:
    """Let a process answer beside what is measured."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=answer, args=(url, there, works), daemon=True)
    process.start()
    try:
        here.recv()
        yield here
        process.join()
    finally:
        process.kill()


async def push(url: str, community_id: int, *, works: bool) -> float:
    """Begin a push, where `works` work it out too, and return how many seconds it took until all of it was sent."""
    house = opened(url, FakePlatform())
    if works:
        await house.engine.tasks.drain()  # what is due in a new community's first night
    working = [asyncio.create_task(house.engine.work_on())] if works else []
    began = time.perf_counter()
    async with house.store.begin() as unit:
        context = Context(unit, house.clock.now(), await unit.communities.get(community_id), Texts("en"))
        await broadcast(context, "news", Topic.CONTENT, Audience(), {"en": Reply("A new column is out. " * 5)})
        await settle(unit, context, house.registry)
    done = False
    while not done:
        await asyncio.sleep(LOOK)
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit("a machine with so much other work can't keep up")
        async with house.store.read() as unit:
            under_way = await unit.pushes.named(community_id, "news")
            done = under_way is not None and under_way.done and sum((await unit.outbox.backlog()).values()) < ASKERS
    took = time.perf_counter() - began
    for each in working:
        each.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    await house.close()
    return took


def measure(url: str, people: int, *, apart: bool) -> dict[str, float]:
    """Return how long commands took at rest and beside a push, which another process works out where it is `apart`."""
    store = Store(url)

    async def prepared() -> int:
        try:
            return await fill(store, people)
        finally:
            await store.close()

    community_id = asyncio.run(prepared())
    with answering(url, works=not apart) as pipe:
        time.sleep(REST)
        pipe.send(())
        rest, rest_cpu = pipe.recv()
        seconds = asyncio.run(push(url, community_id, works=apart))
        pipe.send(())
        took, cpu = pipe.recv()
    return {
        "commands": len(took),
        "push, seconds": round(seconds, 1),
        "p50 at rest": _ms(rest, 0.5),
        "p99 at rest": _ms(rest, 0.99),
        "CPU at rest, s": round(rest_cpu, 2),
        "p50": _ms(took, 0.5),
        "p99": _ms(took, 0.99),
        "longest": _ms(took, 1.0),
        "CPU, s": round(cpu, 2),
    }


def _ms(took: list[float], part: float) -> float:
    return round(1_000 * percentile(took, part), 1)


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--url", default="")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results: dict[str, dict[str, float]] = {}
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")

    def measured(name: str, url: str, *, apart: bool) -> None:
        found = results[f"{name}, {'a worker apart' if apart else 'one process'}"] = measure(
            url, given.people, apart=apart
        )
        print(f"{list(results)[-1]:<26} p99 {found['p99']:.0f} ms (100 wanted) {found}", flush=True)

    if given.url:
        upgrade(normal_url(given.url))
        measured("given", given.url, apart=True)
    else:
        with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
            upgrade(server)
            for apart in (True, False):
                path = Path(folder) / f"{apart}.db"
                upgrade(f"sqlite:///{path}")
                measured("sqlite", f"sqlite:///{path}", apart=apart)
                with emptying(server):
                    measured("postgresql", emptied(server), apart=apart)
    if given.json is not None:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
