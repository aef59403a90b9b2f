"""Event ingestion end to end, against a naive bot and against the bulk insert of the same rows alone.

The burst: 100,000 messages from 5,000 members in 20 communities, spread over ten minutes, a fifth of them replies.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import insert, select

from bot.build import build
from bot.intake import Intake
from core.domain.clock import SystemClock
from core.domain.events import CommandCalled, Event, MessageSent, SpaceOpened
from core.domain.people import Person
from core.engine.seal import Sealer
from core.store.tables.interactions import interactions
from core.store.unit import Store
from migrations import upgrade
from tests.world.platform import FakePlatform
from tests.world.postgres import running_postgres

COMMUNITIES, MEMBERS, MESSAGES = 20, 5_000, 100_000
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def burst(count: int) -> Iterator[MessageSent]:
    """Yield the burst's messages in order of time."""
    draw = random.Random(7)
    people = [Person(f"u{i}", f"Member {i}") for i in range(MEMBERS)]
    newest: dict[int, int] = {}
    for number in range(count):
        place = draw.randrange(MEMBERS)
        parent = newest.get(place % COMMUNITIES) if draw.random() < 0.2 else None
        newest[place % COMMUNITIES] = number
        yield MessageSent(
            platform="fake",
            key=f"m:{number}",
            space=f"s{place % COMMUNITIES}",
            at=START + timedelta(seconds=600 * number / count),
            actor=people[place],
            room=f"r{draw.randrange(3)}",
            reply_to=None if parent is None else str(parent),
            length=20,
        )


def opened() -> list[Event]:
    """Return what lets Kith into the communities."""
    return [
        SpaceOpened(platform="fake", key=f"o:{i}", space=f"s{i}", at=START, title=f"Community {i}")
        for i in range(COMMUNITIES)
    ]


async def kith(url: str, count: int) -> dict[str, float]:
    """Hand the burst to the intake, a hundred messages a call, with a command asked every 100 ms meanwhile."""
    store = Store(url)
    house = build(store, SystemClock(), Sealer([Fernet.generate_key()]), [FakePlatform()])
    await house.engine.accept(opened())
    intake = asyncio.create_task(house.intake.run())
    waits: list[float] = []
    asking = asyncio.create_task(_ask(house.intake, waits))
    source = iter(list(burst(count)))  # translated before the clock starts, as the rows of `bulk` are
    gc.freeze()  # they would be looked through again and again, as no bot's events are
    began = time.perf_counter()
    gate = asyncio.Semaphore(20)  # what twenty communities' adapters have under way

    async def hand_in(events: list[Event]) -> None:
        await house.intake.submit(events)
        gate.release()

    tasks: set[asyncio.Task[None]] = set()
    while batch := [event for _, event in zip(range(100), source, strict=False)]:
        await gate.acquire()
        task = asyncio.create_task(hand_in(batch))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    seconds = time.perf_counter() - began
    asking.cancel()
    intake.cancel()
    await asyncio.gather(asking, intake, return_exceptions=True)
    await store.close()
    waits.sort()
    return {
        "rate": count / seconds,
        "command_p50_ms": 1000 * waits[len(waits) // 2],
        "command_p99_ms": 1000 * waits[int(len(waits) * 0.99)],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def _ask(intake: Intake, waits: list[float]) -> None:
    number = 0
    while True:
        number += 1
        call = CommandCalled(
            platform="fake",
            key=f"c:{number}",
            space=f"s{number % COMMUNITIES}",
            at=START,
            actor=Person(f"u{number % MEMBERS}", f"Member {number % MEMBERS}"),
            name="points",
        )
        began = time.perf_counter()
        await intake.submit([call])
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.1)


async def naive(url: str, count: int) -> dict[str, float]:
    """Do what a naive bot does: for each message read the member, add points, insert a row, commit: by ORM."""
    from tests.benchmarks.naive import run  # noqa: PLC0415  the peer's models stay out of our metadata

    return {"rate": await run(url, list(burst(count)))}


async def bulk(url: str, count: int) -> dict[str, float]:
    """Insert the same interaction rows alone, a thousand a statement: the limit."""
    store = Store(url)
    house = build(store, SystemClock(), Sealer([Fernet.generate_key()]), [FakePlatform()])
    await house.engine.accept(opened())
    people = list(burst(MEMBERS * 4))
    await house.engine.accept(list({e.actor.id: e for e in people if e.actor}.values()))
    async with store.read() as unit:
        spaces = await unit.communities.spaces("fake", [f"s{i}" for i in range(COMMUNITIES)])
        accounts = {}
        for space in spaces.values():
            found = await unit.members.find("fake", {space.community_id: [f"u{i}" for i in range(MEMBERS)]})
            accounts.update({key[1]: account.id for key, account in found.items()})
    rows = [
        {
            "platform": "fake",
            "event_key": f"b:{event.key}",
            "community_id": spaces[event.space].community_id,
            "space_id": spaces[event.space].id,
            "kind": "message",
            "account_id": accounts.get(event.actor.id) if event.actor else None,
            "amount": 1,
            "at": event.at,
        }
        for event in burst(count)
    ]
    began = time.perf_counter()
    for at in range(0, count, 1000):
        async with store.begin() as unit:
            await unit.connection.execute(insert(interactions), rows[at : at + 1000])
    seconds = time.perf_counter() - began
    async with store.read() as unit:
        written = len((await unit.connection.execute(select(interactions.c.id))).all())
    assert written >= count
    await store.close()
    return {"rate": count / seconds}


def alone(what: str, url: str, count: int) -> dict[str, Any]:
    """Run one part in a process of its own, on a fresh database."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.ingest", "--part", what, "--url", url, "--count", str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure(fresh: Any, count: int) -> dict[str, Any]:
    """Measure the three parts on fresh databases and relate them."""
    parts = {
        "kith": alone("kith", fresh(), count),
        "naive": alone("naive", fresh(), max(count // 25, 500)),
        "bulk": alone("bulk", fresh(), count),
    }
    rate = parts["kith"]["rate"]
    return {
        **parts,
        "times_naive": rate / parts["naive"]["rate"],
        "share_of_bulk": rate / parts["bulk"]["rate"],
    }


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part")
    parser.add_argument("--url")
    parser.add_argument("--count", type=int, default=MESSAGES)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.part:
        part = {"kith": kith, "naive": naive, "bulk": bulk}[given.part]
        print(json.dumps(asyncio.run(part(given.url, given.count))))
        return
    results = {}
    with tempfile.TemporaryDirectory() as name:
        if given.only != "postgresql":
            results["sqlite"] = measure(_fresh_sqlite(Path(name)), given.count)
        if given.only != "sqlite":
            with running_postgres() as url:
                results["postgresql"] = measure(_fresh_postgres(url), given.count)
    for database, result in results.items():
        line = (
            f"{database:<11} kith {result['kith']['rate']:>8,.0f}/s   naive {result['naive']['rate']:>6,.0f}/s "
            f"({result['times_naive']:.0f}×, 25 wanted)   bulk {result['bulk']['rate']:>8,.0f}/s "
            f"({result['share_of_bulk']:.2f}, 0.20 wanted)   command p99 {result['kith']['command_p99_ms']:.0f} ms "
            f"(100)   peak {result['kith']['peak_mb']:.0f} MB (300)"
        )
        print(line)
    if given.json:
        given.json.write_text(json.dumps(results, indent=1))


def _fresh_sqlite(folder: Path) -> Any:
    made = iter(range(100))

    def fresh() -> str:
        url = f"sqlite:///{folder / f'{next(made)}.db'}"
        upgrade(url)
        return url

    return fresh


def _fresh_postgres(url: str) -> Any:
    import psycopg  # noqa: PLC0415  only where PostgreSQL is measured

    made = iter(range(100))

    def fresh() -> str:
        name = f"bench{next(made)}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        made_url = url.replace("/postgres?", f"/{name}?")
        assert name in made_url, url
        upgrade(made_url)
        return made_url

    return fresh


if __name__ == "__main__":
    main()
