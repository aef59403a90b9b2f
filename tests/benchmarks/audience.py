"""What it takes to choose an audience of 100,000 and to queue a push to it, on each database: seconds.

Everybody, who came this week, who joined the activity, and a circle, which comes as members by id.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy import insert, update

from bot.build import build
from core.domain.activities import Activity
from core.domain.audience import Audience
from core.domain.clock import SystemClock, day_number
from core.domain.message import Reply
from core.domain.network_result import CIRCLES, Baseline
from core.domain.people import Consent
from core.domain.pushes import Topic
from core.domain.schedule import Daily
from core.domain.tasks import Lane
from core.engine.seal import Sealer
from core.engine.settle import settle
from core.kit import Context, Texts
from core.kit.audience import chosen
from core.kit.broadcasts import broadcast
from core.store.snapshots import Snapshot
from core.store.tables.activities import activity_members
from core.store.tables.members import members
from core.store.unit import Store
from migrations import upgrade
from tests.benchmarks.broadcasts import fill
from tests.world.platform import FakePlatform
from tests.world.postgres import running_postgres
from tests.world.world import KEY

NEWS = {"en": Reply("A new round begins. " * 5)}


async def prepare(store: Store, people: int) -> Activity:
    """Let everybody be of one circle, agree to it, and join an activity."""
    now = SystemClock().now()
    community_id = await fill(store, people)
    async with store.begin() as unit:
        (space,) = await unit.communities.spaces_of(community_id)
        schedule = Daily("09:00")
        activity = await unit.activities.add(
            Activity(
                id=0,
                community_id=community_id,
                kind="question",
                space_id=space.id,
                room_id=None,
                schedule=schedule,
                created_at=now,
            )
        )
        await unit.connection.execute(update(members).values(consent=Consent.PERSONAL.value))
        ids = [member.id for member in await unit.members.who(community_id)]
        accounts = [account.id for account in await unit.members.accounts_of(ids)]
        here = {"activity_id": activity.id, "community_id": community_id, "joined_at": now, "away_until": None}
        await unit.connection.execute(insert(activity_members), [{**here, "account_id": each} for each in accounts])
        day = day_number(now)
        circle = Baseline(until=day, members=tuple(ids), circle=(1,) * len(ids), circles=(), next_circle=2, weeks=())
        await unit.snapshots.keep(community_id, Snapshot(CIRCLES, day, circle))
    await store.count_anew()
    return activity


async def measured(url: str, people: int) -> dict[str, dict[str, float]]:
    """Return by audience the seconds until it is chosen and counted, and until all of it is in the outbox."""
    store, clock = Store(url), SystemClock()
    house = build(store, clock, Sealer([KEY]), [FakePlatform()])
    activity = await prepare(store, people)
    found = {}
    audiences = {
        "everybody": Audience(),
        "newcomers": Audience(newcomers=7),
        "joined": Audience(joined=activity.id),
        "circle": Audience(circle=1),
    }
    for name, audience in audiences.items():
        began = time.perf_counter()
        async with store.begin() as unit:
            community = await unit.communities.get(activity.community_id)
            context = Context(unit, clock.now(), community, Texts("en"))
            to = (await chosen(context, replace(activity, audience=audience))).audience
            size = await unit.pushes.size(community.id, to, context.now)
            took = time.perf_counter() - began
            await broadcast(context, name, Topic.CONTENT, to, NEWS)
            await settle(unit, context, house.registry)
        await house.engine.tasks.drain([Lane.LIGHT])
        async with store.begin() as unit:
            sent = await unit.pushes.named(activity.community_id, name)
            assert sent is not None
            assert (size, sent.queued) == (people, people)
            await unit.connection.exec_driver_sql("DELETE FROM outbox")
        found[name] = {"chosen, s": round(took, 2), "queued, s": round(time.perf_counter() - began, 2)}
    await store.close()
    return found


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
            results[name] = asyncio.run(measured(url, given.people))
            for audience, figures in results[name].items():
                print(f"{name:<11} {audience:<10} {given.people:,} in {figures}")
    if given.json is not None:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
