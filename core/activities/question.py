"""Daily question: the next one of a bank, and whoever answers it takes part."""

from __future__ import annotations

from collections import Counter

from core.domain.activities import HOURS, POINTS, Choice, Lines, Phase, Run
from core.domain.message import Reply
from core.kit import Context, action
from core.kit.activities import NothingToDo, activity, button, count_parts, redraw, take_part

_LOOKED_AT = 600  # runs; a bank holds 500


@activity(
    fields=(
        Lines(name="questions", default=None),
        HOURS,
        POINTS,
        Choice(name="tell", options=("room", "direct"), default="room"),
    )
)
async def question(context: Context, run: Run) -> Reply:
    """Put up the next question of the bank."""
    asked = run.detail.get("question") or await _next(context, run)
    run.detail["question"] = asked
    count = await count_parts(context, run)
    said = context.t("activity-question-post", question=asked, count=count)
    return Reply(said, ((button(context, "activity-question-join", question_answered, run),),))


@question.ending
async def over(context: Context, run: Run) -> Reply:
    """Say how many answered."""
    count = await count_parts(context, run)
    return Reply(context.t("activity-question-over", question=run.detail.get("question", ""), count=count))


@action(private=True)
async def question_answered(context: Context, run: int) -> Reply:
    """Let whoever answered take part."""
    it, part = await take_part(context, run)
    if part.already:
        return Reply(context.t("activity-again"))
    await redraw(context, it)
    return Reply(context.t("activity-joined", points=part.points))


async def _next(context: Context, run: Run) -> str:
    """Return the question that was asked least often, the first of several."""
    bank = list(run.values["questions"] or ())
    if not bank:
        raise NothingToDo("activity-trouble-bank")
    before = await context.unit.activities.runs_of(run.activity, (Phase.OPEN, Phase.OVER), _LOOKED_AT)
    asked = Counter(each.detail.get("question") for each in before)
    return str(min(bank, key=lambda each: asked[each]))
