"""`kith states`: which members are newly active, vital, paused, disengaged … in each week's window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.shared import bad_input, show

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def states(
    interactions: Annotated[Path, typer.Option(help="A CSV file: day, source, target, kind, count.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the states of members over time, in windows of seven days moved by one."""
    with bad_input():
        result = _from_file(interactions)
    show(result, as_json, _lines)


def _from_file(path: Path) -> dict[str, Any]:
    # NumPy and SciPy take a while to load: only when there is something to analyse.
    from core.analysis.interactions import read_interactions  # noqa: PLC0415
    from core.analysis.states import STATES, states  # noqa: PLC0415

    history = read_interactions(path)
    found = states(history.interactions)
    length = found.thresholds.window
    return {
        "windows": [
            {
                "window": i,
                "first": history.day(i),
                "last": history.day(i + length - 1),
                "states": {state: found.members(state, i) for state in STATES},
            }
            for i in range(len(found))
        ],
        "parameters": vars(found.thresholds),
        "notes": {} if len(found) else {"too_few_days": {"days": history.interactions.days, "needed": length}},
    }


def _lines(result: dict[str, Any]) -> list[str]:
    if few := result["notes"].get("too_few_days"):
        return [f"too few days: {few['days']} of {few['needed']} needed"]
    newest = result["windows"][-1]
    counted = [f"{len(members):>7}  {state.replace('_', ' ')}" for state, members in newest["states"].items()]
    return [f"{newest['first']} to {newest['last']}, window {newest['window'] + 1}", *counted]
