"""/segments: which groups of members are alike, what marks each, who moved since last month, and who is in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from core.domain.errors import NotFound
from core.domain.message import Reply
from core.domain.network_result import ENOUGH
from core.domain.people import Rights, present
from core.domain.pictures import Cells, Chart, Series
from core.domain.plans import said_amount
from core.domain.segments import FEWEST, Move, SegmentFigures, SegmentsResult, Worth
from core.kit import Context, Markup, Work, command
from core.kit.charts import chart
from core.kit.consent import personal
from core.kit.suggesting import Suggest, Suggestion
from core.kit.words import one_of
from core.studies.network_view import day_of
from core.studies.segments import segments as study
from core.studies.segments_view import is_called, segment_name, segments_there

NAMED = 20
MOVES = 6
ROUND = 5  # to which those who moved are rounded, so that sums give no small count away
_IN_A_ROW = 2


async def _names(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    return [Suggestion(segment_name(context.t, each), each.value) for each in await segments_there(context)]


@command(rights=Rights.MODERATOR, private=True)
async def segments(context: Context, segment: Annotated[str, Suggest(_names)] | None = None) -> Reply | Work:
    """Show the groups of members, what marks each and who moved, or one of them."""

    async def answer(context: Context, result: SegmentsResult) -> Reply:
        return _all(context, result) if segment is None else await _one(context, result, segment)

    return await study.read(context, "segments", answer, segment=segment)


def _all(context: Context, result: SegmentsResult) -> Reply:
    t, day = context.t, _day(context, result)
    if result.people < FEWEST:
        return Reply(t("segments-few", people=result.people, needed=FEWEST, day=day))
    if not result.segments:
        return Reply(t("segments-unstable", people=result.people, day=day))
    lines = [t("segments-title", people=_people(result), day=day)]
    lines += [_line(context, result, each) for each in result.segments]
    lines += [t(f"segments-worth-{result.worth or 'nothing'}"), *_aside(context, result), *_moved(context, result)]
    buttons = [
        context.button(segment_name(t, each.segment), segments, segment=each.segment.value) for each in result.segments
    ]
    rows = one_of(t.plain("segments-which"), buttons, _IN_A_ROW)
    return Reply(Markup("\n".join(lines)), rows, picture=_sizes(context, result))


def _people(result: SegmentsResult) -> int:
    """Return how many people there are, rounded where the sizes of the others would say how many are in a small one."""
    return _rounded(result.people) if any(each.size < ENOUGH for each in result.segments) else result.people


def _rounded(count: int) -> int:
    return ROUND * round(count / ROUND)


def _day(context: Context, result: SegmentsResult) -> str:
    return context.t.day(day_of(result.until), today=context.now.date())


def _month(context: Context, result: SegmentsResult) -> str:
    year, month = result.before.split("-")
    return context.t.plain("retention-month", month=context.t.months()[int(month) - 1], year=year)


def _line(context: Context, result: SegmentsResult, found: SegmentFigures) -> Markup:
    t, name = context.t, segment_name(context.t, found.segment)
    if found.size < ENOUGH:
        return t("segments-small", name=name)
    marks = t("segments-marks", recency=round(found.recency), frequency=round(found.frequency))
    worth = _worth(context, result, found)
    return t("segments-line", name=name, size=found.size, marks=marks, worth=worth, known="yes" if worth else "no")


def _worth(context: Context, result: SegmentsResult, found: SegmentFigures) -> str:
    """Return what a median member is worth; of money that is the owners' to know, as the books are."""
    if result.worth is None or (result.worth is Worth.MONEY and not context.rights.covers(Rights.OWNER)):
        return ""
    amount = said_amount(round(found.value), result.currency) if result.worth is Worth.MONEY else ""
    return context.t.plain(f"segments-value-{result.worth}", amount=amount, count=round(found.value))


def _aside(context: Context, result: SegmentsResult) -> list[Markup]:
    t = context.t
    columns = tuple(t.plain(f"segments-column-{each}") for each in result.aside)
    return [t("segments-aside", columns=columns)] if columns else []


def _moved(context: Context, result: SegmentsResult) -> list[Markup]:
    t = context.t
    if not result.before:
        return [t("segments-first")]
    shown = _said_moves(result)[:MOVES]
    if not shown:
        return [t("segments-nobody-moved", month=_month(context, result))]
    return [
        t("segments-moved", month=_month(context, result)),
        *(
            t(
                "segments-move",
                before=segment_name(t, each.before),
                now=segment_name(t, each.now),
                count=_rounded(each.count),
            )
            for each in shown
        ),
    ]


def _said_moves(result: SegmentsResult) -> list[Move]:
    return [each for each in result.moved if each.count >= ENOUGH]


async def _one(context: Context, result: SegmentsResult, raw: str) -> Reply:
    """Return what marks a segment, and of its people the names of who agreed to it."""
    t = context.t
    found = next((each for each in result.segments if is_called(each.segment, raw)), None)
    if found is None:
        there = tuple(segment_name(t, each.segment) for each in result.segments)
        raise NotFound("segments-unknown", given=raw[:40], segments=there, count=len(there))
    ids = await context.unit.segments.members(context.community.id, result.month, found.segment)
    people = [each for each in (await context.unit.members.many(ids)).values() if present(each)]
    named = sorted((each.name for each in personal(people) if each.name), key=str.casefold)
    # Who isn't named is never one of fewer than five: those would be known by who is.
    hidden = found.size - len(named)
    shown = named[: min(NAMED, max(found.size - ENOUGH, 0))] if hidden else named[:NAMED]
    lines = [
        _line(context, result, found),
        t("segments-about", about=t(f"segment-about-{_key(found)}")),
    ]
    if shown:
        listed = t.plain("list-comma").join(shown)
        lines.append(t("segments-named", names=listed, others=found.size - len(shown)))
    else:
        lines.append(t("segments-unnamed"))
    lines.append(t("segments-whom", word=found.segment.value))
    back = context.button(t.plain("button-back"), segments)
    return Reply(Markup("\n".join(lines)), ((back,),))


def _key(found: SegmentFigures) -> str:
    return found.segment.value.replace("_", "-")


@chart(study=study)
def segment_sizes(context: Context, result: SegmentsResult) -> Chart | None:
    """Show how many are in each segment, of those with five people."""
    return _sizes(context, result)


def _sizes(context: Context, result: SegmentsResult) -> Chart | None:
    t = context.t
    shown = [each for each in result.segments if each.size >= ENOUGH]
    if not shown:
        return None
    largest = max(shown, key=lambda each: each.size)
    people = _people(result)
    return Chart(
        title=t.plain("segments-chart-title", name=segment_name(t, largest.segment), size=largest.size, people=people),
        foot=t.plain("segments-chart-foot", people=people, day=_day(context, result)),
        kind="bar",
        x=tuple(segment_name(t, each.segment) for each in shown),
        series=(Series(label=t.plain("segments-chart-people"), values=tuple(float(each.size) for each in shown)),),
    )


@chart(study=study)
def segment_moves(context: Context, result: SegmentsResult) -> Cells | None:
    """Show how many went from which segment to which since last month, in fives; no fewer than five."""
    t, shown = context.t, _said_moves(result)
    if not shown:
        return None
    counts = {(each.before, each.now): float(_rounded(each.count)) for each in shown}
    rows, columns = ([each for each in type(shown[0].now) if each in some] for some in zip(*counts, strict=True))
    most = shown[0]
    return Cells(
        title=t.plain(
            "segments-moves-title",
            before=segment_name(t, most.before),
            now=segment_name(t, most.now),
            count=_rounded(most.count),
        ),
        foot=t.plain("segments-moves-foot", month=_month(context, result), day=_day(context, result)),
        x=tuple(segment_name(t, each) for each in columns),
        y=tuple(segment_name(t, each) for each in rows),
        values=tuple(tuple(counts.get((row, column)) for column in columns) for row in rows),
    )
