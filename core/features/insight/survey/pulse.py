"""/pulse: how the community is, week by week, by five faces that members press."""

from __future__ import annotations

from core.domain.activities import Activity, Phase, State
from core.domain.message import Reply
from core.domain.pictures import Chart
from core.domain.schedule import Weekly
from core.features.insight.survey.chart import trend
from core.features.insight.survey.words import labels, said_cell, said_score, score_of
from core.kit import Context, Markup, Rights, action, command
from core.kit.charts import chart
from core.kit.drafts import THERE, add_draft, set_up
from core.kit.occurrences import next_of, said_time
from core.kit.polarity import NO_TEXT, polarity_on
from core.kit.surveys import Round, count_answered, read
from core.kit.words import percent

KIND = "pulse"
WEEKS = 26  # looked back at


@command(rights=Rights.MODERATOR, private=True)
async def pulse(context: Context) -> Reply:
    """See how the community is, by five faces once a week."""
    t = context.t
    if context.choices[KIND].now(context.community.settings) != "yes":
        turn_on = context.button(t.plain("pulse-turn-on"), "settings", name=KIND)
        return Reply(t("pulse-off"), ((turn_on,),) if context.rights.covers(Rights.OWNER) else ())
    it = await _running(context)
    if it is None:
        return Reply(t("pulse-none"), ((context.button(t.plain("pulse-set-up"), set_up_pulse),),))
    rounds = await _rounds(context)
    lines = [t("pulse-title", community=context.community.name), *await _state(context, it)]
    lines += [*_said(context, rounds[0]), *await _messages(context, rounds[0])] if rounds else []
    look = context.button(t.plain("survey-look"), "activities", which=it.number)
    return Reply(Markup("\n".join(lines)), ((look,),), picture=trend(context, rounds))


@action(rights=Rights.MODERATOR, private=True)
async def set_up_pulse(context: Context) -> Reply:
    """Set the pulse up in this room, which doesn't run before somebody has looked at it."""
    it = await _running(context)
    if it is None:
        it = await add_draft(context, KIND, Weekly("fri 15:00"))
    look = context.button(context.t.plain("survey-look"), "activities", which=it.number)
    return Reply(context.t("pulse-made", number=it.number), ((look,),))


async def _running(context: Context) -> Activity | None:
    return next((each for each in reversed(await set_up(context)) if each.kind == KIND), None)


async def _rounds(context: Context) -> list[Round]:
    """Return the weeks of which something is told, the newest first."""
    found = await context.unit.activities.of(context.community.id, (*THERE, State.STOPPED))
    runs = [
        run
        for each in found
        if each.kind == KIND
        for run in await context.unit.activities.runs_of(each, (Phase.OVER,), WEEKS)
    ]
    return [told for run in sorted(runs, key=lambda run: -run.id) if (told := read(run)) is not None][:WEEKS]


async def _state(context: Context, it: Activity) -> list[Markup]:
    open_ = await context.unit.activities.runs_of(it, (Phase.OPEN,), 1)
    if open_:
        count = await count_answered(context, open_[0])
        return [context.t("survey-open", count=count, until=context.said_moment(open_[0].ends_at or context.now))]
    coming = await next_of(context, it) if it.state is State.ACTIVE else None
    return [context.t("survey-next", at=said_time(context, coming.at)) if coming else context.t("survey-no-round")]


def _said(context: Context, told: Round) -> list[Markup]:
    """Return what is told of a week, line by line."""
    t, (of,) = context.t, told.told
    lines = [t("survey-round", day=context.said_day(told.run.began_at or told.run.due_at))]
    score = score_of(of.question, of.totals)
    if not told.answers or score is None:
        return [*lines, t("pulse-few")]
    words = {name: said_score(context, of.question, getattr(score, name)) for name in ("value", "low", "high")}
    *_, faces = labels(context, of.question)
    lines.append(t("pulse-score", faces=faces, count=said_cell(context, told.answers), **words))
    pairs = zip(labels(context, of.question), of.totals, strict=True)
    lines.append(t.listed(t("survey-count", label=label, count=said_cell(context, each)) for label, each in pairs))
    if told.friendly is not None:
        lines.append(t("pulse-friendly", share=percent(told.friendly)))
    return lines


async def _messages(context: Context, told: Round) -> list[Markup]:
    """Return how the messages of a week sounded, and of what all this is told."""
    t = context.t
    known = await _text_known(context)
    lines = []
    if told.polarity is not None:
        positive, negative = map(percent, told.polarity)
        lines.append(t("pulse-polarity", positive=positive, negative=negative))
    elif known in ("all", "some"):
        lines.append(t("pulse-polarity-few"))
    return [*lines, t("pulse-foot", text=known)]


async def _text_known(context: Context) -> str:
    """Say of how much of its talk Kith is given the text: all, some, none; or that it is off."""
    spaces = await context.unit.communities.spaces_of(context.community.id)
    silent = {space.platform in NO_TEXT for space in spaces if not space.closed}
    if silent == {True}:
        return "none"
    if not context.setting(polarity_on):
        return "off"
    return "some" if True in silent else "all"


async def _told(context: Context) -> list[Round] | None:
    return await _rounds(context) or None


@chart(reads=_told)
def pulse_trend(context: Context, rounds: list[Round]) -> Chart | None:
    """Return how the community was, week by week, None where too few answered."""
    return trend(context, rounds)
