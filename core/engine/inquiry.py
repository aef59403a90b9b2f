"""Finds out before a unit of work what commands must know: who may what, and what Kith lacks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.domain.events import Asked, ButtonPressed, Event, Finding, Role
from core.domain.people import Rights
from core.engine.calls import Caller
from core.kit.declare import Command, Needs
from core.store.unit import Store, UnitOfWork

DIRECT = "direct"
RightsLookup = Callable[[str, str, str], Awaitable[Rights]]
Inspection = Callable[[str, str], Awaitable[Sequence[Finding]]]
RolesLookup = Callable[[str, str, bool], Awaitable[Sequence[Role]]]
AnyEvent = TypeVar("AnyEvent", bound=Event)
AskedSo = TypeVar("AskedSo", bound=Asked)
Whereabouts = tuple[str, str, str]  # a platform, and its ids of a space and a person


@dataclass(slots=True)
class Inquiry:
    """Ask the database about all events of a batch at once, and their platforms where only these can tell."""

    store: Store
    caller: Callable[[UnitOfWork], Caller]
    rights: RightsLookup
    inspect: Inspection
    roles: RolesLookup

    async def informed(self, events: Sequence[AnyEvent]) -> list[AnyEvent]:
        """Return events with what their commands must know."""
        if not any(isinstance(event, Asked) for event in events):
            return list(events)
        async with self.store.read() as unit:
            caller = self.caller(unit)
            commands = [await caller.command_of(each) if isinstance(each, Asked) else None for each in events]
            pressed = [each for each in events if isinstance(each, ButtonPressed) and each.actor is not None]
            away = await unit.presences.away({place for each in pressed if (place := _whereabouts(each))})
        return [
            await self._inform(event, command, away) if isinstance(event, Asked) and command is not None else event
            for event, command in zip(events, commands, strict=True)
        ]

    async def _inform(self, event: AskedSo, command: Command, away: set[Whereabouts]) -> AskedSo:
        if event.actor is None:
            return event
        wanted = command.rights is not Rights.MEMBER or Needs.RIGHTS in command.needs
        if wanted or (not command.leavers and _may_have_left(event, away)):
            event = await self._with_rights(event, event.actor.id)
        if Needs.LACKS in command.needs and event.space != DIRECT:
            event = replace(event, lacks=tuple(await self.inspect(event.platform, event.space)))
        if command.needs & {Needs.ROLES, Needs.EVERY_ROLE} and event.space != DIRECT:
            every = Needs.EVERY_ROLE in command.needs
            event = replace(event, roles=tuple(await self.roles(event.platform, event.space, every)))
        return event

    async def _with_rights(self, event: AskedSo, person: str) -> AskedSo:
        """Say what the caller may do; in a direct chat, where they may most of the spaces it can be about."""
        if event.space != DIRECT:
            if event.rights is not None:
                return event
            return replace(event, rights=await self.rights(event.platform, event.space, person))
        async with self.store.read() as unit:
            spaces = await self.caller(unit).places(event)
        best = event
        for space in spaces:
            rights = await self.rights(event.platform, space.external_id, person)
            if best.rights is None or not best.rights.covers(rights):
                best = replace(event, space=space.external_id, rights=rights)
        return best


def _whereabouts(event: Asked) -> Whereabouts | None:
    return None if event.actor is None else (event.platform, event.space, event.actor.id)


def _may_have_left(event: Asked, away: set[Whereabouts]) -> bool:
    """Say whether nothing but the platform can tell that the caller is still there."""
    if event.actor is None or event.actor.bot or event.rights is not None:
        return False
    return event.direct or (isinstance(event, ButtonPressed) and _whereabouts(event) in away)
