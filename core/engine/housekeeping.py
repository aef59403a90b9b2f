"""What is looked after every half minute: what is old enough to go."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.domain.clock import day_number
from core.engine.history import clear_killed
from core.store.unit import Store

OUTBOX_KEPT = timedelta(days=7)
TASKS_KEPT = timedelta(days=8)  # longer than any slot is made up for
DRAFTS_KEPT = timedelta(days=2)  # a day longer than they can be gone on with: whoever comes back is told
FAILED_KEPT = timedelta(days=30)
POLARITY_KEPT = timedelta(days=14)  # a week is told of once, when its pulse ends


async def keep_house(store: Store, now: datetime) -> None:
    """Forget what is old."""
    async with store.begin() as unit:
        await unit.buttons.prune(now)
        await unit.drafts.prune(now - DRAFTS_KEPT)
        await unit.parked.prune(now)
        await unit.outbox.prune(now - OUTBOX_KEPT)
        await unit.polarity_days.prune(day_number(now - POLARITY_KEPT))
        await unit.tasks.prune(now - TASKS_KEPT, now - FAILED_KEPT)
    await clear_killed(store)
    await store.empty_log()
