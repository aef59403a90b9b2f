"""Claims of job runs: one for each slot, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.domain.community import Settings
from core.store.jobs import LEASE
from core.store.unit import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def test_a_slot_is_claimed_at_once_and_once(store: Store) -> None:
    async with store.begin() as unit:
        community = await unit.communities.add("Home", Settings(), NOW)
        assert await unit.jobs.claim("daily", community.id, "2026-03-02", NOW)
        assert not await unit.jobs.claim("daily", community.id, "2026-03-02", NOW)
        assert await unit.jobs.claim("daily", community.id, "2026-03-03", NOW)
        await unit.jobs.settle("daily", community.id, "2026-03-02")
        later = NOW + LEASE + timedelta(seconds=1)
        assert not await unit.jobs.claim("daily", community.id, "2026-03-02", later)
        assert await unit.jobs.claim("daily", community.id, "2026-03-03", later)
