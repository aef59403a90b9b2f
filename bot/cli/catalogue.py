"""`kith catalogue`: what a community has to offer, brought in from a file, listed and searched."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.shared import bad_input, show, with_store
from bot.settings import Settings
from core.domain.catalogue import Item, ItemState
from core.domain.clock import SystemClock
from core.domain.errors import BadInput, NotFound
from core.domain.message import plain_text
from core.files.items import MOST, Brought, read_items
from core.kit.communities import community_named
from core.kit.feeds import fault_said, fetched, keep_fetched, to_fetch
from core.kit.texts import Texts
from core.store.unit import Store, UnitOfWork

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)
Community = Annotated[str, typer.Option("--community", help="Its name.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV with a header, a JSON array of objects, RSS, Atom, or OPML.")],
    community: Community,
    as_json: AsJson = False,
) -> None:
    """Bring items in: new ones are published, known ones changed in what the file says; OPML adds feeds to `sync`."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        brought = read_items(file)  # all of it is read before anything is written
        async with store.begin() as unit:
            here = await community_named(unit, community)
            tiers = len(here.settings.tiers)
            if high := next((each for each in brought.items.values() if each.tier >= tiers), None):
                raise BadInput("catalogue-tier", title=high.title, tier=high.tier, most=tiers - 1)
            now, added, changed = SystemClock().now(), 0, 0
            for says, some in (await _with_plans(unit, here.id, brought)).parts():
                new, old = await unit.catalogue.put(here.id, some, now, says)
                added, changed = added + new, changed + old
            followed = await unit.feeds.add(here.id, brought.feeds, now)
            if await unit.catalogue.count(here.id) > MOST:
                raise BadInput("error-publish-full", limit=MOST)
        return {
            "community": here.name,
            "added": added,
            "changed": changed,
            "same": len(brought.items) - added - changed,
            "again": brought.again,
            "cut": brought.cut,
            "feeds": followed,
        }

    with bad_input():
        show(with_store(work), as_json, _import_lines)


async def _with_plans(unit: UnitOfWork, community_id: int, brought: Brought) -> Brought:
    """Return what a file holds with the plans that it names; raise NotFound where there is no such plan."""
    found: dict[str, int] = {}
    for name in dict.fromkeys(brought.plans.values()):
        if (plan := await unit.plans.named(community_id, name)) is None:
            raise NotFound("error-no-plan", name=name[:40])
        found[name] = plan.id
    asked = {key: found[name] for key, name in brought.plans.items()}
    return replace(brought, items={key: replace(each, plan_id=asked.get(key)) for key, each in brought.items.items()})


def _import_lines(result: dict[str, Any]) -> list[str]:
    lines = [f"{result['added']:,} added, {result['changed']:,} changed, {result['same']:,} as they were"]
    if result["again"]:
        lines.append(f"{result['again']:,} lines named an item again: the last of each holds")
    if result["cut"]:
        lines.append(f"{result['cut']:,} texts were too long and are cut")
    if result["feeds"]:
        lines.append(f"{result['feeds']:,} feeds added: kith catalogue sync fetches them, and so does kith run")
    return lines


@app.command()
def sync(community: Community, as_json: AsJson = False) -> None:
    """Fetch the feeds of a community now; items that are there already stay as they are."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        async with store.read() as unit:
            here = await community_named(unit, community)
            given = await to_fetch(unit, here.id, await unit.feeds.of(here.id), private=settings.fetch_private)
        found = await asyncio.to_thread(fetched, given)
        async with store.begin() as unit:
            await unit.lock(here.id)
            kept = await keep_fetched(unit, here.id, found, SystemClock().now())
        t = Texts("en")
        return {
            "community": here.name,
            "added": kept.added,
            "feeds": [
                {"address": each.address, "fault": plain_text(fault_said(t, each)) or None} for each in kept.feeds
            ],
        }

    show(with_store(work), as_json, _sync_lines)


def _sync_lines(result: dict[str, Any]) -> list[str]:
    faults = [f"{each['address']}: {each['fault']}" for each in result["feeds"] if each["fault"]]
    return [f"{result['added']:,} added from {len(result['feeds']):,} feeds", *faults]


@app.command("list")
def list_(community: Community, as_json: AsJson = False) -> None:
    """Print a community's items, the newest first."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        now = SystemClock().now()
        async with store.read() as unit:
            here = await community_named(unit, community)
            found = await unit.catalogue.all(here.id)
        kept = [each for each in found if each.state is not ItemState.DRAFT]
        return {"community": here.name, "items": [_plain(each) | {"shown": each.shown(now)} for each in kept]}

    show(with_store(work), as_json, _lines)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="What to look for.")], community: Community, as_json: AsJson = False
) -> None:
    """Print what members would find."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        now = SystemClock().now()
        async with store.read() as unit:
            here = await community_named(unit, community)
            found = await unit.catalogue.search(here.id, now, words, 20)
        return {"community": here.name, "items": [_plain(each) | {"shown": True} for each in found]}

    show(with_store(work), as_json, _lines)


def _plain(item: Item) -> dict[str, Any]:
    def said(at: Any) -> str | None:
        return None if at is None else at.isoformat()

    return {
        "number": item.id,
        "key": item.key,
        "title": item.title,
        "kind": item.kind.value,
        "link": item.link,
        "file": None if item.attachment is None else item.attachment.name,
        "topics": list(item.topics),
        "author": item.author,
        "language": item.language,
        "depth": item.depth.value,
        "tier": item.tier,
        "price": item.price,
        "plan": item.plan_id,
        "series": item.series,
        "place": item.place,
        "state": item.state.value,
        "published": said(item.published_at),
        "expires": said(item.expires_at),
    }


def _lines(result: dict[str, Any]) -> list[str]:
    count = len(result["items"])
    lines = ["1 item" if count == 1 else f"{count:,} items"]
    for each in result["items"]:
        topics = f"  ({', '.join(each['topics'])})" if each["topics"] else ""
        hidden = "" if each["shown"] else "  [not shown]"
        lines.append(f"{each['number']:>5}  {each['title']}  {each['kind']}{topics}{hidden}")
    return lines
