"""What events say of plans: payments in Stars, and roles that plans come with. No interaction is kept of either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from core.domain.events import Event, MemberLeft, RolesTold
from core.engine.till import Till
from core.kit.plan_roles import note
from core.store.unit import UnitOfWork


async def entitle(
    unit: UnitOfWork, platform: str, hashed: Callable[[str, str], str], now: datetime, events: Sequence[Event]
) -> list[Event]:
    """Book what the events of a platform say of plans, and return those that say something else too."""
    left = await Till(unit, hashed, now).take(events)
    told = [event for event in left if isinstance(event, RolesTold | MemberLeft) and event.actor is not None]
    if told:
        await _roles(unit, platform, now, told)
    return [event for event in left if not isinstance(event, RolesTold)]


async def _roles(unit: UnitOfWork, platform: str, now: datetime, told: Sequence[RolesTold | MemberLeft]) -> None:
    """Book the plans that people got or lost with a role; who left a server has none there."""
    spaces = await unit.communities.spaces(platform, {event.space for event in told})
    by_space = await unit.plans.with_roles([space.id for space in spaces.values()])
    if not by_space:
        return
    await unit.lock(*sorted({space.community_id for space in spaces.values() if space.id in by_space}))
    for event in told:
        space, person = spaces.get(event.space), event.actor.id if event.actor else ""
        if space is None or space.id not in by_space:
            continue
        found = await unit.members.find(platform, {space.community_id: [person]})
        account = found.get((space.community_id, person))
        held = event.roles if isinstance(event, RolesTold) else frozenset()
        if account is None:
            continue
        for plan in by_space[space.id]:
            await note(unit, space.community_id, plan, {account.id: plan.role in held}, now)
