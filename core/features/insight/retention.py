"""/retention: who comes back, by the week or month in which they came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from typing import Literal, get_args

from core.domain.message import Reply
from core.domain.network_result import ENOUGH
from core.domain.pictures import Cells
from core.domain.retention_result import CohortTable, DayShare, GroupShare, RetentionResult, Share
from core.features.insight.survival import staying
from core.kit import Context, Markup, Rights, Work, command
from core.kit.charts import chart
from core.kit.words import Rows, percent, tier_name
from core.studies.network_view import circle_names
from core.studies.retention import retention as study

By = Literal["week", "month"]
Kind = Literal["bounded", "rolling", "bracket"]
Of = Literal["joined", "wrote"]
Event = Literal["present", "wrote", "took_part", "opened"]
SHOWN = 30  # cohorts of a picture, the newest
MOST = 5  # groups of which something is said
TELLING = 30  # people of whom the last mean is told


@dataclass(frozen=True, slots=True)
class Asked:
    """Which table is wanted."""

    by: str = "week"
    kind: str = "bounded"
    of: str = "joined"
    event: str = "present"

    def options(self) -> dict[str, str]:
        """Return what the command is called with for it."""
        return {"by": self.by, "kind": self.kind, "of": self.of, "event": self.event}


@command(name="retention", rights=Rights.MODERATOR)
async def who_comes_back(
    context: Context, by: By | None = None, kind: Kind = "bounded", of: Of | None = None, event: Event = "present"
) -> Reply | Work:
    """Show who comes back, by the week or month in which they came."""

    async def told(context: Context, found: RetentionResult) -> Reply:
        since = of or found.began()
        asked = Asked(by or _rhythm(found, since, event), kind, since, event)
        return answer(context, found, asked, await circle_names(context))

    return await study.read(context, "retention", told, by=by, kind=kind, of=of, event=event)


def answer(context: Context, found: RetentionResult, asked: Asked, circles: Mapping[int, str]) -> Reply:
    """Return the figures in words, with the table as a picture; `circles` says what those of today are called."""
    buttons = _buttons(context, found, asked)
    table = found.table(asked.of, asked.event, asked.by, asked.kind)
    if table is None:
        some = any(each.of == asked.of for each in found.tables)
        key = f"retention-no-{asked.event if some else asked.of}"
        return Reply(context.t(key, community=context.community.name), buttons)
    lines = [_head(context, found, table), *_days(context, found, table), *_means(context, table)]
    lines += [*_returned(context, found), *_groups(context, found, circles), *_counted(context, found, table)]
    return Reply(Markup("\n".join(lines)), buttons, picture=_cells(context, found, table))


@chart(study=study)
def retention(context: Context, found: RetentionResult) -> Cells | None:
    """Return who comes back, week by week or, where too few came in each, by month; None where nobody could yet."""
    of = found.began()
    asked = Asked(of=of, by=_rhythm(found, of))
    table = found.table(asked.of, asked.event, asked.by, asked.kind)
    return None if table is None else _cells(context, found, table)


def _rhythm(found: RetentionResult, of: str, event: str = "present") -> str:
    """Return by what cohorts are drawn: weeks, unless five people came in some month and in no week."""
    tables = {by: found.table(of, event, by, "bounded") for by in get_args(By)}
    drawn = [by for by, table in tables.items() if table is not None and max(table.sizes, default=0) >= ENOUGH]
    return next(iter(drawn), "week")


def day_of(number: int) -> date:
    """Return a UTC day as a date."""
    return date(1970, 1, 1) + timedelta(days=number)


def said_day(context: Context, number: int) -> str:
    """Return a UTC day as people write it."""
    return context.t.day(day_of(number), today=context.now.astimezone(UTC).date())


def _head(context: Context, found: RetentionResult, table: CohortTable) -> Markup:
    people, day = sum(table.sizes), said_day(context, found.until)
    return context.t("retention-head", people=people, of=table.of, day=day)


def _counted(context: Context, found: RetentionResult, table: CohortTable) -> Iterator[Markup]:
    """Yield what counts as coming back, and who is left out."""
    yield context.t("retention-event", event=table.event)
    unknown = found.people - found.joined - found.early - found.ahead
    if table.of == "joined" and unknown:
        yield context.t("retention-unknown", count=unknown)
    if found.early:
        yield context.t("retention-before", count=found.early, day=said_day(context, found.since))
    if table.of == "joined" and found.ahead:
        yield context.t("retention-ahead", count=found.ahead)


def _days(context: Context, found: RetentionResult, table: CohortTable) -> Iterator[Markup]:
    days = [each for each in found.days if (each.of, each.event) == (table.of, table.event)]
    yield from (_day(context, each) for each in days)


def _day(context: Context, found: DayShare) -> Markup:
    if found.bounded.share is None or found.rolling.share is None:
        return context.t("retention-day-early", day=found.day)
    if found.bounded.of < ENOUGH:
        return context.t("retention-day-few", day=found.day, of=found.bounded.of)
    return context.t(
        "retention-day", day=found.day, later=percent(found.rolling.share), of=found.bounded.of, **_ends(found.bounded)
    )


def _ends(share: Share) -> dict[str, int]:
    low, high = (round(100 * (end or 0)) for end in (share.low, share.high))
    return {"share": percent(share.share or 0), "low": low, "high": max(high, percent(share.share or 0))}


def _known(table: CohortTable) -> list[int]:
    """Return the first column behind the stay's beginning that has a mean, and the last that has one of many people.

    Brackets differ in length, so that their shares say nothing beside each other: there is the first alone.
    """
    known = [i for i in range(1, len(table.spans)) if table.mean[i].of >= ENOUGH]
    last = [i for i in known[1:] if table.mean[i].of >= TELLING and table.kind != "bracket"]
    return [*known[:1], *last[-1:]]


def _means(context: Context, table: CohortTable) -> Iterator[Markup]:
    known = _known(table)
    if not known:
        yield context.t("retention-early", by=table.by)
    for i in known:
        span = _span(context, table, i)
        yield context.t("retention-mean-line", span=span, of=table.mean[i].of, **_ends(table.mean[i]))


def _returned(context: Context, found: RetentionResult) -> Iterator[Markup]:
    if found.returned.of >= ENOUGH:
        yield context.t("retention-returned", count=found.returned.count, of=found.returned.of, **_ends(found.returned))


def _groups(context: Context, found: RetentionResult, circles: Mapping[int, str]) -> Iterator[Markup]:
    for what in ("source", "tier", "circle"):
        some = sorted((each for each in found.groups if each.what == what), key=lambda each: -each.rolling.of)[:MOST]
        if len(some) < 2:
            continue  # nothing to compare
        said = tuple(
            context.t(
                "retention-group",
                name=_group_name(context, each, circles),
                share=percent(each.rolling.share or 0),
                of=each.rolling.of,
            )
            for each in some
        )
        yield context.t("retention-groups", what=what, groups=context.t.listed(said))


def _group_name(context: Context, group: GroupShare, circles: Mapping[int, str]) -> str:
    if group.what == "tier":
        tiers = context.community.settings.tiers
        return tier_name(context.t, tiers[min(int(group.name), len(tiers) - 1)])
    if group.what == "circle":
        return circles.get(int(group.name)) or context.t.plain("retention-circle-gone", number=group.name)
    return group.name


def _span(context: Context, table: CohortTable, column: int) -> str:
    """Return the days of a column in words."""
    first, last = table.spans[column]
    return context.t.plain(
        "retention-span", by=table.by, kind=table.kind, number=column, first=first, last=last, one=_one(first, last)
    )


def _one(first: int, last: int) -> str:
    return "yes" if first == last else "no"


def _cells(context: Context, found: RetentionResult, table: CohortTable) -> Cells | None:
    """Return the newest cohorts of five people or more with the mean of all above them; None where there is neither."""
    t, columns = context.t, range(1, len(table.spans))
    if not columns:
        return None  # nobody could have come back yet
    begun = [row for row in range(len(table.starts)) if table.begun(row, 1, found.until)]
    small = [row for row in begun if table.sizes[row] < ENOUGH]
    begun = [row for row in begun if table.sizes[row] >= ENOUGH]
    shown = begun[-SHOWN:]
    shares = [[table.share(row, column, found.until) for column in columns] for row in shown]
    running = tuple(tuple(table.running(row, column, found.until) for column in columns) for row in shown)
    mean = [table.mean[column].share if table.mean[column].of >= ENOUGH else None for column in columns]
    if not begun and not any(share is not None for share in mean):
        return None
    return Cells(
        title=_title(context, table),
        foot=_foot(context, found, table, rows=len(begun), small=len(small), marked=any(map(any, running))),
        x=tuple(_label(context, table, column) for column in columns),
        y=(t.plain("retention-mean"), *(_cohort(context, table, row) for row in shown)),
        values=tuple(tuple(None if share is None else percent(share) for share in row) for row in (mean, *shares)),
        unit=t.plain("percent-sign"),
        marked=((False,) * len(columns), *running),
        mark=t.plain("retention-running"),
    )


def _title(context: Context, table: CohortTable) -> str:
    known = _known(table)
    if not known:
        return context.t.plain("retention-title-early", by=table.by)
    first, last = known[0], known[-1]
    return context.t.plain(
        "retention-title",
        of=table.of,
        event=table.event,
        share=percent(table.mean[first].share or 0),
        span=_span(context, table, first),
        more="no" if first == last else "yes",
        last=percent(table.mean[last].share or 0),
        lastspan=_span(context, table, last),
    )


def _foot(context: Context, found: RetentionResult, table: CohortTable, *, rows: int, small: int, marked: bool) -> str:
    t = context.t
    parts = [t.plain("retention-foot", people=sum(table.sizes), of=table.of, by=table.by, kind=table.kind)]
    parts += [t.plain("retention-foot-newest", shown=SHOWN, cohorts=rows)] if rows > SHOWN else []
    parts += [t.plain("retention-foot-small", cohorts=small)] if small else []
    parts += [t.plain("retention-foot-outlined")] if marked else []
    return " · ".join([*parts, t.plain("retention-foot-until", day=said_day(context, found.until))])


def _label(context: Context, table: CohortTable, column: int) -> str:
    first, last = table.spans[column]
    if table.kind != "bracket":
        return context.t.plain("retention-column", by=table.by, number=column)
    return context.t.plain("retention-column-days", first=first, last=last, one=_one(first, last))


def _cohort(context: Context, table: CohortTable, row: int) -> str:
    """Return what a cohort is called, with its size."""
    t, day = context.t, day_of(table.starts[row])
    today = context.now.astimezone(UTC).date()
    name = t.day(day, today=today, short=True)
    if table.by == "month":
        name = t.plain("retention-month", month=t.months()[day.month - 1], year=str(day.year))
    return f"{name} · {table.sizes[row]:,}"


def _buttons(context: Context, found: RetentionResult, asked: Asked) -> Rows:
    """Return buttons to the tables beside this one, and to how long people stay."""
    has = {(each.of, each.event) for each in found.tables}
    first = [replace(asked, by=by) for by in get_args(By) if by != asked.by]
    first += [replace(asked, of=of) for of in get_args(Of) if of != asked.of and (of, asked.event) in has]
    kinds = [replace(asked, kind=kind) for kind in get_args(Kind) if kind != asked.kind]
    events = [replace(asked, event=it) for it in get_args(Event) if it != asked.event and (asked.of, it) in has]
    stay = context.button(context.t.plain("retention-stay"), staying, of=asked.of)
    rows = [
        tuple(
            context.button(
                _named(context, asked, each), "retention", by=each.by, kind=each.kind, of=each.of, event=each.event
            )
            for each in some
        )
        for some in (first, kinds, events)
    ]
    return tuple(row for row in (*rows[:1], *rows[1:], (stay,)) if row)


def _named(context: Context, asked: Asked, other: Asked) -> str:
    """Return what a button to another table is called: by what is other about it."""
    name = next(name for name in asked.options() if asked.options()[name] != other.options()[name])
    return context.t.plain(f"retention-{name}-{other.options()[name]}")
