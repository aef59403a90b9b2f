"""`kith network`: who ties a community together, as figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.shared import bad_input, show
from core.domain.errors import BadInput

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def network(
    edges: Annotated[Path | None, typer.Option(help="An edge list: source, target, then weight or time.")] = None,
    weight: Annotated[str, typer.Option(help="What a tie weighs: count, none or a column.")] = "count",
    half_life: Annotated[float | None, typer.Option(help="Days after which a tie weighs half.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Analyse who ties a community together."""
    with bad_input():
        if edges is None:
            raise BadInput("analysis-edges-or-community")
        if half_life is not None and not half_life > 0:
            raise BadInput("analysis-half-life")
        result = _from_edges(edges, weight, half_life)
    show(result, as_json, _lines)


def _from_edges(edges: Path, weight: str, half_life: float | None) -> dict[str, Any]:
    # SciPy, networkx and NetworKit take a second to load: only when there is something to analyse.
    from core.analysis.edges import read_edges  # noqa: PLC0415
    from core.analysis.network import Parameters, analyse  # noqa: PLC0415

    ties = read_edges(edges, weight=weight, half_life=half_life)
    return analyse(ties, Parameters(weight=weight)).as_dict()


def _lines(result: dict[str, Any]) -> list[str]:
    health = result["health"]
    lines = [f"{name:>17} {_short(value)}" for name, value in health.items()]
    if few := result["notes"].get("too_few_ties"):
        lines.append(f"{'circles':>17} too few ties: {few['ties']} of {few['needed']} needed")
    lines += ["", f"{'pagerank':>10} {'in':>6} {'out':>6} {'bridging':>9} {'core':>4} {'circle':>6}  name"]
    lines += [
        f"{m['pagerank']:>10.6f} {m['in_degree']:>6} {m['out_degree']:>6} {m['bridging']:>9.5f} {m['core']:>4}"
        f" {m['circle'] or '–':>6}  {m['name']}"
        for m in result["members"][:10]
    ]
    return lines


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
