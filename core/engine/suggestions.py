"""Offers what could be meant to somebody who types a command: nothing is written, and nobody is met by it."""

from __future__ import annotations

from core.domain.errors import NotAllowed
from core.domain.events import CommandCalled
from core.engine.calls import Caller
from core.kit.context import Context
from core.kit.suggesting import Suggestion, suggestions
from core.kit.texts import Texts, language_of


async def offered(caller: Caller, call: CommandCalled, option: str) -> list[Suggestion]:
    """Return choices for an option of a command that is being typed; none where the caller may not call it."""
    command = caller.registry.commands.get(call.name.lower())
    context = await _context(caller, call)
    if command is None or context is None:
        return []
    try:
        caller.check(context, command)
    except NotAllowed:
        return []
    return await suggestions(context, command, option, call.options)


async def _context(caller: Caller, call: CommandCalled) -> Context | None:
    """Return who asks where; None for a place that Kith doesn't know."""
    unit = caller.unit
    if call.direct:
        places = await caller.places(call)
        space = next((each for each in places if each.external_id == call.space), next(iter(places), None))
    else:
        space = (await unit.communities.spaces(call.platform, [call.space])).get(call.space)
    if space is None or call.actor is None:
        return None
    community = await unit.communities.get(space.community_id)
    accounts = await unit.members.find(call.platform, {community.id: [call.actor.id]})
    account = accounts.get((community.id, call.actor.id))
    member = None if account is None else await unit.members.get(account.member_id)
    return Context(
        unit,
        caller.now,
        community,
        Texts((member.language if member else None) or language_of(call.locale, community.settings.language)),
        space,
        account=account,
        member=member,
        rights=caller.rights(call, community.settings),
        call=call,
        catalogue=tuple(caller.registry.commands.values()),
        choices=caller.registry.choices,
        charts=caller.registry.charts,
    )
