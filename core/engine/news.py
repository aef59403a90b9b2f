"""What a community's batches brought: roll-ups come up to date, and roles follow the tiers that changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from core.domain.community import Community
from core.domain.tasks import GATHER, NEWS
from core.kit.role_grants import AT_ONCE, follow
from core.store.unit import Store, UnitOfWork

SKEW = timedelta(seconds=5)  # by which another machine's clock may be ahead of ours


class Gathering:
    """Know whose news surely waits still, so that not every batch writes that there is some.

    A task isn't begun before it is due, so whoever wrote it down knows until then that it waits.
    """

    def __init__(self) -> None:
        self._due: dict[int, datetime] = {}

    async def note(self, unit: UnitOfWork, community_ids: Collection[int], now: datetime) -> set[int]:
        """Let news of communities wait, and return those whose news is to be `known` once that is committed."""
        new = [each for each in community_ids if not self._waits(each, now)]
        return await unit.tasks.want(NEWS, new, now + GATHER) if new else set()

    def known(self, community_ids: Collection[int], now: datetime) -> None:
        """Remember what was written down at `now`."""
        self._due |= dict.fromkeys(community_ids, now + GATHER)

    def forget(self, community_id: int) -> None:
        """Note that somebody looks at a community's news now."""
        self._due.pop(community_id, None)

    def _waits(self, community_id: int, now: datetime) -> bool:
        due = self._due.get(community_id)
        return due is not None and due - GATHER <= now < due - SKEW


async def roll_up(store: Store, community_id: int) -> None:
    """Add every interaction that came since the last time to a community's roll-ups."""
    more = True
    while more:
        async with store.begin() as unit:
            await unit.lock(community_id)
            more = await unit.rollups.advance(community_id)


async def follow_tiers(unit: UnitOfWork, community: Community, now: datetime) -> bool:
    """Let roles and titles follow the tiers that changed, as many as go at once; say whether there are more."""
    tied = any(tier.role or tier.title for tier in community.settings.tiers)
    if not tied and not await unit.role_grants.any(community.id):
        return False
    return await follow(unit, community, now) >= AT_ONCE
