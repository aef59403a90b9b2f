"""What a press costs where thousands press one button: milliseconds of CPU and statements for each, in batches."""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import event

from core.domain.events import ButtonPressed
from core.domain.kinds import Kind
from core.domain.people import Person
from core.store.unit import Store
from migrations import upgrade
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.crowd import come
from tests.world.postgres import emptied, emptying, running_postgres

BATCH = 500  # events that wait when a batch is taken
WANTED = {
    "question": "points=5 hours=3 questions=Why? | How?",
    "challenge": "points=5 hours=3 goal=2 task=Read",
    "quiz": "points=5 hours=3 tell=direct items=2+2? ; *4 ; 5 # Count.",
}


async def presses(url: str, kind: str, people: int) -> dict[str, float]:
    """Return what each of so many presses of a kind's button costs; each is answered once and counted once."""
    world = World(Store(url))
    await world.open()
    await with_people(world, "olga")
    names = [f"p{number}" for number in range(people)]
    await come(world, names)
    await set_up(world, f"{kind} daily 10:00 {WANTED[kind]}")
    await world.advance(hours=1)
    post = next(each for each in reversed(world.sent) if each.outgoing.buttons and each.outgoing.to is None)
    token = post.outgoing.buttons[0][0].token
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(world.store._engine.sync_engine, "before_cursor_execute", count)
    cpu = time.process_time()
    for first in range(0, people, BATCH):
        at = world.clock.now()
        more: dict[str, Any] = {"platform": "fake", "space": "home", "at": at, "token": token, "message": post.id}
        some = names[first : first + BATCH]
        await world.engine.accept([ButtonPressed(key=f"b:{who}", actor=Person(who, who), **more) for who in some])
    took = time.process_time() - cpu
    async with world.store.read() as unit:
        backlog = await unit.outbox.backlog()
        run = (await unit.activities.open_runs((await world.community()).id))[0]
        parts = await unit.interactions.count_about((await world.community()).id, Kind.TOOK_PART, run.name)
    assert (parts, backlog) == (people, {"fake": people + 1}), (parts, backlog)
    await world.house.close()
    return {"cpu_ms": round(1_000 * took / people, 2), "statements": round(statements / people, 2)}


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        upgrade(server)
        for kind in WANTED:
            path = Path(folder) / f"{kind}.db"
            upgrade(f"sqlite:///{path}")
            with emptying(server):
                urls = {"sqlite": f"sqlite:///{path}", "postgresql": emptied(server)}
            results[kind] = {name: asyncio.run(presses(url, kind, given.people)) for name, url in urls.items()}
            for name, found in results[kind].items():
                print(f"{kind:<10} {name:<11} {found}", flush=True)
    if given.json is not None:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
