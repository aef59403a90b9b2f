"""Imports end to end, through the command line: how fast, with how much memory, and how long others wait to write.

The export is made here, for one and ten times 29,000 entries, in the shapes of both exporters, a fifth of them replies.
Where the real Discord history is at hand it is measured too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ENTRIES, MEMBERS, ROOMS = 29_000, 1_000, 40
PAUSE = 0.05  # seconds between two writes beside an import
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


def longest_wait(child: subprocess.Popen[str], database: Path) -> float:
    """Write beside a process until it has ended, and return the most seconds that had to wait for it."""
    longest = 0.0
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        time.sleep(PAUSE)
        if not database.exists():
            continue
        start = time.perf_counter()
        with closing(sqlite3.connect(database, isolation_level=None, timeout=600)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        longest = max(longest, time.perf_counter() - start)
    return longest


def measure(platform: str, path: Path, *more: str) -> dict[str, Any]:
    """Import `path` into a fresh SQLite database in a process of its own."""
    size = sum(f.stat().st_size for f in path.rglob("*")) if path.is_dir() else path.stat().st_size
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "KITH_DATA_DIR": folder, "KITH_DATABASE_URL": f"sqlite:///{folder}/kith.db"}
        words = ["import", platform, str(path), "--community", "Bench", "--json", *more]
        start = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "bot", *words], env=environment, stdout=subprocess.PIPE, text=True
        )
        waited = longest_wait(child, Path(folder) / "kith.db")
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
        "waited": waited,
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
        results["telegram ×1 with points"] = measure("telegram", folder / "t1.json", "--with-points")
    real = SHARED / "chats" / "discord_meshcore.zip"
    if real.exists():
        results["discord, real history"] = measure("discord", real)
    print(f"{'':<24} {'entries':>9} {'MB':>7} {'seconds':>8} {'CPU':>6} {'entries/s':>10} {'peak MB':>8} {'waited':>7}")  # noqa: T201
    for name, r in results.items():
        rate = r["entries"] / r["seconds"]
        print(  # noqa: T201
            f"{name:<24} {r['entries']:>9,} {r['file_mb']:>7.1f} {r['seconds']:>8.1f} {r['cpu_seconds']:>6.1f}"
            f" {rate:>10,.0f} {r['peak_mb']:>8.0f} {r['waited']:>7.2f}"
        )
    if given.json:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
