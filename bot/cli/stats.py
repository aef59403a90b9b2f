"""`kith stats`: a community's figures."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.shared import show, with_store
from bot.settings import Settings
from core.analysis.retention import returned
from core.kit.communities import community_named
from core.store.unit import Store

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
MOST = 10


@app.command()
def stats(
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print a community's figures."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        return await figures(store, community)

    show(with_store(work), as_json, _lines)


async def figures(store: Store, name: str) -> dict[str, Any]:
    """Return a community's figures, months in UTC; raise NotFound where there is none of that name."""
    async with store.begin() as unit:
        community = await community_named(unit, name)
        await unit.lock(community.id)
        while await unit.rollups.advance(community.id):
            pass
        months = await unit.rollups.writing_months(community.id)
        pairs, weight = await unit.rollups.reply_pairs(community.id)
        most = await unit.rollups.most_replied_to(community.id, MOST)
        back, newcomers = returned(months)
        return {
            "community": community.name,
            "members": await unit.members.present(community.id),
            "authors": len(months),
            "messages": await unit.rollups.messages(community.id),
            "reply_pairs": pairs,
            "reply_weight": weight,
            "active_members": await unit.rollups.active_members(community.id),
            "return_rate": back / newcomers if newcomers else None,
            "returned": back,
            "new_authors": newcomers,
            "most_replied_to": [{"name": name, "people": people} for _, name, people in most],
        }


def _lines(result: dict[str, Any]) -> list[str]:
    rate = result["return_rate"]
    lines = [
        f"{result['members']:,} members, {result['authors']:,} of them wrote {result['messages']:,} messages",
        f"{result['reply_pairs']:,} pairs of people replied {result['reply_weight']:,} times",
        "Too few to say how many newcomers came back"
        if rate is None
        else f"{result['returned']} of {result['new_authors']} new authors wrote again the next month ({rate:.1%})",
        "",
        "month    authors",
    ]
    lines += [f"{month}  {authors:>7,}" for month, authors in result["active_members"].items()]
    lines += ["", "replied to by"]
    return lines + [f"{each['people']:>5,}  {each['name']}" for each in result["most_replied_to"]]
