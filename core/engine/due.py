"""Runs what is due: each job once for each community and slot, and the roll-ups."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import BrokenExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from core.domain.schedule import Slot
from core.engine.history import clear_killed
from core.engine.registry import Registry
from core.engine.settle import settle
from core.kit.broadcasts import unfold
from core.kit.context import Context
from core.kit.declare import Job, Work
from core.kit.following import differing, follow
from core.kit.posts import close_over
from core.kit.texts import Texts
from core.store.unit import DatabaseDown, Store

Heavy = Callable[[Work], Awaitable[Any]]  # computes outside the event loop
_log = structlog.get_logger()


async def run_due(
    store: Store, registry: Registry, now: datetime, erasure_hash: Callable[[str, str], str], heavy: Heavy | None
) -> int:
    """Bring roll-ups up to date and run every job whose slot is due; return how many jobs ran.

    Without `heavy` there is nobody to do heavy jobs: they stay due.
    """
    async with store.read() as unit:
        communities = await unit.communities.all()
        behind = await unit.rollups.behind()
        slots = {
            (job.name, community.id): slot
            for job in registry.jobs
            if job.schedule is not None
            for community in communities
            if (slot := job.schedule.last(now, community.settings.timezone)) is not None
        }
        taken = await unit.jobs.taken({slot.name for slot in slots.values()}, now)
    await _close_posts(store, now)
    await _unfold(store, now)
    ran = 0
    for community in communities:
        news = community.id in behind
        if news:
            await roll_up(store, community.id)
        await _follow_tiers(store, community.id, now)
        for job in registry.jobs:
            if job.heavy and heavy is None:
                continue
            slot = slots.get((job.name, community.id))
            if not news if job.schedule is None else slot is None or _is_over(job, slot, community.id, now, taken):
                continue
            ran += await _run(store, registry, job, slot, community.id, now, erasure_hash, heavy)
    async with store.begin() as unit:
        await unit.buttons.prune(now)
        await unit.parked.prune(now)
        await unit.outbox.prune(now - timedelta(days=7))
    await clear_killed(store)
    await store.empty_log()
    return ran


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


def _is_over(job: Job, slot: Slot, community_id: int, now: datetime, taken: Collection[tuple[str, int, str]]) -> bool:
    """Say whether a slot was run already, or is too long past to be made up for."""
    return (job.name, community_id, slot.name) in taken or now - slot.at > timedelta(hours=job.catch_up)


async def roll_up(store: Store, community_id: int) -> None:
    """Add every interaction that came since the last time to a community's roll-ups."""
    more = True
    while more:
        async with store.begin() as unit:
            await unit.lock(community_id)
            more = await unit.rollups.advance(community_id)


async def _follow_tiers(store: Store, community_id: int, now: datetime) -> None:
    """Let roles and titles follow the tiers that changed since the last time."""
    async with store.read() as unit:
        community = await unit.communities.get(community_id)
        tied = any(tier.role or tier.title for tier in community.settings.tiers)
        if not (tied or await unit.followings.any(community_id)):
            return
        if not await differing(unit, community, community.settings.tiers, 1):
            return
    async with store.begin() as unit:
        await unit.lock(community_id)
        await follow(unit, await unit.communities.get(community_id), now)


async def _run(
    store: Store,
    registry: Registry,
    job: Job,
    slot: Slot | None,  # none for what runs whenever there is news
    community_id: int,
    now: datetime,
    erasure_hash: Callable[[str, str], str],
    heavy: Heavy | None,
) -> int:
    if slot is not None:
        async with store.begin() as unit:
            if not await unit.jobs.claim(job.name, community_id, slot.name, now):
                return 0
    failure = None
    try:
        handler = job.handler
        if job.heavy and heavy is not None:
            handler = await _first_half(store, job, community_id, now, heavy)
        async with store.begin() as unit:
            await unit.lock(community_id)
            community = await unit.communities.get(community_id)
            context = Context(unit, now, community, Texts(community.settings.language), erasure_hash=erasure_hash)
            await handler(context)
            await settle(unit, context, registry)
            if slot is not None:
                await unit.jobs.settle(job.name, community_id, slot.name)
    except DatabaseDown:
        raise
    except BrokenExecutor as error:
        # Not the job's fault, as far as anybody knows.
        _log.warning("job put back: whoever did it was killed", job=job.name, community=community_id)
        failure = type(error).__name__
        if slot is not None:
            async with store.begin() as unit:
                if await unit.jobs.put_back(job.name, community_id, slot.name, now):
                    return 1
    except Exception as error:
        _log.exception("job failed", job=job.name, community=community_id)
        failure = type(error).__name__
    if failure is not None and slot is not None:
        async with store.begin() as unit:
            await unit.jobs.settle(job.name, community_id, slot.name, failure)
    return 1


async def _first_half(
    store: Store, job: Job, community_id: int, now: datetime, heavy: Heavy
) -> Callable[[Context], Awaitable[Any]]:
    """Read and compute, and return what is left to be written."""
    async with store.read() as unit:
        community = await unit.communities.get(community_id)
        work = await job.handler(Context(unit, now, community, Texts(community.settings.language)))
    return _nothing if work is None else partial(_second_half, work, await heavy(work))


async def _second_half(work: Work, result: Any, context: Context) -> None:
    await work.save(context, result)


async def _nothing(context: Context) -> None:
    """Leave the community as it is."""
