"""`kith activities`: what a community does on a schedule, with its runs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.shared import show, with_store
from bot.settings import Settings
from core.domain.activities import Activity, Phase, Run, State
from core.domain.clock import Clock, SystemClock
from core.domain.effect_result import Measured
from core.domain.effects import Design
from core.domain.kinds import Kind
from core.domain.schedule import schedule_to_json
from core.engine import discover
from core.features.community.activities.bank import fill
from core.features.community.activities.pages import numbered
from core.files.table import read_table
from core.kit.communities import community_named
from core.kit.context import Context
from core.kit.occurrences import next_of
from core.kit.texts import Texts
from core.store.unit import Store
from core.studies.effects import effects as study

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
RUNS = 20  # of each activity


@app.callback(invoke_without_command=True)
def activities(
    called: typer.Context,
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print what a community does on a schedule, with its last runs."""
    if called.invoked_subcommand is not None:
        return
    if not community:
        raise typer.BadParameter("Missing option '--community'.")

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        return await figures(store, community, SystemClock())

    show(with_store(work), as_json, _lines)


@app.command()
def bank(
    number: Annotated[int, typer.Argument(help="The activity's number.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.", show_default=False)],
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)],
    anew: Annotated[bool, typer.Option("--anew", help="In place of what is there, not added to it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Fill a bank of questions from a table: question; for a quiz question, right, wrong1, wrong2, …, why."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        return await filled(store, community, number, file, SystemClock(), anew=anew)

    show(with_store(work), as_json, _filled_lines)


async def filled(
    store: Store, name: str, number: int, file: Path, clock: Clock, *, anew: bool = False
) -> dict[str, Any]:
    """Fill the bank of a community's activity from a file; raise BadInput, with the line, for no question."""
    async with store.begin() as unit:
        community = await community_named(unit, name)
        await unit.lock(community.id)
        context = Context(unit, clock.now(), community, Texts("en"), kinds=discover().kinds)
        activity = await numbered(context, number)
        done = await fill(context, activity, read_table(file), anew=anew)
    return {"community": community.name, "number": number, **asdict(done)}


def _filled_lines(result: dict[str, Any]) -> list[str]:
    known = f", {result['known']:,} were there already" if result["known"] else ""
    return [f"{result['added']:,} questions added{known}; the bank holds {result['total']:,}."]


async def figures(store: Store, name: str, clock: Clock) -> dict[str, Any]:
    """Return a community's activities with their last runs, times in UTC; raise NotFound where there is none so named.

    What moderators wrote for them is left out.
    """
    async with store.read() as unit:
        community = await community_named(unit, name)
        context = Context(unit, clock.now(), community, Texts("en"))
        found = await unit.activities.of(community.id, (State.ACTIVE, State.PAUSED, State.STOPPED))
        known = await study.newest(context)
        measured = {} if known is None else {each.activity: each for each in known.measured}
        made = [await _one(context, each, measured.get(each.id)) for each in found]
        return {"community": community.name, "activities": made}


async def _one(context: Context, activity: Activity, effect: Measured | None) -> dict[str, Any]:
    coming = await next_of(context, activity) if activity.state is State.ACTIVE else None
    runs = await context.unit.activities.runs_of(activity, tuple(Phase), RUNS)
    room = None if activity.room_id is None else await context.unit.communities.room_with(activity.room_id)
    return {
        "number": activity.number,
        "kind": activity.kind,
        "state": activity.state.value,
        "space": (await context.unit.communities.space(activity.space_id)).title,
        "room": None if room is None else room.name,
        "schedule": schedule_to_json(activity.schedule),
        "next": None if coming is None else coming.at.isoformat(),
        "runs": [await _run(context, each) for each in runs],
        "effect": None if effect is None or effect.design is Design.DIFFERENCE else _effect(effect),
        "association": None if effect is None or effect.design is not Design.DIFFERENCE else _effect(effect),
    }


def _effect(found: Measured) -> dict[str, Any]:
    """Return what is known of an activity: shares of a holdout, people a day of a switchback, else shares of weeks."""
    names = ("asked", "held_out", "runs", "waiting", "estimate", "low", "high", "fixed_low", "fixed_high", "seen")
    more = ("enough", "weeks", "balanced", "felt")
    words = {"design": found.design.value, "metric": found.metric.value}
    return {**words, **{name: getattr(found, name) for name in (*names, *more)}}


async def _run(context: Context, run: Run) -> dict[str, Any]:
    def said(at: datetime | None) -> str | None:
        return None if at is None else at.isoformat()

    count = await context.unit.interactions.count_about(context.community.id, Kind.TOOK_PART, run.name)
    return {
        "slot": run.slot,
        "phase": run.phase.value,
        "due": said(run.due_at),
        "began": said(run.began_at),
        "ends": said(run.ends_at),
        "took_part": count,
    }


def _lines(result: dict[str, Any]) -> list[str]:
    count = len(result["activities"])
    lines = ["1 activity" if count == 1 else f"{count:,} activities"]
    for each in result["activities"]:
        coming = f", next {each['next']}" if each["next"] else ""
        lines.append(f"{each['number']:>4}  {each['kind']} ({each['state']}{coming})")
        lines += [_effect_line(each["effect"])] if each["effect"] else []
        lines += [f"      {run['slot']}  {run['phase']}, {run['took_part']:,} took part" for run in each["runs"]]
    return lines


def _effect_line(effect: dict[str, Any]) -> str:
    if not effect["enough"] or effect["low"] is None or effect["high"] is None:
        return f"      {effect['metric']}: too few to say ({effect['asked']:,} with, {effect['held_out']:,} without)"
    ends = f"between {effect['low']:+.3f} and {effect['high']:+.3f}"
    return f"      {effect['metric']}: {effect['estimate']:+.3f}, {ends} ({effect['design']})"
