"""`kith report`: one page with everything that a community's ties say."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from bot.cli.network import current
from bot.cli.shared import fail, with_store
from bot.draw import draw, svg
from bot.draw.style import THEMES
from bot.settings import Settings
from core.domain.clock import SystemClock
from core.domain.errors import NotFound
from core.domain.message import Reply, Style, parse
from core.domain.pictures import Figures, Picture
from core.features.community import circles, connect, health, keypeople, network, newcomers
from core.kit.context import Context
from core.kit.texts import LANGUAGES, Texts
from core.store.unit import Store
from core.studies.network_view import look

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

PARTS = {
    "network": network.answer,
    "health": health.answer,
    "circles": circles.answer,
    "keypeople": keypeople.answer,
    "newcomers": newcomers.answer,
    "connect": connect.answer,
}
_TAGS = {Style.BOLD: "strong", Style.ITALIC: "em", Style.CODE: "code"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a report says, in one language."""

    title: str
    made: str
    parts: Sequence[tuple[str, str, Reply]]  # name, heading, what the command answers
    language: str


@app.command()
def report(
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Where to write the page; its charts are put beside it as PNG.")],
    language: Annotated[str, typer.Option("--language", help="en or zh-CN; the community's if left out.")] = "",
) -> None:
    """Write one page with a community's network and health."""
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
    """Return what there is to say of a community now; raise NotFound where it has no ties."""
    now = SystemClock().now()
    community, found = await current(store, name, now)
    result = found.result
    t = Texts(language or community.settings.language)
    if not result.people:
        raise NotFound("report-no-ties", community=community.name)
    async with store.read() as unit:
        context = Context(unit, now, community, t)
        seen = await look(context, result)
        parts = [(name, t.plain(f"report-{name}"), await answer(context, seen)) for name, answer in PARTS.items()]
    return Page(
        t.plain("report-title", community=community.name),
        t.plain("report-made", day=seen.said_until),
        parts,
        t.language,
    )


def written(page: Page) -> str:
    """Return a page as HTML that needs no other file."""
    frame = resources.files("bot.cli").joinpath("report.html").read_text("utf-8")
    t = Texts(page.language)
    return Template(frame).substitute(
        language=page.language,
        title=escape(page.title),
        made=escape(page.made),
        links="".join(f'<a href="#{name}">{escape(heading)}</a>' for name, heading, _ in page.parts),
        parts="\n".join(_part(t, name, heading, reply) for name, heading, reply in page.parts),
    )


def _part(t: Texts, name: str, heading: str, reply: Reply) -> str:
    picture = "" if reply.picture is None else _figure(t, name, reply.picture)
    groups = "".join(f'<div class="group">{_lines(group)}</div>' for group in reply.text.split("\n\n"))
    return f'<section id="{name}"><h2>{escape(heading)}</h2>{picture}{groups}</section>'


def _lines(group: str) -> str:
    return "".join(f"<p>{_markup(line)}</p>" for line in group.splitlines())


def _markup(text: str) -> str:
    return "".join(
        f"<{_TAGS[span.style]}>{escape(span.text)}</{_TAGS[span.style]}>" if span.style in _TAGS else escape(span.text)
        for span in parse(text)
    )


def _figure(t: Texts, name: str, picture: Picture) -> str:
    """Return a picture that can be kept: the link takes the bytes of what is seen, so that they stand here once."""
    kind, word = ("svg", "report-save-svg") if isinstance(picture, Figures) else ("png", "report-save")
    save = f'<a href="#{name}" download="kith-{name}.{kind}">{escape(t.plain(word))}</a>'
    # A box to tick works where no script runs, as where phones show a file that was sent to them.
    size = f'<input type="checkbox" id="{name}-size">'
    caption = f'<label for="{name}-size">{escape(t.plain("report-enlarge"))}</label>{save}'
    return (
        f'<figure>{size}<label class="picture" for="{name}-size">{_picture(picture)}</label>'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _picture(picture: Picture) -> str:
    if isinstance(picture, Figures):
        return "".join(f'<span class="{theme}">{svg(picture, theme=theme)}</span>' for theme in THEMES)
    light, dark = (base64.b64encode(draw(picture, theme=theme)).decode() for theme in THEMES)
    kind = "data:image/png;base64,"
    return (
        f'<picture><source media="screen and (prefers-color-scheme: dark)" srcset="{kind}{dark}">'
        f'<img alt="{escape(picture.alt, quote=True)}" src="{kind}{light}"></picture>'
    )
