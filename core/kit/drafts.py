"""Drafts of activities: set up in the room where it is said, and running only once somebody has looked at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.domain.activities import AT_ONCE, EVERYBODY, Activity, State
from core.domain.audience import Audience
from core.domain.errors import BadInput
from core.domain.schedule import Schedule
from core.kit.context import Context

THERE = (State.DRAFT, State.ACTIVE, State.PAUSED)


async def set_up(context: Context) -> Sequence[Activity]:
    """Return the community's activities that aren't stopped."""
    return await context.unit.activities.of(context.community.id, THERE)


async def add_draft(
    context: Context,
    kind: str,
    schedule: Schedule,
    settings: Mapping[str, Any] | None = None,
    audience: Audience = EVERYBODY,
) -> Activity:
    """Set an activity up in this room; raise BadInput where a community has as many as it may."""
    if context.space is None:
        raise LookupError("nobody asks here")
    if len(await set_up(context)) >= AT_ONCE:
        raise BadInput("error-activities-full", most=AT_ONCE)
    return await context.unit.activities.add(
        Activity(
            id=0,
            community_id=context.community.id,
            kind=kind,
            space_id=context.space.id,
            room_id=None if context.room is None else context.room.id,
            schedule=schedule,
            settings=settings or {},
            audience=audience,
            created_at=context.now,
            account_id=context.my_account.id,
        )
    )
