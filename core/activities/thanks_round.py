"""Thank-you round: for some hours everybody is asked to thank somebody with /thanks, and whoever does takes part."""

from __future__ import annotations

from core.domain.activities import HOURS, POINTS, Run, Text
from core.domain.effects import TRIAL, Effect, Metric
from core.domain.errors import KithError
from core.domain.facts import Thanked
from core.domain.message import Reply
from core.domain.schedule import Weekly
from core.kit import Context, Happened, after
from core.kit.activities import activity, context_after, count_parts, redraw, take_part
from core.store.unit import UnitOfWork


@activity(
    schedule=Weekly("fri 16:00"),
    fields=(Text(name="occasion", limit=200), HOURS, POINTS, TRIAL),
    effect=Effect(metric=Metric.ANSWERED),
)
async def thanks_round(context: Context, run: Run) -> Reply:
    """Ask everybody to thank somebody, with how many did so far."""
    count = await count_parts(context, run)
    return Reply(context.t("activity-thanks-round-post", occasion=run.values["occasion"] or "none", count=count))


@thanks_round.ending
async def over(context: Context, run: Run) -> Reply:
    """Say how many said thanks."""
    return Reply(context.t("activity-thanks-round-over", count=await count_parts(context, run)))


@after(Thanked)
async def thanked_in_a_round(unit: UnitOfWork, happened: Happened[Thanked]) -> None:
    """Let whoever thanks while a round is open take part in it."""
    for happening, fact in happened:
        for run in await unit.activities.open_runs(happening.community.id):
            if run.activity.kind != thanks_round.name:
                continue
            context = context_after(unit, happening, fact, thanks_round)
            try:
                it, part = await take_part(context, run.id)
            except KithError:
                continue  # their thanks count all the same
            if not part.already:
                for each in context.facts:
                    happening.raise_(each)
                await redraw(context, it)
                happening.books.outbox += context.outbox
