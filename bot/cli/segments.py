"""`kith segments`: groups of customers, from any table of transactions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.shared import bad_input, show
from core.domain.clock import SystemClock
from core.kit.texts import Texts

if TYPE_CHECKING:  # loads NumPy and scikit-learn
    from core.analysis.segments import Segment

_TEXTS = Texts("en")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def segments(
    source: Annotated[Path, typer.Option("--from", help="A CSV file: one row a transaction.")],
    customer: Annotated[str, typer.Option(help="The column that names the customer.")] = "customer",
    date: Annotated[str, typer.Option(help="The column with the day of the transaction.")] = "date",
    value: Annotated[str | None, typer.Option(help="A column with what it came to.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say which groups of customers there are, if there are any."""
    with bad_input():
        result = _segments(source, customer, date, value)
    show(result, as_json, _lines)


def _segments(source: Path, customer: str, date: str, value: str | None) -> dict[str, Any]:
    # NumPy and scikit-learn take a while to load: only when there is something to analyse.
    import numpy as np  # noqa: PLC0415

    from core.analysis.learn.features import read_dates  # noqa: PLC0415
    from core.analysis.segments import customers  # noqa: PLC0415
    from core.analysis.segments import segments as found_in  # noqa: PLC0415
    from core.files.table import read_table  # noqa: PLC0415

    table = read_table(source, [customer, date, *([value] if value else [])])
    who, names = table.numbered(customer), sorted(set(table.labels(customer)))
    days = read_dates(table, date, SystemClock().now().date())
    number = np.array([day.toordinal() for day in days])
    given = customers(who, number, table.numbers(value) if value else None, int(number.max()))
    found = found_in(given)
    return {
        "customers": len(names),
        "transactions": len(table.lines),
        "until": max(days).isoformat(),
        "reason": None if found else _TEXTS.plain("segments-none"),
        "aside": list(found[0].aside) if found else [],
        "segments": [_segment(each, names) for each in found],
    }


def _segment(each: Segment, names: list[str]) -> dict[str, Any]:
    words = [_TEXTS.plain(f"segments-{word}") for word in each.name]
    return {
        "name": _TEXTS.plain("list-comma").join(words) + (f" ({each.rank})" if each.rank > 1 else ""),
        "size": len(each.members),
        "stability": each.stability,
        "recency": each.recency,
        "frequency": each.frequency,
        "value": each.value,
        "customers": [names[member] for member in each.members.tolist()],
    }


def _lines(result: dict[str, Any]) -> list[str]:
    if result["reason"]:
        return [result["reason"]]
    columns = tuple(_TEXTS.plain(f"segments-column-{each}") for each in result["aside"])
    aside = [_TEXTS.plain("segments-aside", columns=columns)] if columns else []
    return aside + [
        _TEXTS.plain(
            "segments-row",
            name=each["name"],
            n=each["size"],
            recency=f"{each['recency']:.0f}",
            frequency=f"{each['frequency']:.1f}",
        )
        for each in result["segments"]
    ]
