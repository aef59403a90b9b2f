"""Takes batches of events: one unit of work each, committed before anything is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import structlog

from core.domain.clock import Clock
from core.domain.events import Asked, Event, GapFound, MemberJoined, MemberLeft, SpaceClosed, SpaceOpened
from core.domain.people import Consent, Rights
from core.domain.points import Entry, LevelReached
from core.engine.batch import Batch, interactions_of
from core.engine.calls import Caller
from core.engine.due import run_due
from core.engine.registry import Registry
from core.engine.seal import Sealer
from core.kit.context import Happening
from core.store.unit import DatabaseDown, Store, UnitOfWork

RightsLookup = Callable[[str, str, str], Awaitable[Rights]]
DIRECT = "direct"
_log = structlog.get_logger()


@dataclass(slots=True)
class Accepted:
    """What became of a batch: how many events were new, had come before, or were parked."""

    new: int = 0
    known: int = 0
    parked: int = 0

    def __add__(self, other: Accepted) -> Accepted:
        return Accepted(self.new + other.new, self.known + other.known, self.parked + other.parked)


@dataclass(slots=True)
class Engine:
    """Run events, commands, buttons and jobs through the features.

    `rights` asks a platform what somebody may do in a space now: (platform, space, person) → Rights.
    `ephemeral` names the platforms that show a private reply in the room itself.
    """

    store: Store
    registry: Registry
    clock: Clock
    sealer: Sealer
    rights: RightsLookup
    ephemeral: frozenset[str] = frozenset()
    listeners: list[asyncio.Event] = field(default_factory=list)  # set when the outbox may have something new

    async def accept(self, events: Sequence[Event]) -> Accepted:
        """Apply `events` in one unit of work; raise DatabaseDown, with nothing applied, where there is no database.

        Where the batch fails its events are tried one by one, and those that still fail are parked.
        """
        if not events:
            return Accepted()
        events = await self._with_rights(events)
        try:
            accepted = await self._apply(events)
        except DatabaseDown:
            raise
        except Exception:
            _log.exception("batch failed, trying its events one by one", events=len(events))
            accepted = Accepted()
            for event in events:
                accepted += await self._apply_or_park(event)
        self._wake()
        return accepted

    def _wake(self) -> None:
        for listener in self.listeners:
            listener.set()

    async def _apply_or_park(self, event: Event) -> Accepted:
        try:
            return await self._apply([event])
        except DatabaseDown:
            raise
        except Exception as error:
            _log.exception("event parked", platform=event.platform, key=event.key)
            await self.park(event.platform, event.key, event.space, event, type(error).__name__)
            return Accepted(parked=1)

    async def park(self, platform: str, key: str, space: str | None, content: Any, reason: str) -> None:
        """Put aside, sealed, what can't be translated or applied."""
        async with self.store.begin() as unit:
            await unit.parked.add(platform, key, space, self.sealer.seal(content), reason, self.clock.now())

    async def _with_rights(self, events: Sequence[Event]) -> list[Event]:
        """Ask the platform, outside the unit of work, what the callers of moderators' commands may do."""
        checked: list[Event] = []
        for event in events:
            if isinstance(event, Asked) and event.rights is None and event.actor is not None:
                needs = await self._needs_rights(event)
                if needs and event.space != DIRECT:
                    rights = await self.rights(event.platform, event.space, event.actor.id)
                    event = replace(event, rights=rights)  # noqa: PLW2901  the event, now with its rights
            checked.append(event)
        return checked

    async def _needs_rights(self, event: Asked) -> bool:
        name = getattr(event, "name", None)
        if name is None:
            async with self.store.read() as unit:
                kept = await unit.buttons.find(getattr(event, "token", ""), self.clock.now())
            name = kept.command if kept else ""
        command = self.registry.commands.get(name)
        return command is not None and (command.audience is not Rights.MEMBER or command.name in {"help", "start"})

    async def _apply(self, events: Sequence[Event]) -> Accepted:
        accepted = Accepted()
        async with self.store.begin() as unit:
            for platform, some in groupby(events, key=lambda event: event.platform):
                accepted += await self._apply_platform(unit, platform, list(some))
        return accepted

    async def _apply_platform(self, unit: UnitOfWork, platform: str, events: list[Event]) -> Accepted:
        caller = Caller(unit, self.registry, self.clock.now(), self.sealer.hash, self.ephemeral)
        placed = [await caller.place(event) if event.space == DIRECT else event for event in events]
        known_spaces = [event for event in placed if event is not None]
        batch = Batch(unit, platform, self.clock.now(), self.sealer.hash)
        fresh = await batch.load(known_spaces)
        rows = [row for event in fresh for row in interactions_of(batch, event)]
        await unit.interactions.add(rows)
        asked: list[Asked] = []
        for event in fresh:
            self._note(batch, event)
            self._react(batch, event)
            if isinstance(event, Asked):
                asked.append(event)
            elif isinstance(event, GapFound):
                await unit.communities.add_gap(batch.spaces[event.space].id, event.since, event.at, event.what)
            elif isinstance(event, SpaceOpened | SpaceClosed):
                await self._space_changed(batch, event)
        for reached, entry in await batch.close():
            self._react_to(LevelReached, self._happening_of(batch, reached, entry), reached)
        await unit.outbox.add(batch.books.letters, self.clock.now())
        for event in asked:
            await caller.answer(batch, event)
        return Accepted(len(fresh), len(events) - len(fresh))

    @staticmethod
    async def _space_changed(batch: Batch, event: SpaceOpened | SpaceClosed) -> None:
        space = batch.spaces[event.space]
        space.closed = isinstance(event, SpaceClosed)
        if isinstance(event, SpaceOpened):
            if batch.communities[space.community_id].name == space.external_id:
                batch.communities[space.community_id].name = event.title
                await batch.unit.communities.save(batch.communities[space.community_id])
            space.title, space.kind = event.title, event.kind
        await batch.unit.communities.save_space(space)

    @staticmethod
    def _note(batch: Batch, event: Event) -> None:
        """Keep who is here: joins and leaves, and whoever writes is no leaver."""
        account = batch.account(event, event.actor)
        if account is None:
            return
        member = batch.books.members[account.member_id]
        if isinstance(event, MemberLeft):
            member.left_at = event.at
        elif isinstance(event, MemberJoined):
            member.joined_at, member.left_at = member.joined_at or event.at, None
        elif member.left_at is not None and event.at > member.left_at:
            member.left_at = None
        else:
            return
        batch.changed[member.id] = member

    def _react(self, batch: Batch, event: Event) -> None:
        if type(event) not in self.registry.reactions:
            return
        space = batch.spaces[event.space]
        account = batch.account(event, event.actor)
        member = batch.books.members[account.member_id] if account else None
        if member is not None and member.consent is Consent.OUT:
            return
        target = batch.target(event)
        happening = Happening(
            batch.now,
            batch.communities[space.community_id],
            space,
            batch.rooms.get((space.id, event.room)) if event.room else None,
            account,
            member,
            target,
            batch.books.members[target.member_id] if target else None,
            batch.books,
        )
        self._react_to(type(event), happening, event)

    def _react_to(self, kind: type[Any], happening: Happening, what: object) -> None:
        for reaction in self.registry.reactions.get(kind, ()):
            reaction.handler(happening, what)

    @staticmethod
    def _happening_of(batch: Batch, reached: LevelReached, entry: Entry) -> Happening:
        community = batch.communities[reached.member.community_id]
        space, room = batch.books.places[community.id, entry.key]
        return Happening(batch.now, community, space, room, reached.account, reached.member, None, None, batch.books)

    async def due(self) -> int:
        """Run what is due now, and return how many runs there were."""
        ran = await run_due(self.store, self.registry, self.clock.now(), self.sealer.hash)
        self._wake()
        return ran

    async def retry_parked(self) -> Accepted:
        """Try parked events again; those that still fail stay parked."""
        accepted = Accepted()
        async with self.store.read() as unit:
            waiting = await unit.parked.all()
        for each in waiting:
            event = self.sealer.open(each.sealed)
            if not isinstance(event, Event):
                continue
            try:
                accepted += await self._apply([event])
            except DatabaseDown:
                raise
            except Exception:
                _log.exception("event stays parked", platform=each.platform, key=each.event_key)
                accepted.parked += 1
                continue
            async with self.store.begin() as unit:
                await unit.parked.drop(each.id)
        return accepted
