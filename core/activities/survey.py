"""Survey: NPS, CSAT and own questions, directly or from a post, answered bit by bit; only sums are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from core.domain.activities import Choice, Number, Phase, Run
from core.domain.audience import Audience
from core.domain.errors import BadInput, NotFound
from core.domain.message import Button, Reply
from core.domain.schedule import Monthly
from core.domain.surveys import AFTER, ANSWER, Ask, Question, Questions
from core.domain.tasks import Task
from core.kit import Context, Length, Markup, action, form, task
from core.kit.activities import activity, in_rows, open_run, run_of, take_part
from core.kit.audience import chosen
from core.kit.reaching import promised
from core.kit.surveys import keep_answer, note_asked, questions, read, release, release_later, rested
from core.kit.words import Rows

_LATER = timedelta(days=1)
_IN_A_ROW = {Ask.NPS: 4, Ask.CSAT: 5, Ask.CHOICE: 2, Ask.NUMBER: 4}  # platforms show five rows of five


@activity(
    schedule=Monthly("1 10:00"),
    fields=(
        Choice(name="scale", options=("nps", "csat", "own"), default="nps"),
        Questions(name="questions"),
        Choice(name="tell", options=("direct", "room"), default="direct"),
        Number(name="rest", default=30, low=0, high=365, offers=(0, 14, 30, 90, 180)),
        Number(name="hours", default=168, low=1, high=24 * 28, offers=(24, 72, 168, 336)),
    ),
)
async def survey(context: Context, run: Run) -> Reply:
    """Ask the first question, with what can be answered as buttons."""
    asked = questions(run)
    until = context.said_moment(run.ends_at or context.now)
    head = context.t("survey-head", community=context.community.name, count=len(asked), until=until)
    return _ask(context, run.id, asked, 0, head=head, anyone=True)


@survey.sparing
async def writes_to(context: Context, run: Run, audience: Audience) -> Audience:
    """Return who wasn't asked the same within the days that were set up."""
    return await rested(context, audience, run.values["scale"], run.values["rest"])


@survey.planning
async def plan(context: Context, run: Run) -> None:
    """Note whom the run asks directly."""
    if run.values["tell"] == "direct" and run.phase is Phase.OPEN:
        audience = await writes_to(context, run, (await chosen(context, run.activity)).audience)
        await note_asked(context, run, audience, run.values["scale"])


@survey.ending
async def over(context: Context, run: Run) -> Reply:
    """Work out what is told of it, and thank."""
    await release(context, run)
    run.phase = Phase.OVER
    told = read(run)
    if told is not None and told.answers:
        await context.schedule(follow_survey, run.name, context.now + timedelta(days=AFTER))
    await _tell_owner(context, run)
    return Reply(context.t("survey-over"))


@task()
async def follow_survey(context: Context, task: Task) -> None:
    """Add who was active in the weeks after a round."""
    run = await run_of(context, int(task.subject.split(":")[1]))
    if run.phase is Phase.OVER:
        await release_later(context, run)
        await context.unit.activities.save_run(run)


@action(private=True)
async def survey_answered(context: Context, run: int, question: int, answer: str) -> Reply:
    """Keep an answer, and ask the next question."""
    return await _answered(context, run, question, answer)


@form(private=True, hidden=("run", "question"))
async def survey_written(
    context: Context, run: int, question: int, answer: Annotated[str, Length(ANSWER, long=True)]
) -> Reply:
    """Keep what somebody wrote, and ask the next question."""
    return await _answered(context, run, question, answer)


@action(private=True)
async def survey_question(context: Context, run: int, question: int) -> Reply:
    """Ask a question, which whoever presses wants to answer again, or to come to without the one before."""
    it = await open_run(context, run)
    asked = questions(it)
    return _thanks(context, it, asked) if question >= len(asked) else _ask(context, it.id, asked, question)


@action(private=True)
async def survey_later(context: Context, run: int, question: int) -> Reply:
    """Ask again directly tomorrow, where the survey is still open then."""
    it = await open_run(context, run)
    at = context.now + _LATER
    if it.ends_at is not None and at >= it.ends_at:
        raise BadInput("error-survey-ends", until=context.said_moment(it.ends_at))
    await context.schedule(ask_again, f"{it.name}:{context.my_account.id}", at, question=question)
    return Reply(await promised(context, context.t("survey-later-said", at=context.said_moment(at))))


@task()
async def ask_again(context: Context, task: Task) -> None:
    """Ask somebody who wanted to answer later."""
    _, run_id, account_id = task.subject.split(":")
    member = (await context.unit.members.of_accounts([int(account_id)])).get(int(account_id))
    run = await run_of(context, int(run_id))
    if member is None or run.phase is not Phase.OPEN:
        return
    theirs = replace(context, t=context.texts_for(member))
    head = theirs.t("survey-again", community=context.community.name)
    await context.tell(member, _ask(theirs, run.id, questions(run), int(task.params["question"]), head=head))


async def _answered(context: Context, run_id: int, question: int, answer: str) -> Reply:
    it = await open_run(context, run_id)
    asked = questions(it)
    if not 0 <= question < len(asked):
        raise NotFound("error-button-gone")
    given = asked[question].read(answer)
    await take_part(context, run_id)
    changed = await keep_answer(context, it, question, given)
    head = context.t("survey-changed") if changed else None
    if question + 1 == len(asked):
        return _thanks(context, it, asked, head=head)
    return _ask(context, it.id, asked, question + 1, head=head)


def _thanks(context: Context, run: Run, asked: list[Question], *, head: Markup | None = None) -> Reply:
    said = context.t("survey-thanks", until=context.said_moment(run.ends_at or context.now), count=len(asked))
    again = context.button(context.t.plain("survey-change"), survey_question, run=run.id, question=0)
    return Reply(said if head is None else Markup(f"{head} {said}"), ((again,),))


def _ask(
    context: Context, run_id: int, asked: list[Question], at: int, *, head: Markup | None = None, anyone: bool = False
) -> Reply:
    """Return a question with what can be answered."""
    t, question = context.t, asked[at]
    words = question.text or t.plain(f"survey-ask-{question.ask.value}", community=context.community.name)
    said = t("survey-question", number=at + 1, count=len(asked), question=words)
    rows = _answers(context, run_id, at, question, anyone)
    last = [context.button(t.plain("survey-later"), survey_later, anyone=anyone, run=run_id, question=at)]
    if at or not question.scored:
        skip = context.button(t.plain("survey-skip"), survey_question, anyone=anyone, run=run_id, question=at + 1)
        last.insert(0, skip)
    return Reply(said if head is None else Markup(f"{head}\n{said}"), (*rows, tuple(last)))


def _answers(context: Context, run_id: int, at: int, question: Question, anyone: bool) -> Rows:
    here = {"run": run_id, "question": at}
    if not question.values:
        label = context.t.plain("survey-write")
        return ((context.button(label, survey_written, anyone=anyone, **here),),)
    labels = question.options or question.values
    made: list[Button] = [
        context.button(label, survey_answered, anyone=anyone, answer=value, **here)
        for label, value in zip(labels, question.values, strict=True)
    ]
    return in_rows(made, _IN_A_ROW[question.ask])


async def _tell_owner(context: Context, run: Run) -> None:
    """Tell who set it up that its figures are there."""
    account = run.activity.account_id
    owner = None if account is None else (await context.unit.members.of_accounts([account])).get(account)
    if owner is None:
        return
    t = context.texts_for(owner)
    see = context.button(t.plain("survey-see"), "survey", which=run.activity.number)
    said = t("survey-over-told", number=run.activity.number, community=context.community.name)
    await context.tell(owner, Reply(said, ((see,),)))
