"""Bridges of an import: who writes for others, and whose their messages are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.domain.bridges import Lookout, bridge_of, split
from core.domain.community import Community
from core.domain.events import MessageSent
from core.domain.history import Record
from core.domain.people import Consent, Person
from core.store.members import Newcomer
from core.store.unit import UnitOfWork

ErasureHash = Callable[[str, str], str]


class Bridges:
    """The accounts of a history that write for others; `wanted` (ids on the platform) are split."""

    def __init__(self, platform: str, erasure_hash: ErasureHash, wanted: frozenset[str]) -> None:
        self._platform, self._hash, self._wanted = platform, erasure_hash, wanted
        self._lookout = Lookout()
        self._told: dict[str, tuple[str, Person, int]] = {}  # message here already → bridge, whose it is, mentions

    def see(self, record: Record) -> Record:
        """Look at what was written, and return it as written by whoever spoke."""
        self._lookout.see(record)
        return split(record, self._wanted) if self._wanted else record

    def came_before(self, key: str, record: Record) -> None:
        """Remember whose a message is that is here already."""
        sent = record.events[0]
        if self._wanted and isinstance(sent, MessageSent) and sent.actor is not None and sent.actor.behind_bridge:
            self._told[key] = (bridge_of(sent.actor), sent.actor, len(sent.mentions))

    async def settle(self, unit: UnitOfWork, community: Community) -> list[dict[str, Any]]:
        """Give what came before to whoever it is of, where that is wanted; return what is said of each bridge."""
        found = list(self._lookout.found())
        moved = await self._give_over(unit, community)
        settings = community.settings
        if self._wanted and settings.bridges != "each":
            community.settings = replace(settings, bridges="each")
            await unit.communities.save(community)
        elif found and not self._wanted and settings.bridges == "open":
            most = max(found, key=lambda each: len(each.names))
            community.settings = replace(
                settings, bridge=most.person.name or most.person.id, bridge_people=len(most.names)
            )
            await unit.communities.save(community)
        return [
            {
                "name": each.person.name,
                "sources": sorted(each.sources),
                "lines": each.lines,
                "names": len(each.names),
                "split": each.person.id in self._wanted,
                "moved": moved.get(each.person.id, 0),
            }
            for each in found
        ]

    async def _give_over(self, unit: UnitOfWork, home: Community) -> dict[str, int]:
        """Let messages that came before be of whoever spoke through a bridge, and return how many by bridge."""
        if not self._wanted:
            return {}
        platform = self._platform
        people = {person.id: person for _, person, _ in self._told.values()}
        hashes = {self._hash(platform, each): each for each in people}
        gone = {hashes[each] for each, _ in await unit.erasure.erased(hashes, [home.id])}
        known = await unit.members.find(platform, {home.id: {*people, *self._wanted}})
        newcomers = [
            Newcomer(home.id, platform, person, home.settings.starts_with(platform, person), None)
            for person in people.values()
            if (home.id, person.id) not in known and person.id not in gone
        ]
        for newcomer, (made, _) in zip(newcomers, await unit.members.enrol(newcomers), strict=True):
            known[home.id, newcomer.person.id] = made
        owners = await unit.members.of_accounts([account.id for account in known.values()])
        silent = {account for account, member in owners.items() if member.consent is Consent.OUT}
        moved: dict[str, int] = {}
        for bridge in sorted(self._wanted):
            account = known.get((home.id, bridge))
            if account is None:
                continue
            owners[account.id].bot = True  # for others it speaks, for itself it is nobody
            await unit.members.save([owners[account.id]])
            given = {
                key + mention: None if theirs is None or theirs.id in silent else theirs.id
                for key, (by, person, mentions) in self._told.items()
                if by == bridge
                for theirs in (known.get((home.id, person.id)),)
                for mention in ("", *(f"#{place}" for place in range(mentions)))
            }
            moved[bridge] = await unit.handover.give_over(platform, home.id, account.id, given)
        return moved
