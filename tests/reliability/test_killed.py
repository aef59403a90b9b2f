"""kill -9 at any moment under load: what was acknowledged is applied once, and so is what comes again."""

from __future__ import annotations

import os
import random
from pathlib import Path

from tests.reliability.books import assert_adds_up, books, difference
from tests.reliability.story import EACH, batch
from tests.reliability.worker import told, worker

ROUNDS = int(os.environ.get("KITH_KILLS", "50"))
AHEAD = 60  # batches given to each worker, more than it gets done before it is killed
WORDS = 6  # of a worker, at most, before the moment at which it is killed begins
LATEST = 0.1  # seconds after the last of these


def undisturbed(template: Path, folder: Path, numbers: range) -> str:
    """Return the address of books in which the same happened without any trouble."""
    path = folder / "undisturbed.db"
    path.write_bytes(template.read_bytes())
    url = f"sqlite:///{path}"
    with worker(url, numbers) as (process, pipe):
        process.join(300)
        assert process.exitcode == 0
        assert len(told(pipe)) == len(numbers)
    return url


def test_kill_9_at_any_moment_leaves_each_acknowledged_event_applied_once(
    database_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    chance = random.Random()
    acknowledged: set[int] = set()
    first, lasts = 0, []
    for _ in range(ROUNDS):
        # Whoever delivers doesn't know what got through: all that has no receipt comes again, and some that has.
        again = [number for number in range(first) if number not in acknowledged]
        known = chance.sample(sorted(acknowledged), min(3, len(acknowledged)))
        with worker(database_url, [*known, *again, *range(first, first + AHEAD)]) as (process, pipe):
            said = []
            for _ in range(chance.randint(1, WORDS)):
                assert pipe.poll(30), "the worker never got anything done"
                said.append(pipe.recv())
            process.join(chance.uniform(0, LATEST))
            process.kill()
            process.join()
            said += told(pipe)
        acknowledged.update(said)
        lasts.append(len(said))
        first = max(first, max(acknowledged, default=-1) + 3)  # some that may not have been begun with
        kept = books(database_url)["interactions"]
        keys = {row[0] for row in kept}
        assert {event.key for number in acknowledged for event in batch(number)} <= keys
    assert len(set(lasts)) > 1, "every worker was killed at the same moment"
    everything = range(first)
    with worker(database_url, everything) as (process, pipe):
        process.join(300)
        assert process.exitcode == 0
        assert sorted(told(pipe)) == list(everything)
    assert_adds_up(database_url)
    found = books(database_url)
    assert difference(found, books(undisturbed(sqlite_template, tmp_path, everything))) == {}
    events = [row for row in found["interactions"] if "#" not in row[0] and row[0].startswith("m:")]
    assert len(events) == EACH * len(everything)
