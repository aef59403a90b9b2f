"""Roles and titles follow tiers: what is to change, written down to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.domain.community import Community
from core.domain.outgoing import RoleChange
from core.domain.tiers import Tier
from core.store.outbox import ROLE, OutboxRow
from core.store.role_grants import RoleGrant, Words
from core.store.unit import UnitOfWork

AT_ONCE = 500  # people: the rest follows at the next look


async def words_of(unit: UnitOfWork, community_id: int, tiers: Sequence[Tier]) -> Words:
    """Return the role or title of each tier on every platform of a community."""
    platforms = {space.platform for space in await unit.communities.spaces_of(community_id)}
    return {platform: [tier.word_on(platform) for tier in tiers] for platform in sorted(platforms)}


async def differing(
    unit: UnitOfWork, community: Community, tiers: Sequence[Tier], limit: int | None = None
) -> list[RoleGrant]:
    """Return whose role or title would change if these were a community's tiers."""
    return await unit.role_grants.differing(community.id, await words_of(unit, community.id, tiers), limit)


async def follow(unit: UnitOfWork, community: Community, now: datetime) -> int:
    """Write down every role that is to follow a tier, at most 500 at once; return how many people that moves."""
    moved = await differing(unit, community, community.settings.tiers, AT_ONCE)
    rows = [
        OutboxRow(
            RoleChange(
                platform=each.platform,
                space=each.space,
                to=each.external_id,
                give=(each.due,) if each.due else (),
                take=(each.held,) if each.held else (),
            ),
            community.id,
            each.account_id,
            kind=ROLE,
        )
        for each in moved
        if each.here
    ]
    await unit.role_grants.note(community.id, moved, now)
    await unit.outbox.add(rows, now)
    return len(moved)
