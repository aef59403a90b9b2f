"""`kith retention`: who comes back, who stays and how long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

import typer

from bot.cli.shared import fail, show, with_store
from bot.settings import Settings
from core.domain.clock import SystemClock
from core.domain.errors import NotFound
from core.domain.retention_result import (
    DAYS,
    EVENTS,
    KINDS,
    OF,
    PERIODS,
    SILENT,
    CohortTable,
    RetentionResult,
    Share,
    Stay,
)
from core.engine.news import roll_up
from core.kit.communities import community_named
from core.kit.texts import counted
from core.store.unit import Store
from core.studies.retention import retention as study

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
_SHOWN = 12  # columns of a terminal's table
_TOLD = (30, 60, 90, 180, 365, 730)  # days of which lines speak; the whole curve is in the JSON


@app.command()
def retention(
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)],
    by: Annotated[str, typer.Option("--by", help="Cohorts of those who came in one week, or month.")] = "week",
    kind: Annotated[str, typer.Option("--kind", help="bounded, rolling or bracket.")] = "bounded",
    of: Annotated[
        str, typer.Option("--of", help="Whom: who joined, or who wrote; as the books allow if left out.")
    ] = "",
    event: Annotated[str, typer.Option("--event", help="What is coming back: present, wrote, took_part, opened.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say who comes back, who stays and how long."""
    for name, given, known in (("by", by, PERIODS), ("kind", kind, KINDS), ("of", of, OF), ("event", event, EVENTS)):
        if given not in known and (given or name in {"by", "kind"}):
            raise fail(f"--{name} takes {', '.join(known[:-1])} or {known[-1]}, not {given}")

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        found = await current(store, community)
        return told(found, community, by, kind, of or found.began(), event or "present")

    show(with_store(work), as_json, _lines)


async def current(store: Store, name: str) -> RetentionResult:
    """Return what is found of a community with everything counted up to now; raise NotFound where nobody is there."""
    async with store.read() as unit:
        community = await community_named(unit, name)
    await roll_up(store, community.id)
    found = await study.anew(store, community.id, SystemClock().now())
    if found is None:
        raise NotFound("retention-nobody", community=community.name)
    return found


def told(found: RetentionResult, name: str, by: str, kind: str, of: str, event: str) -> dict[str, Any]:
    """Return the figures as plain data; raise NotFound where nobody's stay begins so, or nobody ever did that."""
    table = found.table(of, event, by, kind)
    if table is None:
        some = any(each.of == of for each in found.tables)
        raise NotFound(f"retention-no-{event if some else of}", community=name)
    days = [each for each in found.days if (each.of, each.event) == (of, event)]
    return {
        "community": name,
        "since": _iso(found.since),
        "until": _iso(found.until),
        "by": by,
        "kind": kind,
        "of": of,
        "event": event,
        "people": found.people,
        "joined": found.joined,
        "wrote": found.wrote,
        "early": found.early,
        "ahead": found.ahead,
        "columns": [{"from": first, "to": last} for first, last in table.spans],
        "cohorts": [_cohort(table, row, found.until) for row in range(len(table.starts))],
        "mean": [_said(each) for each in table.mean],
        **{f"D{each.day}": {"bounded": _said(each.bounded), "rolling": _said(each.rolling)} for each in days},
        "return_rate": _said(found.returned),
        "groups": [{"by": each.what, "name": each.name, "D30": _said(each.rolling)} for each in found.groups],
        "survival": _survival(found.stay(of)),
        "funnel": [
            {name: getattr(each, name) for name in ("came", "wrote", "answered", "back", "back_unheard")}
            | {"lately": each.lately, "days_to_write": each.written, "days_to_answer": each.heard}
            for each in found.steps
            if each.of == of
        ],
    }


def _iso(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def _cohort(table: CohortTable, row: int, until: int) -> dict[str, Any]:
    columns = range(len(table.spans))
    return {
        "cohort": _iso(table.starts[row]),
        "size": table.sizes[row],
        "back": [table.back[row][i] if table.begun(row, i, until) else None for i in columns],
        "rates": table.shares(row, until),
        "running": [table.running(row, i, until) for i in columns],
    }


def _said(share: Share) -> dict[str, Any]:
    return {"back": share.count, "of": share.of, "share": share.share, "low": share.low, "high": share.high}


def _survival(stay: Stay) -> dict[str, Any]:
    names = ("day", "at_risk", "events", "survival", "low", "high")
    columns = (stay.days, stay.at_risk, stay.events, stay.share, stay.low, stay.high)
    median, low, high = stay.median
    return {
        "until": "leaving" if stay.of == "joined" else f"{SILENT} days of silence",
        "n": stay.people,
        "events": stay.gone,
        "late": stay.late,
        "left_out": stay.unseen + stay.broken_dates,
        "left_before_joining": stay.broken_dates,
        "broken": stay.broken,
        "median": median,
        "median_low": low,
        "median_high": high,
        "curve": [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)],
    }


def _lines(result: dict[str, Any]) -> list[str]:
    joined = result["of"] == "joined"
    who = f"{result['joined']:,} joined" if joined else f"{result['wrote']:,} wrote"
    lines = [
        f"{result['community']}, {result['since']} to {result['until']} (UTC): of {result['people']:,} people {who}",
        f"Back in the calendar month after their first message: {_rate(result['return_rate'])}",
        *(
            f"Day {day}: {_rate(each['bounded'])}; then or later {_rate(each['rolling'])}"
            for day, each in _days(result)
        ),
    ]
    if result["early"]:
        lines.append(f"{counted(result['early'], 'member')} came before the books begin, and are left out")
    lines.append("")
    heads = [_head(each, result) for each in result["columns"][:_SHOWN]]
    lines.append(f"{'':<10} {'people':>7} " + " ".join(f"{head:>8}" for head in heads))
    for cohort in result["cohorts"]:
        cells = zip(cohort["rates"][:_SHOWN], cohort["running"], strict=False)
        row = " ".join(f"{_percent(rate) + ('+' if running else ''):>8}" for rate, running in cells)
        lines.append(f"{cohort['cohort']:<10} {cohort['size']:>7,} {row}".rstrip())
    for name, key in (("mean", "share"), ("from", "low"), ("to", "high")):
        row = " ".join(f"{_percent(each[key]):>8}" for each in result["mean"][:_SHOWN])
        lines.append(f"{name:<10} {'':>7} {row}".rstrip())
    if any(any(each["running"]) for each in result["cohorts"]):
        lines.append("+ has not ended for all of them; the mean leaves it out")
    return [*lines, "", *_stayed(result["survival"])]


def _days(result: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return [(day, result[f"D{day}"]) for day in DAYS]


def _head(column: dict[str, int], result: dict[str, Any]) -> str:
    if result["kind"] != "bracket":
        return f"{result['by']} {column['from'] // (7 if result['by'] == 'week' else 30)}"
    return f"d {column['from']}" if column["from"] == column["to"] else f"d {column['from']}–{column['to']}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"


def _rate(share: dict[str, Any]) -> str:
    if share["share"] is None:
        return "too early to say"
    ends = f"{100 * share['low']:.1f} to {100 * share['high']:.1f}"
    return f"{share['back']:,} of {share['of']:,}, {100 * share['share']:.2f} % ({ends})"


def _stayed(survival: dict[str, Any]) -> list[str]:
    if not survival["n"]:
        return [f"Until {survival['until']}: nobody was watched for a day yet"]
    lines = [f"Until {survival['until']}: {survival['events']:,} of {counted(survival['n'], 'member')} went"]
    if survival["late"]:
        lines.append(f"{survival['late']:,} of them were watched only some time after they came")
    if survival["left_before_joining"]:
        lines.append(f"{survival['left_before_joining']:,} left before they joined, and are left out")
    if survival["median"] is not None:
        lines.append(f"Half stay longer than {survival['median']:g} days")
    last = survival["curve"][-1]["day"]
    for day in (each for each in _TOLD if each <= last):
        row = next((each for each in reversed(survival["curve"]) if each["day"] <= day), None)
        if row is not None:
            share, low, high = (f"{100 * row[name]:.1f} %" for name in ("survival", "low", "high"))
            lines.append(f"after {day:>4} days  {share:>7}  ({low} to {high})")
    return lines
