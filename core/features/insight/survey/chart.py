"""How a survey goes, as a picture: its score round by round, or what one round said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.analysis.disclosure import stands_for
from core.analysis.surveys import Score
from core.domain.clock import local_day
from core.domain.pictures import Chart, Series
from core.domain.surveys import Ask, Question
from core.features.insight.survey.words import labels, said_cell, said_score, score_of
from core.kit import Context
from core.kit.surveys import Round, Told

_POLARITY = ("positive", "negative")  # in the order of a round's shares


def trend(context: Context, rounds: Sequence[Round]) -> Chart | None:
    """Return the score of rounds, given the newest first; of one alone what was answered, None where too few did."""
    scored = [(each, told, score) for each in reversed(rounds) if (found := _scored(each)) for told, score in [found]]
    if len(scored) < 2:
        return _one(context, rounds[0]) if rounds else None
    t, zone = context.t, context.community.settings.timezone
    question = scored[-1][1].question
    first, last = scored[0][2], scored[-1][2]
    title = t.plain(
        f"survey-trend-{question.ask.value}",
        before=said_score(context, question, first.value),
        now=said_score(context, question, last.value),
        way=_way(first, last),
        count=len(scored),
    )
    days = [local_day(each.run.began_at or each.run.due_at, zone) for each, _, _ in scored]
    return Chart(
        title=title,
        foot=t.plain(
            "survey-trend-foot", community=context.community.name, count=said_cell(context, rounds[0].answers)
        ),
        kind="line",
        x=tuple(t.day(day, today=days[-1]) for day in days),
        series=(
            Series(
                label=t.plain(f"survey-scale-{question.ask.value}"),
                values=tuple(_hundredths(score.value) for *_, score in scored),
                low=tuple(_hundredths(score.low) for *_, score in scored),
                high=tuple(_hundredths(score.high) for *_, score in scored),
            ),
            *_beside(context, [each for each, _, _ in scored]),
        ),
        unit="" if question.ask is Ask.NPS else t.plain("percent-sign"),
    )


def _beside(context: Context, rounds: Sequence[Round]) -> Iterator[Series]:
    """Yield what stands beside the score of each round: friendly reactions and how messages sounded, where known."""
    shares = {
        "friendly": [each.friendly for each in rounds],
        **{name: [each.polarity and each.polarity[at] for each in rounds] for at, name in enumerate(_POLARITY)},
    }
    for name, values in shares.items():
        if any(each is not None for each in values):
            label = context.t.plain(f"pulse-{name}-label")
            yield Series(label=label, values=tuple(None if each is None else _hundredths(each) for each in values))


def _scored(told: Round) -> tuple[Told, Score] | None:
    """Return what a round asked with a score, and the score."""
    for each in told.told:
        if each.question.scored and (score := score_of(each.question, each.totals)) is not None:
            return each, score
    return None


def _way(first: Score, last: Score) -> str:
    """Say how a score moved: it didn't where both intervals hold both values."""
    if last.low <= first.value <= last.high and first.low <= last.value <= first.high:
        return "same"
    return "up" if last.value > first.value else "down"


def _one(context: Context, told: Round) -> Chart | None:
    """Return what was answered in a round to the first question that has groups."""
    found = next((each for each in told.told if each.totals and None not in each.totals and any(each.totals)), None)
    if found is None:
        return None
    t, question = context.t, found.question
    scale = question.ask.value
    title = question.text or t.plain(f"survey-ask-{scale}", community=context.community.name)
    if question.scored and (score := score_of(question, found.totals)) is not None:
        title = t.plain(f"survey-one-{scale}", value=said_score(context, question, score.value))
    return Chart(
        title=title,
        foot=_foot(context, told),
        kind="bar",
        x=tuple(_in_words(context, question)),
        series=(Series(label=t.plain("survey-answers"), values=tuple(stands_for(each or 0) for each in found.totals)),),
    )


def _in_words(context: Context, question: Question) -> list[str]:
    """Return what groups are called in a picture, which shows no faces."""
    if question.ask is not Ask.PULSE:
        return labels(context, question)
    return [context.t.plain(f"pulse-group-{name}") for name in ("low", "middle", "high")]


def _foot(context: Context, told: Round) -> str:
    count = said_cell(context, told.answers)
    return context.t.plain("survey-trend-foot", community=context.community.name, count=count)


def _hundredths(value: float) -> float:
    return float(round(100 * value))
