"""Imports end to end, through the command line: how fast, with how much memory, and how long commands take meanwhile.

Commands come at fixed times, whether those before are answered or not, to a Kith that another process than the import
runs; each is timed from when it came. `--times 35` makes a million messages of it.

The export is made here, for one and ten times 29,000 entries, in the shapes of both exporters, a fifth of them replies.
Where the real Discord history is at hand it is measured too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from core.store.dialect import normal_url
from core.store.unit import Store
from migrations import upgrade
from tests.world import World

ENTRIES, MEMBERS, ROOMS = 29_000, 1_000, 40
THERE = "Other"
PAUSE = 0.1  # seconds between two commands beside an import
START = datetime(2025, 3, 1, tzinfo=UTC)
SHARED = Path(os.environ.get("KITH_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))


def discord(folder: Path, entries: int) -> Path:
    """Write a server's history, one file a room."""
    folder.mkdir()
    draw = random.Random(7)
    for room in range(ROOMS):
        with (folder / f"room-{room}.json").open("w") as file:
            head = {"guild": {"id": "1", "name": "Bench"}, "channel": {"id": str(room + 1), "name": f"room-{room}"}}
            file.write(json.dumps(head)[:-1] + ', "messages": [')
            for number in range(entries // ROOMS):
                at = START + timedelta(minutes=number)
                who = min(int(draw.paretovariate(0.6)), MEMBERS)
                message = {
                    "id": str(10**18 + number * ROOMS + room),
                    "type": "Reply" if number % 5 == 4 else "Default",
                    "timestamp": at.isoformat(timespec="milliseconds"),
                    "content": "a sentence of the usual length, more or less " * 2,
                    "author": {"id": str(who), "name": f"member{who}", "nickname": f"Member {who}", "isBot": False},
                    "attachments": [],
                    "embeds": [],
                    "reactions": [{"emoji": {"id": "", "name": "👍"}, "count": 2, "users": []}]
                    if number % 5 == 0
                    else [],
                    "mentions": [],
                }
                if number % 5 == 4:
                    message["reference"] = {"messageId": str(10**18 + (number - 3) * ROOMS + room)}
                file.write(("," if number else "") + json.dumps(message))
            file.write("]}")
    return folder


def telegram(path: Path, entries: int) -> Path:
    """Write a group's history as one file."""
    draw = random.Random(7)

    def lines() -> Iterator[str]:
        yield '{\n "name": "Bench",\n "type": "private_supergroup",\n "id": 1234567890,\n "messages": [\n'
        for number in range(1, entries + 1):
            at = START + timedelta(minutes=number)
            who = min(int(draw.paretovariate(0.6)), MEMBERS)
            message = {
                "id": number,
                "type": "message",
                "date": at.replace(tzinfo=None).isoformat(),
                "date_unixtime": str(int(at.timestamp())),
                "from": f"Member {who}",
                "from_id": f"user{who}",
                "text": "a sentence of the usual length, more or less " * 2,
                **({"reply_to_message_id": number - 3} if number % 5 == 4 else {}),
            }
            yield (",\n" if number > 1 else "") + json.dumps(message, indent=1)
        yield "]\n}"

    with path.open("w") as file:
        file.writelines(lines())
    return path


def answer(url: str, ready: Connection) -> None:
    """Answer commands at fixed times until told to stop, and tell how long each took."""
    asyncio.run(_answer(url, ready))


async def _answer(url: str, pipe: Connection) -> None:
    store = Store(url)
    world = World(store)
    await world.open("bench", THERE)
    await world.say("ana", "/points", space="bench")
    pipe.send(())
    took: list[float] = []
    asking: set[asyncio.Task[None]] = set()

    async def ask() -> None:
        start = time.perf_counter()
        await world.say("ana", "/points", space="bench")
        took.append(time.perf_counter() - start)

    while not pipe.poll():
        asking.add(asyncio.create_task(ask()))
        await asyncio.sleep(PAUSE)
    await asyncio.gather(*asking)
    await store.close()
    pipe.send(took)


@contextmanager
def answering(url: str, took: list[float]) -> Iterator[None]:
    """Let a process answer commands beside what is measured, and put down how long each took."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=answer, args=(url, there), daemon=True)
    process.start()
    here.recv()
    yield
    here.send(())
    took += here.recv()
    process.join()


def percentile(took: list[float], part: float) -> float:
    """Return how long at most that part of all took."""
    return sorted(took)[min(int(len(took) * part), len(took) - 1)]


def measure(platform: str, path: Path, *more: str, url: str = "", into: str = "Bench") -> dict[str, Any]:
    """Import `path` into a fresh SQLite database, or the one given, in a process of its own.

    `into` is the community: a new one, or the one that is answered in (`THERE`).
    """
    size = sum(f.stat().st_size for f in path.rglob("*")) if path.is_dir() else path.stat().st_size
    took: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        url = url or f"sqlite:///{folder}/kith.db"
        upgrade(normal_url(url) if not url.startswith("sqlite") else url)
        environment = {**os.environ, "KITH_DATA_DIR": folder, "KITH_DATABASE_URL": url}
        words = ["import", platform, str(path), "--community", into, "--json", *more]
        with answering(url, took):
            start = time.perf_counter()
            child = subprocess.Popen(
                [sys.executable, "-m", "bot", *words], env=environment, stdout=subprocess.PIPE, text=True
            )
            printed = child.stdout.read() if child.stdout else ""
            _, status, used = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"the import of {path.name} failed")
    taken = json.loads(printed)
    return {
        "entries": taken["messages"] + taken["system"],
        "file_mb": size / 2**20,
        "seconds": seconds,
        "p50": percentile(took, 0.5),
        "p99": percentile(took, 0.99),
        "longest": max(took),
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
    }


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    results: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for times in (1, given.times):
            results[f"discord ×{times}"] = measure("discord", discord(folder / f"d{times}", ENTRIES * times))
            results[f"telegram ×{times}"] = measure("telegram", telegram(folder / f"t{times}.json", ENTRIES * times))
        for times in (1, given.times):
            for head, into in (("new", "Bench"), ("there", THERE)):
                export = folder / f"t{times}.json"
                results[f"points ×{times}, {head}"] = measure("telegram", export, "--with-points", into=into)
    real = SHARED / "chats" / "discord_meshcore.zip"
    if real.exists():
        results["discord, real history"] = measure("discord", real)
    heads = f"{'entries':>9} {'MB':>7} {'seconds':>8} {'CPU':>6} {'entries/s':>10} {'peak MB':>8}"
    print(f"{'':<24} {heads} {'p50 s':>7} {'p99 s':>7} {'most s':>7}")
    for name, r in results.items():
        rate = r["entries"] / r["seconds"]
        print(
            f"{name:<24} {r['entries']:>9,} {r['file_mb']:>7.1f} {r['seconds']:>8.1f} {r['cpu_seconds']:>6.1f}"
            f" {rate:>10,.0f} {r['peak_mb']:>8.0f}"
            f" {r['p50']:>7.3f} {r['p99']:>7.3f} {r['longest']:>7.3f}"
        )
    if given.json:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
