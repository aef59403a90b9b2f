"""`kith stats`: a community's figures."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.shared import show, with_store
from bot.settings import Settings
from core.analysis.retention import returned
from core.domain.clock import SystemClock
from core.kit.communities import community_named
from core.kit.consent import names_of
from core.kit.texts import counted
from core.store.audit import AuditEntry
from core.store.unit import Store

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
MOST = 10


@app.command()
def stats(
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)],
    names: Annotated[bool, typer.Option("--names", help="Name everybody, which the audit log keeps.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print a community's figures."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        return await figures(store, community, names=names)

    show(with_store(work), as_json, _lines)


async def figures(store: Store, name: str, *, names: bool = False) -> dict[str, Any]:
    """Return a community's figures, months in UTC; raise NotFound where there is none of that name.

    Whoever didn't agree to be named is a place without a name, unless the operator asks for all `names`.
    """
    async with store.begin() as unit:
        community = await community_named(unit, name)
        await unit.lock(community.id)
        while await unit.rollups.advance(community.id):
            pass
        months = await unit.rollups.writing_months(community.id)
        pairs, weight = await unit.rollups.reply_pairs(community.id)
        most = await unit.rollups.most_replied_to(community.id, MOST)
        named = names_of((await unit.members.many([id_ for id_, _, _ in most])).values(), everybody=names)
        if names:
            await unit.audit.add(community.id, AuditEntry("names", SystemClock().now()))
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
            "most_replied_to": [
                {"place": place, "name": named.get(id_), "people": people}
                for place, (id_, _, people) in enumerate(most, start=1)
            ],
        }


def _lines(result: dict[str, Any]) -> list[str]:
    rate = result["return_rate"]
    lines = [
        f"{counted(result['members'], 'member')}, {result['authors']:,} of them wrote "
        f"{counted(result['messages'], 'message')}",
        f"{counted(result['reply_pairs'], 'pair')} of people replied {counted(result['reply_weight'], 'time')}",
        "Too few to say how many newcomers came back"
        if rate is None
        else f"{result['returned']} of {counted(result['new_authors'], 'new author')} "
        f"wrote again the next month ({rate:.1%})",
        "",
        "month    authors",
    ]
    lines += [f"{month}  {authors:>7,}" for month, authors in result["active_members"].items()]
    lines += ["", "replied to by"]
    return lines + [f"{each['people']:>5,}  {each['name'] or '–'}" for each in result["most_replied_to"]]
