"""`kith network`: who ties a community together, as figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.shared import bad_input, show, with_store
from bot.settings import Settings
from core.domain.clock import SystemClock, day_number
from core.domain.community import Community
from core.domain.errors import BadInput
from core.domain.network import NetworkInput
from core.domain.network_analysis import AnalysedCircle, AnalysedMember, Analysis, CommunityAnalysis, CommunityNotes
from core.domain.network_result import Found, Health
from core.engine.news import roll_up
from core.kit.communities import community_named
from core.kit.consent import personal
from core.store.plain import to_plain
from core.store.unit import Store
from core.studies.network import network as study

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
    show(to_plain(result), as_json, lambda _: _lines(result))


def _from_edges(edges: Path, weight: str, half_life: float | None) -> Analysis:
    # SciPy, networkx and NetworKit take a second to load: only when there is something to analyse.
    from core.analysis.edges import read_edges  # noqa: PLC0415
    from core.analysis.network import Parameters, analyse  # noqa: PLC0415

    ties = read_edges(edges, weight=weight, half_life=half_life)
    return analyse(ties, Parameters(weight=weight)).analysis()


def _of_community(name: str) -> Analysis:
    async def work(store: Store, settings: Settings) -> Analysis:
        _, found = await current(store, name, SystemClock().now())
        async with store.read() as unit:
            there = await unit.members.many(each for each in found.baseline.members if each is not None)
        return told(found, {member.id: member.name for member in personal(there.values())})

    analysis: Analysis = with_store(work)
    return analysis


async def current(store: Store, name: str, now: datetime) -> tuple[Community, Found]:
    """Return a community and what its ties say now, with everything counted up to now."""
    async with store.read() as unit:
        community = await community_named(unit, name)
    await roll_up(store, community.id)
    async with store.read() as unit:
        given = await study.load(await study.reading(unit, community.id, now, anew=True))
    # SciPy, networkx and NetworKit take a second to load: only when there is something to analyse.
    from core.analysis.snapshot import everything  # noqa: PLC0415

    return community, everything(given or NetworkInput(day_number(now), day_number(now)))


def told(found: Found, names: Mapping[int | None, str]) -> CommunityAnalysis:
    """Return a snapshot's figures under the names of those who may be named; the others have none."""
    result, baseline, of = found.result, found.baseline, found.figures
    if of is None:
        raise ValueError("everybody's figures are missing")
    columns = (
        [names.get(member) for member in baseline.members],
        of.pagerank,
        of.in_degree,
        of.out_degree,
        of.bridging,
        of.core,
        of.clustering,
        [circle or None for circle in baseline.circle],
    )
    kinds = [each.name for each in fields(AnalysedMember)]
    members = [AnalysedMember(**dict(zip(kinds, row, strict=True))) for row in zip(*columns, strict=True)]
    members.sort(key=lambda each: -each.pagerank)
    circles = tuple(
        AnalysedCircle(
            id=each.id,
            size=each.size,
            cohesion=each.cohesion,
            members=tuple(sorted(m.name for m in members if m.circle == each.id and m.name is not None)),
        )
        for each in result.circles
    )
    unnamed = sum(member.name is None for member in members)
    return CommunityAnalysis(
        wrote=result.wrote,
        members=tuple(members),
        circles=circles,
        health=result.health,
        parameters=result.parameters,
        weeks=result.weeks,
        changes=result.changes,
        notes=CommunityNotes(too_few_ties=result.notes.too_few_ties, unnamed=unnamed),
    )


def _lines(analysis: Analysis) -> list[str]:
    lines = [f"{each.name:>17} {_short(getattr(analysis.health, each.name))}" for each in fields(Health)]
    if isinstance(analysis, CommunityAnalysis) and (wrote := analysis.wrote) is not None:
        others = len(analysis.members) - wrote
        lines.insert(1, f"{'':>17} {wrote} wrote, {others} reacted or were addressed alone")
    if few := analysis.notes.too_few_ties:
        lines.append(f"{'circles':>17} too few ties: {few.ties} of {few.needed} needed")
    lines += ["", f"{'pagerank':>10} {'in':>6} {'out':>6} {'bridging':>9} {'core':>4} {'circle':>6}  name"]
    lines += [
        f"{m.pagerank:>10.6f} {m.in_degree:>6} {m.out_degree:>6} {m.bridging:>9.5f} {m.core:>4}"
        f" {m.circle or '–':>6}  {m.name or '–'}"
        for m in analysis.members[:10]
    ]
    return lines


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
