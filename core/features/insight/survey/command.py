"""/survey: what surveys say, in sums that give nobody away; moderators set them up here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from core.domain.activities import Activity, Phase, State
from core.domain.errors import BadInput, NotFound
from core.domain.message import Button, Reply, escape
from core.domain.pictures import Chart
from core.domain.schedule import Monthly, Once, Schedule, Weekly
from core.domain.surveys import Ask, Questions, asked, question_of
from core.features.insight.survey.chart import trend
from core.features.insight.survey.words import said_round
from core.kit import Context, Length, Markup, Rights, action, command, form
from core.kit.charts import chart
from core.kit.drafts import add_draft
from core.kit.occurrences import next_of, said_time
from core.kit.suggesting import Suggest, Suggestion
from core.kit.surveys import Round, count_answered, read, texts
from core.kit.words import Rows, turn_pages

KIND = "survey"
ROUNDS = 24  # looked back at
LISTED = 20
_TEXTS = 8  # on a page
_STATES = (State.DRAFT, State.ACTIVE, State.PAUSED, State.STOPPED)


async def _suggested(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    return [Suggestion(_name(context, each), str(each.number)) for each in await _surveys(context)]


@command(rights=Rights.MODERATOR, private=True)
async def survey(context: Context, which: Annotated[str, Suggest(_suggested)] | None = None) -> Reply:
    """See what surveys say, and set one up."""
    if which is None:
        return await _list(context)
    return await _result(context, await _named(context, which))


@action(rights=Rights.MODERATOR, private=True)
async def survey_round(context: Context, survey: int, page: int = 1) -> Reply:
    """Show another round of a survey."""
    return await _result(context, await _named(context, str(survey)), page)


@action(rights=Rights.MODERATOR, private=True)
async def survey_texts(context: Context, survey: int, run: int, question: int, page: int = 1) -> Reply:
    """Show what was written in a round, without names."""
    it = await context.unit.activities.run(context.community.id, run)
    if it is None:
        raise NotFound("error-button-gone")
    written = await texts(context, it, question)
    if not written:
        return Reply(context.t("survey-texts-few"))
    pages = -(-len(written) // _TEXTS)
    page = min(max(page, 1), pages)
    shown = written[(page - 1) * _TEXTS : page * _TEXTS]
    lines = [context.t("survey-texts-head"), *(Markup(f"– {escape(each)}") for each in shown)]
    here = {"survey": survey, "run": run, "question": question}
    back = context.button(context.t.plain("button-back"), "survey", which=survey)
    turned = turn_pages(context, survey_texts, page, pages, **here)
    return Reply(Markup("\n".join(lines)), ((*(turned[0] if turned else ()), back),))


@form(rights=Rights.MODERATOR, private=True)
async def set_up_survey(
    context: Context,
    scale: Literal["nps", "csat", "own"],
    often: Literal["once", "monthly", "quarterly"],
    questions: Annotated[str, Length(2_000, long=True)] = "",
) -> Reply:
    """Set a survey up, which doesn't run before somebody has looked at it."""
    settings = {"scale": scale, "questions": Questions(name="questions").read(questions) if questions.strip() else []}
    if not asked(settings):
        raise BadInput("activity-trouble-survey")
    made = await add_draft(context, KIND, _schedule(context, often), settings)
    look = context.button(context.t.plain("survey-look"), "activities", which=made.number)
    return Reply(context.t("survey-made", number=made.number), ((look,),))


def _schedule(context: Context, often: str) -> Schedule:
    if often == "once":
        return Once(f"{date.fromisoformat(context.today) + timedelta(days=1)} 10:00")
    return Monthly("1 10:00") if often == "monthly" else Weekly("mon 10:00", every=13)


async def _surveys(context: Context) -> list[Activity]:
    found = await context.unit.activities.of(context.community.id, _STATES)
    return [each for each in found if each.kind == KIND][-LISTED:]


async def _named(context: Context, which: str) -> Activity:
    """Return a survey by its number; raise NotFound where there is none."""
    number = which.strip().lstrip("#＃")
    for each in await _surveys(context):
        if str(each.number) == number:
            return each
    raise NotFound("error-survey-unknown", given=which[:40])


def _name(context: Context, activity: Activity) -> str:
    scale = activity.settings.get("scale", "nps")
    said = context.t.plain(f"survey-scale-{scale}")
    own = activity.settings.get("questions") or ()
    return f"{activity.number}. {question_of(own[0]).text[:40] if scale == 'own' and own else said}"


async def _list(context: Context) -> Reply:
    there = await _surveys(context)
    lines = [context.t("survey-list" if there else "survey-none", community=context.community.name)]
    for each in there:
        over = len(await _rounds(context, each))
        lines.append(context.t("survey-line", name=_name(context, each), state=each.state.value, count=over))
    rows: list[tuple[Button, ...]] = [
        (context.button(_name(context, each), "survey", which=each.number),) for each in there[-4:]
    ]
    new = context.button(context.t.plain("survey-new"), set_up_survey)
    return Reply(Markup("\n".join(lines)), (*rows, (new,)))


async def _rounds(context: Context, activity: Activity) -> list[Round]:
    """Return the rounds of which something is told, the newest first."""
    runs = await context.unit.activities.runs_of(activity, (Phase.OVER,), ROUNDS)
    return [told for run in runs if (told := read(run)) is not None]


async def _result(context: Context, activity: Activity, page: int = 1) -> Reply:
    t = context.t
    rounds = await _rounds(context, activity)
    open_ = await context.unit.activities.runs_of(activity, (Phase.OPEN,), 1)
    lines = [t("survey-title", name=_name(context, activity), community=context.community.name)]
    if open_:
        count = await count_answered(context, open_[0])
        until = context.said_moment(open_[0].ends_at or context.now)
        lines.append(t("survey-open", count=count, until=until))
    elif activity.state is State.ACTIVE and (coming := await next_of(context, activity)):
        lines.append(t("survey-next", at=said_time(context, coming.at)))
    set_up = context.button(t.plain("survey-look"), "activities", which=activity.number)
    back = context.button(t.plain("button-back"), "survey")
    if not rounds:
        lines += [] if open_ else [t("survey-no-round")]
        return Reply(Markup("\n".join(lines)), ((set_up, back),))
    page = min(max(page, 1), len(rounds))
    told = rounds[page - 1]
    lines += await said_round(context, told)
    turned = turn_pages(context, survey_round, page, len(rounds), survey=activity.number)
    picture = trend(context, rounds[page - 1 :])
    return Reply(
        Markup("\n".join(lines)), (*_to_read(context, activity, told), *turned, (set_up, back)), picture=picture
    )


def _to_read(context: Context, activity: Activity, told: Round) -> Rows:
    """Return a button for each question that was answered in words."""
    return tuple(
        (
            context.button(
                context.t.plain("survey-read", question=each.question.text)[:80],
                survey_texts,
                survey=activity.number,
                run=told.run.id,
                question=at,
            ),
        )
        for at, each in enumerate(told.told)
        if each.question.ask is Ask.TEXT
    )[:2]


async def _newest(context: Context) -> list[Round] | None:
    """Return the rounds of the survey that was over last, of those with a score."""
    found = [
        rounds
        for each in await _surveys(context)
        if each.settings.get("scale", "nps") != "own" and (rounds := await _rounds(context, each))
    ]
    return max(found, key=lambda rounds: rounds[0].run.id, default=None)


@chart(reads=_newest)
def survey_trend(context: Context, rounds: list[Round]) -> Chart | None:
    """Return how the newest survey went over its rounds, None where too few answered."""
    return trend(context, rounds)
