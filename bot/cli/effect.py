"""`kith effect`: what an experiment or a change shows, from any table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.shared import bad_input, show
from core.domain.errors import BadInput
from core.kit.texts import Texts

if TYPE_CHECKING:  # loads NumPy and SciPy
    from core.analysis.effect import Comparison, Experiment

CONTROLS = {"control", "holdout", "none", "no", "0", "false"}  # what tables call the arm that got nothing
_TEXTS = Texts("en")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def effect(  # noqa: PLR0913, PLR0917  each is an option
    source: Annotated[Path | None, typer.Option("--from", help="A CSV file: one row a unit of an experiment.")] = None,
    arm: Annotated[str, typer.Option(help="The column that names the arm.")] = "arm",
    outcome: Annotated[str, typer.Option(help="The column with the outcome: a number, or 0 and 1.")] = "outcome",
    pre: Annotated[str | None, typer.Option(help="A column with the outcome before the start.")] = None,
    control: Annotated[str | None, typer.Option(help="The arm to compare with.")] = None,
    time: Annotated[str | None, typer.Option(help="A column with the time: of a panel, or of an outcome.")] = None,
    cluster: Annotated[str | None, typer.Option(help="The column that names who was drawn, of several rows.")] = None,
    split: Annotated[str | None, typer.Option(help="How the draw was to be, as in “treated=9,control=1”.")] = None,
    observational: Annotated[bool, typer.Option(help="Nothing was drawn at random.")] = False,
    panel: Annotated[Path | None, typer.Option(help="A CSV file: one row a unit and time.")] = None,
    unit: Annotated[str, typer.Option(help="A panel's column that names the unit.")] = "unit",
    treated: Annotated[str, typer.Option(help="A panel's column with 1 while the unit is treated.")] = "treated",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what an experiment changed, or a change beside others alike."""
    with bad_input():
        if (source is None) == (panel is None):
            raise BadInput("effect-from-or-panel")
        if panel is not None:
            result = _of_panel(panel, unit, time or "time", treated, outcome)
        else:
            columns = Columns(arm=arm, outcome=outcome, pre=pre, time=time, cluster=cluster)
            result = _of_table(Path(source or ""), columns, control, _shares(split), observational)
    show(result, as_json, _lines)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where an experiment's table holds what."""

    arm: str
    outcome: str
    pre: str | None
    time: str | None
    cluster: str | None

    def names(self) -> list[str]:
        """Return the columns to read."""
        return [name for name in asdict(self).values() if name]


def _of_table(
    path: Path, columns: Columns, control: str | None, shares: dict[str, float] | None, observational: bool
) -> dict[str, Any]:
    # NumPy and SciPy take a while to load: only when there is something to analyse.
    from core.analysis.effect import experiment  # noqa: PLC0415
    from core.files.table import read_table  # noqa: PLC0415

    table = read_table(path, columns.names())
    arms = table.labels(columns.arm)
    names = sorted(set(arms))
    chosen = _control(names, control)
    if len(names) < 2 or min(map(arms.count, names)) < 2:
        raise BadInput("effect-too-few", column=columns.arm)
    if shares is not None and set(shares) != set(names):
        raise BadInput("effect-split", arms=tuple(names))
    outcome = table.numbers(columns.outcome)
    found = experiment(
        arms,
        outcome,
        control=chosen,
        pre=table.numbers(columns.pre) if columns.pre else None,
        cluster=table.numbered(columns.cluster) if columns.cluster else None,
        time=table.numbered(columns.time) if columns.time else None,
        shares=shares,
    )
    association = observational or bool(found.unlike)
    warnings = _warnings(found, observational, shares is None)
    sentence = " ".join(_sentence(found, each, set(outcome.tolist()) <= {0.0, 1.0}) for each in found.comparisons)
    return {
        "kind": "association" if association else "effect",
        "control": found.control,
        "arms": [asdict(each) for each in found.arms],
        "comparisons": [asdict(each) for each in found.comparisons],
        "srm": asdict(found.srm),
        "sentence": " ".join([*warnings, sentence]) if association else sentence,
        "warnings": warnings,
    }


def _control(names: list[str], wanted: str | None) -> str:
    found = [name for name in names if name == wanted or (wanted is None and name.lower() in CONTROLS)]
    if len(found) != 1:
        raise BadInput("effect-no-control", arms=tuple(names[:20]))
    return found[0]


def _shares(split: str | None) -> dict[str, float] | None:
    """Read "treated=9,control=1"; raise BadInput where it isn't that."""
    if split is None:
        return None
    try:
        pairs = [part.rpartition("=") for part in split.split(",")]
        shares = {name.strip(): float(share) for name, _, share in pairs}
    except ValueError:
        shares = {}
    if not shares or not all(name and 0 < share < float("inf") for name, share in shares.items()):
        raise BadInput("effect-split-form", text=split[:80])
    return shares


def _warnings(found: Experiment, observational: bool, equal: bool) -> list[str]:
    warnings = []
    if observational:
        warnings.append(_TEXTS.plain("effect-association"))
    elif not found.srm.ok:
        warnings.append(_TEXTS.plain("effect-ratio-equal" if equal else "effect-ratio", p=f"{found.srm.p:.1g}"))
    warnings += [_TEXTS.plain("effect-unlike", arm=arm, control=found.control) for arm in found.unlike]
    return warnings


def _sentence(found: Experiment, each: Comparison, share: bool) -> str:
    sizes = {arm.name: arm.n for arm in found.arms}
    given = {"arm": each.arm, "control": found.control, "n": sizes[each.arm], "m": sizes[found.control]}
    if each.ci_low <= 0.0 <= each.ci_high:
        return _TEXTS.plain("effect-unseen", **given, mde=_size(each.mde, share, sign=""))
    low, high = _number(each.ci_low, share), _number(each.ci_high, share)
    return _TEXTS.plain("effect-difference", **given, estimate=_size(each.estimate, share), low=low, high=high)


def _size(value: float, share: bool, sign: str = "+") -> str:
    number = _number(value, share, sign)
    return _TEXTS.plain("effect-points", number=number) if share else number


def _number(value: float, share: bool, sign: str = "+") -> str:
    return format(100.0 * value, f"{sign}.1f") if share else format(value, f"{sign}.3g")


def _of_panel(path: Path, unit: str, time: str, treated: str, outcome: str) -> dict[str, Any]:
    from core.analysis.effect import difference_in_differences  # noqa: PLC0415
    from core.files.table import read_table  # noqa: PLC0415

    table = read_table(path, [unit, time, treated, outcome])
    units, times = table.numbered(unit), table.numbered(time)
    pairs = list(zip(units.tolist(), times.tolist(), strict=True))
    if len(set(pairs)) != len(pairs):
        raise BadInput("effect-panel-twice", unit=unit, time=time)
    try:
        found = difference_in_differences(units, times, table.flags(treated), table.numbers(outcome))
    except ValueError:
        raise BadInput("effect-panel-still", treated=treated) from None
    given = {"units": found.units, "treated": found.treated_units}
    low, high = (_number(value, share=False) for value in (found.ci_low, found.ci_high))
    sentence = _TEXTS.plain("effect-panel", **given, estimate=_number(found.estimate, share=False), low=low, high=high)
    warnings = [_TEXTS.plain("effect-panel-few", treated=found.treated_units)] if found.few else []
    return {**asdict(found), "kind": "association", "sentence": " ".join([sentence, *warnings]), "warnings": warnings}


def _lines(result: dict[str, Any]) -> list[str]:
    warnings = [] if result["kind"] == "association" else result["warnings"]
    return [*warnings, result["sentence"]]
