"""What a round of a survey says, in words: every figure worked out from what is told alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.analysis.disclosure import Cell, stands_for
from core.analysis.surveys import Score, nps, share
from core.domain.segments import Segment
from core.domain.surveys import FACES, Ask, Question
from core.kit import Context, Markup
from core.kit.surveys import Part, Round, Told
from core.kit.words import percent, signed, tier_name
from core.studies.network_view import circle_names
from core.studies.segments_view import segment_name

LEAST = 10  # answers of a tier or circle that is told apart


def score_of(question: Question, cells: Sequence[Cell]) -> Score | None:
    """Return NPS, or the share of the highest group; None where a cell is hidden, or fewer than ten answered."""
    counts = [stands_for(each) for each in cells if each is not None]
    if len(counts) < len(cells) or sum(counts) < LEAST:
        return None
    return nps(counts[0], counts[1], counts[2]) if question.ask is Ask.NPS else share(counts[2], sum(counts))


def said_score(context: Context, question: Question, value: float) -> str:
    """Return a score as people read it: +38, or 62 %, 62% in Chinese."""
    if question.ask is Ask.NPS:
        return signed(round(100 * value))
    return f"{percent(value)}{context.t.plain('percent-sign')}"


def said_cell(context: Context, told: Cell) -> str:
    """Return a count as it is told."""
    if told is None:
        return context.t.plain("survey-cell-hidden")
    return f"{told:,}" if told else context.t.plain("survey-cell-few")


def labels(context: Context, question: Question) -> list[str]:
    """Return what the groups of a question are called."""
    if question.ask is Ask.PULSE:
        return [" ".join(FACES[:2]), FACES[2], " ".join(FACES[3:])]
    if question.scored:
        return [context.t.plain(f"survey-group-{question.ask.value}-{name}") for name in ("low", "middle", "high")]
    if question.options:
        return list(question.options)
    return [str(low) if low == high else f"{low}–{high}" for low, high in question.bins]


async def said_round(context: Context, told: Round) -> list[Markup]:
    """Return what is told of a round, line by line."""
    t = context.t
    began = told.run.began_at or told.run.due_at
    lines = [t("survey-round", day=context.said_day(began))]
    if told.answers == 0:
        return [*lines, t("survey-few")]
    lines.append(_answered(context, told))
    if told.days is not None:
        lines.append(t("survey-days", answered=f"{told.days[0]:g}", others=f"{told.days[1]:g}"))
    for number, each in enumerate(told.told, 1):
        lines += await _said_question(context, number if len(told.told) > 1 else 0, each)
    return [*lines, t("survey-foot")]


def _answered(context: Context, told: Round) -> Markup:
    count = said_cell(context, told.answers)
    if not told.asked or told.back is None:
        return context.t("survey-answered", count=count)
    rate = percent(min(stands_for(told.back) / told.asked, 1.0))
    back = said_cell(context, min(told.back, told.asked))  # rounding makes nobody answer who wasn't asked
    return context.t("survey-answered-of", count=count, back=back, asked=told.asked, share=rate)


async def _said_question(context: Context, number: int, told: Told) -> list[Markup]:
    t, question = context.t, told.question
    if question.ask is Ask.TEXT:
        return [t("survey-in-words", question=question.text, number=number)]
    groups = t.listed(
        t("survey-count", label=label, count=said_cell(context, each))
        for label, each in zip(labels(context, question), told.totals, strict=True)
    )
    if not question.scored:
        return [t("survey-choice", question=question.text, number=number, groups=groups)]
    score = score_of(question, told.totals)
    if score is None:
        return [t("survey-score-none", scale=question.ask.value), groups]
    words = {name: said_score(context, question, getattr(score, name)) for name in ("value", "low", "high")}
    lines = [t("survey-score", scale=question.ask.value, **words), groups]
    if told.weighted is not None:
        low, _, high = told.weighted
        value = high - low if question.ask is Ask.NPS else high
        lines.append(t("survey-weighted", value=said_score(context, question, value)))
    tiers = context.community.settings.tiers
    names = {at: tier_name(t, tiers[min(at, len(tiers) - 1)]) for at in told.tiers}
    lines += _by(context, "survey-by-tier", question, told.tiers, names)
    segments = {each.value: segment_name(t, each) for each in Segment if each.value in told.segments}
    by_segment = {each: told.segments[each] for each in segments}
    lines += _by(context, "survey-by-segment", question, by_segment, segments)
    there = await circle_names(context) if told.circles else {}
    circles = {each: there.get(each) or t.plain("circle-name", id=each) for each in told.circles}
    lines += _by(context, "survey-by-circle", question, told.circles, circles)
    return [*lines, *_later(context, told)]


def _by(
    context: Context, key: str, question: Question, parts: Mapping[Part, Sequence[Cell]], names: Mapping[Part, str]
) -> list[Markup]:
    """Return the score of each part of which enough is told, None where there are no two."""
    found = {names[part]: score for part, cells in parts.items() if (score := score_of(question, cells)) is not None}
    if len(found) < 2:
        return []
    scores = {name: said_score(context, question, each.value) for name, each in found.items()}
    said = context.t.listed(context.t("survey-count", label=name, count=score) for name, score in scores.items())
    return [context.t(key, parts=said)]


def _later(context: Context, told: Told) -> list[Markup]:
    if len(told.later) != 3 or told.later[0] is None or told.later[2] is None:
        return []
    low, _, high = labels(context, told.question)
    return [
        context.t(
            "survey-after", low=low, high=high, low_share=percent(told.later[0]), high_share=percent(told.later[2])
        )
    ]
