"""Daily question: the next one of a bank, and whoever answers it takes part."""

from __future__ import annotations

from core.domain.activities import HOURS, POINTS, Choice, Lines, Run
from core.domain.effects import HOLDOUT, TRIAL, Effect, Metric
from core.domain.message import Reply
from core.kit import Context, action
from core.kit.activities import activity, button, count_parts, next_of_bank, redraw, take_part


@activity(
    fields=(
        Lines(name="questions", default=None, bank=True),
        HOURS,
        POINTS,
        Choice(name="tell", options=("room", "direct"), default="room"),
        HOLDOUT,
        TRIAL,
    ),
    effect=Effect(metric=Metric.ACTIVE),
)
async def question(context: Context, run: Run) -> Reply:
    """Put up the next question of the bank."""
    asked = await next_of_bank(context, run, run.values["questions"] or ())
    count = await count_parts(context, run)
    said = context.t("activity-question-post", question=asked, count=count)
    return Reply(said, ((button(context, "activity-question-join", question_answered, run),),))


@question.ending
async def over(context: Context, run: Run) -> Reply:
    """Say how many answered."""
    count = await count_parts(context, run)
    return Reply(context.t("activity-question-over", question=run.detail.get("item", ""), count=count))


@action(private=True)
async def question_answered(context: Context, run: int) -> Reply:
    """Let whoever answered take part."""
    it, part = await take_part(context, run)
    if part.already:
        return Reply(context.t("activity-again"))
    await redraw(context, it)
    return Reply(context.t("activity-joined", points=part.points))
