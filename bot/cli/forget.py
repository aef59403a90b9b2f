"""`kith forget`: erase somebody who asked an owner to."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.shared import show, with_store
from bot.journal import ErasureJournal
from bot.keys import open_sealer
from bot.settings import Settings
from core.domain.clock import SystemClock
from core.domain.errors import BadInput, NotFound
from core.domain.people import Member
from core.engine.erasures import keep_erasures
from core.kit.communities import community_named
from core.kit.erasing import erase, erase_everywhere
from core.kit.texts import counted
from core.store.audit import AuditEntry
from core.store.unit import Store, UnitOfWork

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def forget(
    member: Annotated[str, typer.Argument(help="A name, @handle, #number or platform:id.", show_default=False)],
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)],
    everywhere: Annotated[bool, typer.Option("--everywhere", help="In every community of this installation.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this only what would go is said.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Erase somebody who asked to be forgotten, for good."""

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        hashed, now = open_sealer(settings).hash, SystemClock().now()
        async with store.begin() as unit:
            place = await community_named(unit, community)
            await unit.lock(place.id)
            found = await _named(unit, place.id, member)
            accounts = await unit.members.accounts_of([found.id])
            said = {
                "number": found.id,
                "name": found.name,
                "accounts": [f"{each.platform}:{each.external_id}" for each in accounts],
                "balance": found.balance,
                "erased": yes,
            }
            if not yes:
                return said
            if everywhere:
                places = await erase_everywhere(unit, found.id, hashed, now)
            else:
                places = [place.id]
                await erase(unit, place.id, found.id, hashed, now)
            for each in places:
                await unit.audit.add(each, AuditEntry("forgotten-on-request", now))
        await keep_erasures(store, ErasureJournal(settings.data_dir / "erasures.txt"), hashed, now)
        return said

    show(with_store(work), as_json, _lines)


async def _named(unit: UnitOfWork, community_id: int, given: str) -> Member:
    """Return the one member whom `given` names; raise NotFound for none, BadInput for several."""
    found: list[Member] = []
    platform, colon, external_id = given.partition(":")
    if given.startswith("#") and given[1:].isdecimal():
        found = list((await unit.members.many([int(given[1:])])).values())
    elif colon:
        accounts = await unit.members.find(platform.lower(), {community_id: [external_id]})
        found = [await unit.members.get(each.member_id) for each in accounts.values()]
    if not found and not given.startswith("#"):
        found = await unit.members.named(community_id, given)
    there = [each for each in found if each.community_id == community_id and each.erased_at is None]
    if not there:
        raise NotFound("error-no-member", name=given[:64])
    if len(there) > 1:
        numbers = tuple(f"#{each.id}" for each in there)
        raise BadInput("forget-several", name=given[:64], numbers=numbers)
    return there[0]


def _lines(said: dict[str, Any]) -> list[str]:
    who = (
        f"{said['name'] or '–'} (#{said['number']}, {', '.join(said['accounts'])}), {counted(said['balance'], 'point')}"
    )
    return [f"erased: {who}" if said["erased"] else f"would be erased: {who}. This can't be undone; --yes does it."]
