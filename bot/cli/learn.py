"""`kith learn`: who will do something, learned from any table."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.shared import bad_input, show
from core.domain.clock import SystemClock
from core.domain.errors import BadInput
from core.kit.texts import Texts

if TYPE_CHECKING:  # loads NumPy and scikit-learn
    from core.analysis.learn import FromTable, Model

_TEXTS = Texts("en")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def learn(
    source: Annotated[Path, typer.Option("--from", help="A CSV file: one row a person, or a person and date.")],
    label: Annotated[str, typer.Option(help="The column to foretell: 0 and 1, or no and yes.")],
    id_: Annotated[str | None, typer.Option("--id", help="The column that names the person.")] = None,
    date_: Annotated[
        str | None, typer.Option("--date", help="The column with the day by which a row's other columns were known.")
    ] = None,
    test_from: Annotated[str | None, typer.Option(help="The first day of the rows that judge the model.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write the model.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Learn who will do something, and say how far to trust it."""
    with bad_input():
        result = _learn(source, label, id_, date_, _day(test_from), out)
    show(result, as_json, _lines)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise BadInput("learn-test-from", text=text[:40] if text else "") from None


def _learn(
    source: Path, label: str, name: str | None, dates: str | None, test_from: date | None, out: Path | None
) -> dict[str, Any]:
    # NumPy and scikit-learn take a while to load: only when there is something to learn.
    from core.analysis.learn import learn_table  # noqa: PLC0415
    from core.files.table import read_table  # noqa: PLC0415

    if test_from is not None and dates is None:
        raise BadInput("learn-test-without-date")
    table = read_table(source)
    for column in (each for each in (label, name, dates) if each is not None):
        if column not in table.columns:
            raise BadInput("table-no-column", file=table.name, column=column, columns=tuple(table.columns))
    drop = [name] if name else []
    today = SystemClock().now().date()
    found = learn_table(table, label, drop=drop, dates=dates, test_from=test_from, today=today)
    model = found.learned.model
    if out is not None and model is not None:
        model.write(out)
    return _result(found, written=str(out) if out is not None and model is not None else None)


def _result(found: FromTable, written: str | None) -> dict[str, Any]:
    learned = found.learned
    chosen = asdict(learned.chosen) if learned.chosen else {}
    figures = ("auc", "brier", "brier_base", "ece", "ece_floor", "slope", "spiegelhalter_p", "calibrated")
    return {
        "n": found.n,
        "served": learned.model.served if learned.model else None,
        "reason": _TEXTS.plain(f"learn-not-{learned.reason}") if learned.reason else None,
        "base_rate": learned.base_rate,
        **{name: chosen.get(name) for name in figures},
        "logistic": asdict(learned.logistic) if learned.logistic else None,
        "boosting": asdict(learned.boosting) if learned.boosting else None,
        "features": _features(learned.candidate) if learned.candidate else [],
        "left_out": [asdict(each) for each in found.left_out],
        "calibrated_from": found.later_from.isoformat() if found.later_from else None,
        "test_from": found.test_from.isoformat() if found.test_from else None,
        "model": written,
    }


def _features(model: Model) -> list[dict[str, Any]]:
    pairs = zip(model.features, model.weights.tolist(), strict=True)
    found = [
        {"name": each.name, "coefficient": weight, "mean": each.mean, "spread": each.spread} for each, weight in pairs
    ]
    return sorted(found, key=lambda each: -abs(each["coefficient"]))


def _lines(result: dict[str, Any]) -> list[str]:
    if result["auc"] is None:
        return [result["reason"]]
    base = f"{100 * result['base_rate']:.1f} %"
    lines = [result["reason"] or _TEXTS.plain("learn-served", model=result["served"], base=base)]
    figures = {name: f"{result[name]:.3f}" for name in ("auc", "brier", "brier_base", "ece", "ece_floor")}
    lines.append(_TEXTS.plain("learn-figures", **figures))
    lines.append(_TEXTS.plain("learn-calibrated" if result["calibrated"] else "learn-uncalibrated"))
    lines += [
        _TEXTS.plain("learn-feature", name=each["name"], weight=f"{each['coefficient']:+.2f}")
        for each in result["features"][:10]
    ]
    return lines
