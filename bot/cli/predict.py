"""`kith predict`: what a learned model says of each row of a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.shared import bad_input, show
from core.domain.clock import SystemClock
from core.domain.errors import BadInput
from core.kit.texts import Texts

if TYPE_CHECKING:  # loads NumPy
    from core.analysis.learn.features import Feature

_TEXTS = Texts("en")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def predict(
    model: Annotated[Path, typer.Option(help="What `kith learn --out` wrote.")],
    source: Annotated[Path, typer.Option("--from", help="A CSV file with the columns that the model learned from.")],
    id_: Annotated[str | None, typer.Option("--id", help="The column that names the person.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say how likely each row is, and why."""
    with bad_input():
        result = _predict(model, source, id_)
    show(result, as_json, _lines)


def _predict(path: Path, source: Path, name: str | None) -> dict[str, Any]:
    # NumPy takes a while to load: only when there is something to predict.
    from core.analysis.learn import predict_table, read_model  # noqa: PLC0415
    from core.files.table import read_table  # noqa: PLC0415

    model = read_model(path)
    table = read_table(source)
    if name is not None and name not in table.columns:
        raise BadInput("table-no-column", file=table.name, column=name, columns=tuple(table.columns))
    chances, rows = predict_table(model, table, SystemClock().now().date())
    names = table.columns[name] if name else [str(line) for line in table.lines]
    predictions = [
        {
            "id": names[place],
            "line": table.lines[place],
            "probability": chance,
            "reasons": [
                _reason(feature, table.columns[feature.column][place], part)
                for feature, part in model.reasons(rows[place])
            ],
        }
        for place, chance in enumerate(chances.tolist())
    ]
    return {
        "label": model.label,
        "served": model.served,
        "base_rate": model.base_rate,
        "predictions": predictions,
    }


def _reason(feature: Feature, cell: str, part: float) -> dict[str, Any]:
    given = {"column": feature.column, "cell": cell or "–"}
    text = _TEXTS.plain("learn-reason-raises" if part > 0 else "learn-reason-lowers", **given)
    return {"feature": feature.name, "value": cell, "part": part, "text": text}


def _lines(result: dict[str, Any]) -> list[str]:
    base = f"{100 * result['base_rate']:.1f} %"
    lines = [_TEXTS.plain("learn-base", label=result["label"], base=base)]
    for each in result["predictions"]:
        reasons = "; ".join(reason["text"] for reason in each["reasons"])
        chance = f"{100 * each['probability']:.1f} %"
        lines.append(_TEXTS.plain("learn-row", id=each["id"], chance=chance, reasons=reasons))
    return lines
