"""How long people stay: a curve of who is still there, and what is said of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Literal

from core.domain.message import Reply
from core.domain.pictures import Chart, Series
from core.domain.retention_result import SILENT, RetentionResult, Stay
from core.kit import Context, Markup, Rights, Work, action
from core.kit.charts import chart
from core.kit.words import percent
from core.studies.retention import retention as study

TOLD = (30, 90, 365)  # days of which something is said
LONGEST = 730
POINTS = 180


@action(rights=Rights.MODERATOR)
async def staying(context: Context, of: Literal["joined", "wrote"]) -> Reply | Work:
    """Show how long people stay."""

    async def told(context: Context, found: RetentionResult) -> Reply:
        return answer(context, found, of)

    return await study.read(context, "retention", told)


def answer(context: Context, found: RetentionResult, of: str) -> Reply:
    """Return how long people stay in words, with the curve."""
    stay = found.stay(of)
    back = (context.button(context.t.plain("retention-back"), "retention", of=of),)
    others = [other for other in ("joined", "wrote") if other != of and found.stay(other).people]
    switch = tuple(context.button(context.t.plain(f"survival-of-{other}"), staying, of=other) for other in others)
    return Reply(Markup("\n".join(_lines(context, stay))), ((*switch, *back),), picture=_curve(context, found, stay))


@chart(study=study)
def survival(context: Context, found: RetentionResult) -> Chart | None:
    """Return how long people stay, None where nobody has gone yet."""
    return _curve(context, found, found.stay(found.began()))


def _lines(context: Context, stay: Stay) -> Iterator[Markup]:
    t = context.t
    if not stay.people:
        yield t("survival-nobody", of=stay.of)
    elif not stay.gone:
        yield t("survival-all-there", of=stay.of, people=stay.people)
    else:
        yield t("survival-head", of=stay.of, people=stay.people, gone=stay.gone, silent=SILENT)
        for day in TOLD:
            if day <= _horizon(stay) and (found := _at(stay, day)) is not None:
                share, low, high = (percent(each) for each in found)
                yield t("survival-after", of=stay.of, day=day, share=share, low=low, high=high)
        median = stay.median[0]
        yield t("survival-half", day=round(median)) if median is not None else t("survival-more-than-half")
    if stay.broken:
        yield t("survival-curve-broken")
    if stay.late:
        yield t("survival-late", count=stay.late)
    if stay.unseen:
        yield t("survival-unseen", count=stay.unseen)
    if stay.broken_dates:
        yield t("survival-before-joining", count=stay.broken_dates)


def _horizon(stay: Stay) -> int:
    """Return the last day of which a curve speaks: beyond, too few are watched."""
    return min(stay.watched or stay.days[-1], LONGEST)


def _at(stay: Stay, day: int) -> tuple[float, float, float] | None:
    """Return who is there after a day with the interval, None before anybody went."""
    place = bisect_right(stay.days, day) - 1
    return None if place < 0 else (stay.share[place], stay.low[place], stay.high[place])


def _curve(context: Context, found: RetentionResult, stay: Stay) -> Chart | None:
    """Return the curve with its interval, None where nobody has gone."""
    if not stay.gone or not (horizon := _horizon(stay)):
        return None
    t = context.t
    days = range(0, horizon + 1, horizon // POINTS + 1)
    points = [_at(stay, day) or (1.0, 1.0, 1.0) for day in days]
    values, low, high = (tuple(round(100 * point[i], 1) for point in points) for i in range(3))
    told = max((day for day in TOLD if day <= horizon), default=horizon)
    share, *_ = _at(stay, told) or (1.0,)
    until = t.day(date(1970, 1, 1) + timedelta(days=found.until), today=context.now.astimezone(UTC).date())
    return Chart(
        title=t.plain("survival-title", of=stay.of, share=percent(share), day=told),
        foot=t.plain("survival-foot", of=stay.of, people=stay.people, late=stay.late, silent=SILENT, day=until),
        kind="steps",
        x=tuple(t.plain("survival-day", day=day) for day in days),
        series=(Series(label=t.plain("survival-series", of=stay.of), values=values, low=low, high=high),),
        unit=t.plain("percent-sign"),
    )
