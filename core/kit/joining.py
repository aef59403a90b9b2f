"""One community takes another in, and what follows from its sums follows."""

from __future__ import annotations

from datetime import datetime

from core.domain.points import level_of
from core.store.joining import Absorbed
from core.store.unit import UnitOfWork


async def take_in(unit: UnitOfWork, source: int, target: int, now: datetime) -> Absorbed:
    """Give everything of the community `source` to `target`, and remove `source`; levels follow the sums.

    No member holds a tier afterwards that the target lacks.
    """
    await unit.lock(source, target)
    community = await unit.communities.get(target)
    for each in (source, target):
        while await unit.rollups.advance(each):
            pass
    absorbed = await unit.joining.absorb(source, target)
    await unit.members.recount(absorbed.changed)
    await unit.ledger.settle(target, absorbed.changed, f"joined:{source}", now)
    changed = []
    for member in await unit.members.all(target):
        level, tier = level_of(member.earned), min(member.tier, len(community.settings.tiers) - 1)
        if (level, tier) != (member.level, member.tier):
            member.level, member.tier = level, tier
            changed.append(member)
    await unit.members.save(changed)
    return absorbed
