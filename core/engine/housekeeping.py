"""What is looked after every half minute: posts whose time is over, messages to many, and what is old enough to go."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.engine.history import clear_killed
from core.kit.broadcasts import unfold
from core.kit.posts import close_over
from core.store.unit import Store

OUTBOX_KEPT = timedelta(days=7)
TASKS_KEPT = timedelta(days=8)  # longer than any slot is made up for
DRAFTS_KEPT = timedelta(days=2)  # a day longer than they can be gone on with: whoever comes back is told
FAILED_KEPT = timedelta(days=30)


async def keep_house(store: Store, now: datetime) -> None:
    """End what is over, write down what is to be said to many, and forget what is old."""
    await _close_posts(store, now)
    await _unfold(store, now)
    async with store.begin() as unit:
        await unit.buttons.prune(now)
        await unit.drafts.prune(now - DRAFTS_KEPT)
        await unit.parked.prune(now)
        await unit.outbox.prune(now - OUTBOX_KEPT)
        await unit.tasks.prune(now - TASKS_KEPT, now - FAILED_KEPT)
    await clear_killed(store)
    await store.empty_log()


async def _close_posts(store: Store, now: datetime) -> None:
    async with store.read() as unit:
        ended = await unit.posts.have_ended(now)
    for community_id in ended:
        async with store.begin() as unit:
            await unit.lock(community_id)
            await close_over(unit, community_id, now)


async def _unfold(store: Store, now: datetime) -> None:
    """Write down the messages of every broadcast, page by page: a crash in between loses none and doubles none."""
    async with store.read() as unit:
        under_way = await unit.pushes.under_way()
    for broadcast_id, community_id in under_way:
        more = True
        while more:
            async with store.begin() as unit:
                await unit.lock(community_id)
                more = await unfold(unit, broadcast_id, now)
