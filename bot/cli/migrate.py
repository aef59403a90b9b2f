"""`kith migrate`: bring the database up to date."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.shared import show, with_store
from bot.settings import Settings
from core.store.unit import Store

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def migrate(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Bring the database up to date."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        return {"database": store.kind, "revision": await store.revision()}

    show(with_store(work), as_json, lambda done: [f"{done['database']} is up to date at {done['revision']}"])
