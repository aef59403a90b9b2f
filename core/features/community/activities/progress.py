"""How far a run came that writes to people directly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from core.domain.activities import Run
from core.kit import Context, Markup

KNOWN = timedelta(days=6)  # since a run began: what became of each message is forgotten after a week


@dataclass(frozen=True, slots=True)
class Progress:
    """What is said of how far a run came, and whether it still writes to somebody."""

    said: Markup
    under_way: bool


async def progress_of(context: Context, run: Run) -> Progress | None:
    """Return how many a run has written to directly; None where that is nobody, or long ago."""
    letters = await context.unit.pushes.of(context.community.id, run.name)
    became = await context.unit.pushes.delivered([each.id for each in letters])
    under_way = became.left > 0 or not all(each.done for each in letters)
    every = 0
    for each in letters:
        size = 0 if each.done else await context.unit.pushes.size(context.community.id, each.audience, context.now)
        every += max(each.queued, size - sum(each.refused.values()))
    long_ago = run.began_at is not None and context.now - run.began_at > KNOWN
    if not every or (long_ago and not under_way):
        return None
    said = context.t(
        "activity-written-to",
        count=became.sent,
        every=every,
        failed=became.failed,
        unsure=became.unsure,
        done="no" if under_way else "yes",
    )
    return Progress(said, under_way)
