"""`kith chart`: a community's charts, as words or as a table."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.shared import fail, with_store
from bot.settings import Settings
from core.domain.clock import SystemClock
from core.domain.errors import NotFound
from core.domain.pictures import Figures
from core.engine import discover
from core.engine.news import roll_up
from core.features.community.chart import in_order
from core.files.sheet import csv_of
from core.kit.communities import community_named
from core.kit.context import Context
from core.kit.texts import LANGUAGES, Texts
from core.store.unit import Store

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def chart(
    name: Annotated[str, typer.Argument(help="Which one; all there are if left out.")] = "",
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)] = "",
    language: Annotated[str, typer.Option("--language", help="en or zh-CN; the community's if left out.")] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the figures as CSV.")] = False,
) -> None:
    """Print what a chart shows."""
    if language and language not in LANGUAGES:
        raise fail(f"--language takes {' or '.join(LANGUAGES)}, not {language}")
    if not name:
        t = Texts(language or "en")
        for each in in_order(discover().charts):
            typer.echo(f"{each.name:<20} {t.plain(f'chart-{each.name}')}")
        return

    async def work(store: Store, settings: Settings) -> Figures:
        return await drawn(store, community, name, language)

    figures: Figures = with_store(work)
    typer.echo(csv_of(figures.rows()) if as_csv else figures.alt, nl=not as_csv)


async def drawn(store: Store, community: str, name: str, language: str = "") -> Figures:
    """Return a chart of a community as it is now; raise NotFound where there is none, or too few figures for it."""
    charts, now = discover().charts, SystemClock().now()
    if name not in charts:
        raise NotFound("charts-unknown", given=name[:40], charts=tuple(charts))
    asked = charts[name]
    async with store.read() as unit:
        home = await community_named(unit, community)
    await roll_up(store, home.id)
    async with store.read() as unit:
        context = Context(unit, now, home, Texts(language or home.settings.language))
        figures = await asked.anew(store, context)
    if figures is None:
        raise NotFound("charts-too-little")
    return figures
