"""/funnel: from coming to the second week, and where people are lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Literal

from core.domain.message import Reply
from core.domain.network_result import ENOUGH
from core.domain.pictures import Funnel, Stage
from core.domain.retention_result import LATELY, RetentionResult, Steps
from core.features.insight.retention import said_day
from core.kit import Context, Markup, Rights, Texts, Work, command
from core.kit.charts import chart
from core.kit.words import percent
from core.studies.retention import retention as study


@command(name="funnel", rights=Rights.MODERATOR)
async def first_steps(context: Context, period: Literal["90", "all"] | None = None) -> Reply | Work:
    """Show how many newcomers write, are answered and come back in their second week."""

    async def told(context: Context, found: RetentionResult) -> Reply:
        return answer(context, found, _chosen(found) if period is None else _steps(found, lately=period == "90"))

    return await study.read(context, "funnel", told, period=period)


@chart(study=study)
def funnel(context: Context, found: RetentionResult) -> Funnel | None:
    """Return the steps of those who came lately, or of all where these are few; None where there is nobody."""
    return _drawn(context, found, _chosen(found))


def answer(context: Context, found: RetentionResult, steps: Steps) -> Reply:
    """Return the steps in words, with the picture."""
    t = context.t
    other = t.plain("funnel-all") if steps.lately else t.plain("funnel-lately", days=LATELY)
    buttons = ((context.button(other, "funnel", period="all" if steps.lately else "90"),),)
    if not steps.came:
        lately = "yes" if steps.lately else "no"
        return Reply(t("funnel-nobody", lately=lately, days=LATELY, of=steps.of), buttons)
    lines = [t("funnel-head", of=steps.of, came=steps.came, since=said_day(context, steps.since)), *_lines(t, steps)]
    return Reply(Markup("\n".join(lines)), buttons, picture=_drawn(context, found, steps))


def _steps(found: RetentionResult, *, lately: bool) -> Steps:
    return next(each for each in found.steps if each.of == found.began() and each.lately == lately)


def _chosen(found: RetentionResult) -> Steps:
    lately = _steps(found, lately=True)
    return lately if lately.came >= ENOUGH else _steps(found, lately=False)


def _lines(t: Texts, steps: Steps) -> Iterator[Markup]:
    if steps.of == "joined":
        yield t("funnel-wrote", **_of(t, steps.wrote, steps.came), days=_days(steps.written, steps.wrote))
    yield t("funnel-answered", **_of(t, steps.answered, steps.wrote), days=_days(steps.heard, steps.answered))
    yield t("funnel-back", **_of(t, steps.back, steps.answered))
    if steps.came < ENOUGH:
        yield t("funnel-few")
    elif (lost := _lost(steps)) is not None:
        step, people = lost
        yield t("funnel-lost", step=step, people=people)
    unheard = steps.wrote - steps.answered
    if min(unheard, steps.answered) >= ENOUGH:
        heard, not_heard = percent(steps.back / steps.answered), percent(steps.back_unheard / unheard)
        yield t("funnel-heard", heard=heard, unheard=not_heard, count=unheard)


def _of(t: Texts, count: int, of: int) -> dict[str, int | str]:
    """Return how many of how many, with the share where these are five or more."""
    return {"count": count, "of": of, "share": t("funnel-share", share=percent(count / of)) if of >= ENOUGH else ""}


def _days(median: float | None, people: int) -> int | str:
    """Return within how many whole days half of the people who took a step did, none where these are few."""
    return "none" if median is None or people < ENOUGH else ceil(median)


def _lost(steps: Steps) -> tuple[str, int] | None:
    """Return the step at which most are lost, and how many; None where nobody is."""
    lost = {
        "wrote": steps.came - steps.wrote,
        "answered": steps.wrote - steps.answered,
        "back": steps.answered - steps.back,
    }
    step = max(lost, key=lambda name: lost[name])
    return (step, lost[step]) if lost[step] else None


def _drawn(context: Context, found: RetentionResult, steps: Steps) -> Funnel | None:
    if not steps.came:
        return None
    t, lost = context.t, _lost(steps)
    counts = {"came": steps.came, "wrote": steps.wrote, "answered": steps.answered, "back": steps.back}
    if steps.of == "wrote":
        del counts["came"]
    stages = tuple(
        Stage(
            label=t.plain(f"funnel-stage-{name}"),
            value=count,
            note=t.plain("funnel-stage-share", share=percent(count / steps.came), of=steps.of)
            if place and steps.came >= ENOUGH
            else "",
        )
        for place, (name, count) in enumerate(counts.items())
    )
    if steps.came < ENOUGH:
        title = t.plain("funnel-few")
    else:
        title = t.plain("funnel-title-all") if lost is None else t.plain("funnel-title", step=lost[0], people=lost[1])
    day, since = said_day(context, found.until), said_day(context, steps.since)
    return Funnel(title=title, foot=t.plain("funnel-foot", of=steps.of, since=since, day=day), stages=stages)
