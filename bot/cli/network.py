"""`kith network`: who ties a community together, as figures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.shared import bad_input, show, with_store
from bot.settings import Settings
from core.domain.clock import SystemClock, day_number
from core.domain.community import Community
from core.domain.errors import BadInput
from core.domain.network import Known
from core.engine.news import roll_up
from core.kit.communities import community_named
from core.kit.consent import personal
from core.kit.network import known
from core.store.unit import Store

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def network(
    edges: Annotated[Path | None, typer.Option(help="An edge list: source, target, then weight or time.")] = None,
    weight: Annotated[str, typer.Option(help="What a tie weighs: count, none or a column.")] = "count",
    half_life: Annotated[float | None, typer.Option(help="Days after which a tie weighs half.")] = None,
    community: Annotated[str | None, typer.Option(help="A community's name.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Analyse who ties a community together."""
    with bad_input():
        if (edges is None) == (community is None):
            raise BadInput("analysis-edges-or-community")
        if half_life is not None and not half_life > 0:
            raise BadInput("analysis-half-life")
        result = _from_edges(edges, weight, half_life) if edges else _of_community(community or "")
    show(result, as_json, _lines)


def _from_edges(edges: Path, weight: str, half_life: float | None) -> dict[str, Any]:
    # SciPy, networkx and NetworKit take a second to load: only when there is something to analyse.
    from core.analysis.edges import read_edges  # noqa: PLC0415
    from core.analysis.network import Parameters, analyse  # noqa: PLC0415

    ties = read_edges(edges, weight=weight, half_life=half_life)
    return analyse(ties, Parameters(weight=weight)).as_dict()


def _of_community(name: str) -> dict[str, Any]:
    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        _, result = await current(store, name, SystemClock().now())
        async with store.read() as unit:
            there = await unit.members.many(result["circles"]["members"])
        return told(result, {member.id: member.name for member in personal(there.values())})

    found: dict[str, Any] = with_store(work)
    return found


async def current(store: Store, name: str, now: datetime) -> tuple[Community, dict[str, Any]]:
    """Return a community and what its ties say now, with everything counted up to now."""
    async with store.read() as unit:
        community = await community_named(unit, name)
    await roll_up(store, community.id)
    async with store.read() as unit:
        given = await known(unit, community.id, now, anew=True)
    # SciPy, networkx and NetworKit take a second to load: only when there is something to analyse.
    from core.analysis.snapshot import everything  # noqa: PLC0415

    return community, everything(given.known if given else Known(day_number(now), day_number(now)))


def told(result: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """Return a snapshot's figures under the names of those who may be named; the others have none."""
    figures = ("pagerank", "in_degree", "out_degree", "bridging", "core", "clustering")
    whole, of, circle = result["told"], result["figures"], result["circles"]["circle"]
    people = result["circles"]["members"]
    order = sorted(range(len(people)), key=lambda i: -of["pagerank"][i])
    members = [
        {
            "name": names.get(people[i]),
            **{figure: of[figure][i] for figure in figures},
            "circle": circle[i] or None,
        }
        for i in order
    ]
    circles = [
        {
            "id": each["id"],
            "size": each["size"],
            "cohesion": each["cohesion"],
            "members": sorted(m["name"] for m in members if m["circle"] == each["id"] and m["name"] is not None),
        }
        for each in whole["circles"]
    ]
    notes = {**whole["notes"], "unnamed": sum(1 for member in members if member["name"] is None)}
    said = {name: whole[name] for name in ("health", "parameters", "weeks", "changes")}
    return {"wrote": whole["wrote"], "members": members, "circles": circles, **said, "notes": notes}


def _lines(result: dict[str, Any]) -> list[str]:
    health = result["health"]
    lines = [f"{name:>17} {_short(value)}" for name, value in health.items()]
    if (wrote := result.get("wrote")) is not None:
        lines.insert(1, f"{'':>17} {wrote} wrote, {len(result['members']) - wrote} reacted or were addressed alone")
    if few := result["notes"].get("too_few_ties"):
        lines.append(f"{'circles':>17} too few ties: {few['ties']} of {few['needed']} needed")
    lines += ["", f"{'pagerank':>10} {'in':>6} {'out':>6} {'bridging':>9} {'core':>4} {'circle':>6}  name"]
    lines += [
        f"{m['pagerank']:>10.6f} {m['in_degree']:>6} {m['out_degree']:>6} {m['bridging']:>9.5f} {m['core']:>4}"
        f" {m['circle'] or '–':>6}  {m['name'] or '–'}"
        for m in result["members"][:10]
    ]
    return lines


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
