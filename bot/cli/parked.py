"""`kith parked`: events and tasks that failed, and trying them again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.build import build
from bot.cli.shared import show, with_store
from bot.keys import open_sealer
from bot.settings import Settings
from core.domain.clock import SystemClock
from core.store.unit import Store

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def parked(
    retry: Annotated[bool, typer.Option("--retry", help="Try them again first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List events and tasks that failed, and try them again."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if retry:
            accepted = await build(store, SystemClock(), open_sealer(settings), []).engine.retry_parked()
            async with store.begin() as unit:
                await unit.tasks.retry()
            result = {"applied": accepted.new, "known": accepted.known}
        async with store.read() as unit:
            waiting, failed = await unit.parked.all(), await unit.tasks.failed()
        events = [
            {
                "id": each.id,
                "platform": each.platform,
                "key": each.event_key,
                "space": each.space,
                "reason": each.reason,
                "at": each.at.isoformat(),
            }
            for each in waiting
        ]
        tasks = [{**asdict(each), "due_at": each.due_at.isoformat()} for each in failed]
        return {**result, "parked": len(events), "events": events, "tasks": tasks}

    show(with_store(work), as_json, _lines)


def _lines(result: dict[str, Any]) -> list[str]:
    tried = [f"{result['applied'] + result['known']} applied"] if "applied" in result else []
    tasks = [f"{t['due_at'][:19]}  {t['action']} {t['subject']} {t['slot']}  {t['why']}" for t in result["tasks"]]
    failed = [f"{len(tasks)} tasks given up", *tasks] if tasks else []
    if not result["parked"]:
        return [*tried, "nothing is parked", *failed]
    rows = [f"{e['at'][:19]}  {e['platform']:<9} {e['key']}  {e['reason']}" for e in result["events"]]
    return [*tried, f"{result['parked']} parked", *rows, *failed]
