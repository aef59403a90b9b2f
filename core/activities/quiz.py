"""Quiz: the next question of a bank, one answer each; the end says which was right, why, and who was fastest."""

from __future__ import annotations

from datetime import timedelta

from core.domain.activities import POINTS, Choice, Number, Run
from core.domain.effects import HOLDOUT, TRIAL, Effect, Metric
from core.domain.errors import KithError
from core.domain.facts import Voted
from core.domain.message import Reply
from core.domain.polls import Question
from core.domain.quiz import Item, Items, item_of
from core.kit import Context, Happened, Markup, action, after
from core.kit.activities import (
    NothingToDo,
    activity,
    count_parts,
    in_rows,
    next_of_bank,
    redraw,
    take_part,
    under_post,
    voted_in,
    who_takes_part,
)
from core.kit.consent import personal
from core.store.unit import UnitOfWork

RANKED = 5
_ROWS = 5  # that every platform shows


@activity(
    fields=(
        Items(name="items", default=None, bank=True),
        Number(name="hours", default=4, low=1, high=24 * 28, offers=(1, 4, 12, 24)),
        POINTS,
        Choice(name="tell", options=("room", "direct"), default="room"),
        HOLDOUT,
        TRIAL,
    ),
    effect=Effect(metric=Metric.ACTIVE),
)
async def quiz(context: Context, run: Run) -> Reply:
    """Put the next question up, with a button for each answer."""
    item = _item(await next_of_bank(context, run, run.values["items"] or ()))
    made = [under_post(context, answer, quiz_answered, run=run.id, option=at) for at, answer in enumerate(item.answers)]
    rows = in_rows(made, 1 if len(made) <= _ROWS else 2)
    return Reply(context.t("activity-quiz-post", asked=item.asked, count=await count_parts(context, run)), rows)


@quiz.asking
async def asked(context: Context, run: Run) -> Question:
    """Return what a platform's own quiz asks."""
    item = _item(await next_of_bank(context, run, run.values["items"] or ()))
    return Question(text=item.asked, options=item.answers, right=(item.right,), explanation=item.why)


@after(Voted)
async def answered_in_a_quiz(unit: UnitOfWork, happened: Happened[Voted]) -> None:
    """Let whoever answers take part: the first answer counts."""
    for happening, fact in happened:
        if (found := await voted_in(unit, happening, fact, quiz)) is None:
            continue
        context, run = found
        (option,) = fact.options[:1] or (-1,)
        item = item_of(str(run.detail.get("item", "")))
        try:
            _, part = await take_part(context, run.id, deserved=item is not None and option == item.right)
        except KithError:
            continue  # the quiz counts the answer all the same
        if not part.already:
            await unit.activities.answer(run, fact.account.id, str(option), fact.at or happening.now)
        for each in context.facts:
            happening.raise_(each)


@quiz.ending
async def over(context: Context, run: Run) -> Reply:
    """Say which answer was right and why, how many knew it, and who was fastest of those who may be named."""
    item, t = _item(str(run.detail.get("item", ""))), context.t
    given = await context.unit.activities.answers([run.id])
    right = [each for each in given if each.answer == str(item.right)]
    lines = [
        t("activity-quiz-over", asked=item.asked, answer=item.answers[item.right], count=len(given), right=len(right))
    ]
    if item.why:
        lines.append(t("activity-quiz-why", why=item.why))
    people = await who_takes_part(context, run)
    named = {member.id for member in personal(people.values()) if member.name}
    ranked = [each for each in right if each.account_id in people and people[each.account_id].id in named]
    for place, each in enumerate(ranked[:RANKED], 1):
        unit, took = said_span(each.at - (run.began_at or each.at))
        lines.append(t("activity-quiz-place", place=place, name=people[each.account_id].name, unit=unit, took=took))
    return Reply(Markup("\n".join(lines)))


@action(private=True)
async def quiz_answered(context: Context, run: int, option: int) -> Reply:
    """Take an answer: the first counts."""
    item = None
    if (known := await context.unit.activities.run(context.community.id, run)) is not None:
        item = item_of(str(known.detail.get("item", "")))
    it, part = await take_part(context, run, deserved=item is not None and option == item.right)
    if part.already or item is None or not 0 <= option < len(item.answers):
        return Reply(context.t("activity-again"))
    await context.unit.activities.answer(it, context.my_account.id, str(option), context.now)
    await redraw(context, it)
    if option == item.right:
        return Reply(context.t("activity-quiz-right", points=part.points))
    return Reply(context.t("activity-quiz-wrong", answer=item.answers[option]))


def said_span(span: timedelta) -> tuple[str, int]:
    """Return a span as people say it: the unit, and how many of it, of which there are at least two."""
    for unit, size in (("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if span >= 2 * size:
            return unit, span // size
    return "second", span // timedelta(seconds=1)


def _item(line: str) -> Item:
    if (item := item_of(line)) is None:
        raise NothingToDo("activity-trouble-bank")
    return item
