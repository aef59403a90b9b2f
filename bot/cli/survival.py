"""`kith survival`: how long people stay, from any table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.shared import bad_input, show
from core.domain.errors import BadInput
from core.kit.texts import Texts

_TEXTS = Texts("en")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def survival(
    source: Annotated[Path, typer.Option("--from", help="A CSV file: one row a person.")],
    duration: Annotated[str, typer.Option(help="The column with how long somebody stayed, or was seen so far.")],
    event: Annotated[str, typer.Option(help="The column with 1 where they left, 0 where they are still there.")],
    entry: Annotated[str | None, typer.Option(help="A column with the time from which on they were seen.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say how long people stay."""
    with bad_input():
        result = _survival(source, duration, event, entry)
    show(result, as_json, _lines)


def _survival(source: Path, duration: str, event: str, entry: str | None) -> dict[str, Any]:
    # NumPy and SciPy take a while to load: only when there is something to analyse.
    from core.analysis.survival import kaplan_meier  # noqa: PLC0415
    from core.files.table import read_table  # noqa: PLC0415

    table = read_table(source, [duration, event, *([entry] if entry else [])])
    table.labels(event)
    ends, begins = table.numbers(duration), table.numbers(entry) if entry else None
    for place, line in enumerate(table.lines):
        if ends[place] < 0:
            raise BadInput("survival-row-negative", file=table.name, line=line, column=duration)
        if begins is not None and begins[place] > ends[place]:
            raise BadInput("survival-row-order", file=table.name, line=line, entry=entry, duration=duration)
    found = kaplan_meier(ends, table.flags(event), begins)
    median, median_low, median_high = found.median()
    columns = (found.times, found.at_risk, found.events, found.share, found.low, found.high)
    names = ("time", "at_risk", "events", "survival", "low", "high")
    rows = zip(*(column.tolist() for column in columns), strict=True)
    warnings = [_TEXTS.plain("survival-left-out", count=found.left_out)] if found.left_out else []
    warnings += [_TEXTS.plain("survival-broken")] if found.broken else []
    events = int(found.events.sum())
    return {
        "n": found.n,
        "events": events,
        "censored": found.n - events,
        "median": median,
        "median_low": median_low,
        "median_high": median_high,
        "curve": [dict(zip(names, row, strict=True)) for row in rows],
        "warnings": warnings,
    }


def _lines(result: dict[str, Any]) -> list[str]:
    lines = [*result["warnings"], _TEXTS.plain("survival-people", n=result["n"], events=result["events"])]
    if result["median"] is None:
        lines.append(_TEXTS.plain("survival-median-none"))
    else:
        lines.append(_TEXTS.plain("survival-median", time=f"{result['median']:g}"))
    for row in result["curve"]:
        if row["events"]:
            share, low, high = (f"{100 * row[name]:.1f} %" for name in ("survival", "low", "high"))
            lines.append(_TEXTS.plain("survival-row", time=f"{row['time']:g}", share=share, low=low, high=high))
    return lines
