"""`kith report`: one page with every chart of a community, and what its ties say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.network import current
from bot.cli.shared import fail, with_store
from bot.draw import draw
from bot.settings import Settings
from bot.web.report.page import Page, Part, Section, written
from core.domain.clock import SystemClock
from core.domain.errors import NotFound
from core.domain.message import Reply
from core.domain.network_result import NetworkResult
from core.domain.pictures import Picture
from core.engine import discover
from core.features.community import circles, connect, health, keypeople, network, newcomers
from core.features.community.chart import SECTIONS, in_order, section_of
from core.kit.context import Context
from core.kit.texts import LANGUAGES, Texts
from core.store.unit import Store
from core.studies.network import network as study
from core.studies.network_view import NetworkView, look

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

PARTS = {
    "network": network.answer,
    "health": health.answer,
    "circles": circles.answer,
    "keypeople": keypeople.answer,
    "newcomers": newcomers.answer,
    "connect": connect.answer,
}


@app.command()
def report(
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Where to write the page; its charts are put beside it as PNG.")],
    language: Annotated[str, typer.Option("--language", help="en or zh-CN; the community's if left out.")] = "",
) -> None:
    """Write one page with a community's charts, network and health."""
    if language and language not in LANGUAGES:
        raise fail(f"--language takes {' or '.join(LANGUAGES)}, not {language}")

    async def work(store: Store, settings: Settings) -> Page:
        return await told(store, community, language)

    page: Page = with_store(work)
    try:
        for name, _, reply in page.parts:
            if reply.picture is not None:
                out.with_name(f"{out.stem}-{name}.png").write_bytes(draw(reply.picture))
        out.write_text(written(page), "utf-8")
    except OSError as error:
        raise fail(f"can't write {out}: {error.strerror}") from None
    typer.echo(str(out))


async def told(store: Store, name: str, language: str) -> Page:
    """Return what there is to say of a community now; raise NotFound where there is nothing."""
    now = SystemClock().now()
    community, found = await current(store, name, now)
    result = found.result
    t = Texts(language or community.settings.language)
    async with store.read() as unit:
        context = Context(unit, now, community, t)
        view = await look(context, result)
        ties = [await _part(context, view, name) for name in PARTS] if result.people else []
        charts = await _charts(store, context, result, [reply.picture for _, _, reply in ties])
    sections = []
    for section in SECTIONS:
        parts = [*(ties if section == "ties" else []), *charts.get(section, [])]
        if parts:
            sections.append(Section(section, t.plain(f"report-section-{section}"), parts))
    if not sections:
        raise NotFound("report-nothing", community=community.name)
    return Page(
        t.plain("report-title", community=community.name),
        t.plain("report-made", day=view.said_until),
        sections,
        t.language,
    )


async def _part(context: Context, view: NetworkView, name: str) -> Part:
    reply = await PARTS[name](context, view)
    picture = reply.picture and context.t.punctuated(reply.picture)
    return name, context.t.plain(f"report-{name}"), replace(reply, picture=picture)


async def _charts(
    store: Store, context: Context, result: NetworkResult, shown: Sequence[Picture | None]
) -> dict[str, list[Part]]:
    """Return the charts that features declare by section, but for those that a part shows already."""
    found: dict[str, list[Part]] = {}
    results: dict[Any, Any] = {study: result}  # several charts are drawn of one
    for chart in in_order(discover().charts):
        if chart.study is not None and chart.study not in results:
            results[chart.study] = await chart.study.anew(store, context.community.id, context.now)
        of = results.get(chart.study)
        figures = None if chart.study is not None and of is None else await chart.figures(context, of)
        if figures is not None and figures not in shown:
            part = f"chart-{chart.name}", context.t.plain(f"chart-{chart.name}"), Reply("", picture=figures)
            found.setdefault(section_of(chart.name), []).append(part)
    return found
