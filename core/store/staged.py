"""What an import reads and writes: what everybody sees, and what it has staged itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.community import Room, Space
from core.domain.people import Account, Member
from core.store import bulk
from core.store.communities import Communities
from core.store.dialect import one_of
from core.store.interactions import Interaction, Interactions, values_of
from core.store.members import Members, Newcomer
from core.store.stages import Stage, Stages
from core.store.tables.interactions import interactions

_AUTHORS = select(interactions.c.event_key, interactions.c.account_id).where(
    interactions.c.platform == bindparam("platform"), one_of(interactions.c.event_key, "keys")
)


class StagedInteractions(Interactions):
    """Interactions as an import has them."""

    _there = interactions

    async def add(self, rows: Sequence[Interaction], *, staging: bool = True) -> None:
        await bulk.write_rows(self._connection, interactions, *values_of(rows))

    async def authors(self, platform: str, keys: Collection[str]) -> dict[str, int | None]:
        if not keys:
            return {}
        return {row[0]: row[1] for row in await self._run(_AUTHORS, platform=platform, keys=keys)}


class StagedMembers(Members):
    """Members as an import has them: who is new waits on its stage, and counts as one of the community."""

    def __init__(self, connection: AsyncConnection, stage: Stage) -> None:
        super().__init__(connection)
        self._stage = stage

    async def find(self, platform: str, ids: Mapping[int, Collection[str]]) -> dict[tuple[int, str], Account]:
        return self._at_home(await super().find(platform, self._both(ids)))

    async def find_owned(
        self, platform: str, ids: Mapping[int, Collection[str]]
    ) -> tuple[dict[tuple[int, str], Account], dict[int, Member]]:
        known, owners = await super().find_owned(platform, self._both(ids))
        return self._at_home(known), owners

    def _both(self, ids: Mapping[int, Collection[str]]) -> dict[int, Collection[str]]:
        return {**ids, self._stage.community: ids.get(self._stage.home, ())}

    def _at_home(self, known: Mapping[tuple[int, str], Account]) -> dict[tuple[int, str], Account]:
        home, stage = self._stage.home, self._stage.community
        return {(home if place == stage else place, each): account for (place, each), account in known.items()}

    async def owners(self, community_id: int) -> dict[int, Member]:
        return await super().owners(community_id) | await super().owners(self._stage.community)

    async def enrol(self, newcomers: Sequence[Newcomer], *, staging: bool = True) -> list[tuple[Account, Member]]:
        staged = [replace(new, community_id=self._stage.community) for new in newcomers]
        return await super().enrol(staged, staging=False)  # they are there already


class StagedCommunities(Communities):
    """Spaces and rooms as an import has them: new ones wait on its stage, and count as the community's."""

    def __init__(self, connection: AsyncConnection, stage: Stage) -> None:
        super().__init__(connection)
        self._stage = stage

    async def spaces(self, platform: str, external_ids: Collection[str]) -> dict[str, Space]:
        found = await self.every_space(platform, external_ids)
        return {each: self._at_home(space) for each, space in found.items()}

    async def open_space(
        self, community_id: int, platform: str, external_id: str, title: str, kind: str, now: datetime
    ) -> Space:
        space = await super().open_space(self._stage.community, platform, external_id, title, kind, now)
        return self._at_home(space)

    def _at_home(self, space: Space) -> Space:
        if space.community_id != self._stage.community:
            return space
        self._stage.spaces.add(space.id)
        return replace(space, community_id=self._stage.home)

    async def rooms(
        self, space_ids: Collection[int], external_ids: Collection[str] | None = None
    ) -> dict[tuple[int, str], Room]:
        theirs = [self._stage.rooms_of[each] for each in space_ids if each in self._stage.rooms_of]
        found = self._in_their_space(await super().rooms([*space_ids, *theirs], external_ids))
        # A room that waits may be in one that was here before.
        await self.place_rooms({place: room for place, room in found.items() if room.parent and not room.inside})
        return found

    async def add_rooms(
        self, wanted: Mapping[tuple[int, str], str], parents: Mapping[tuple[int, str], str] | None = None
    ) -> dict[tuple[int, str], Room]:
        known = await self.rooms({space for space, _ in wanted}, {name for _, name in wanted})
        known = {place: room for place, room in known.items() if place in wanted}
        return known | await self._add({place: name for place, name in wanted.items() if place not in known}, parents)

    async def _add(
        self, wanted: Mapping[tuple[int, str], str], parents: Mapping[tuple[int, str], str] | None
    ) -> dict[tuple[int, str], Room]:
        stages = Stages(self._connection)
        held = {
            space: space if space in self._stage.spaces else await stages.room_space(self._stage, space)
            for space in sorted({space for space, _ in wanted})
        }
        made = await super().add_rooms(
            {(held[space], name): called for (space, name), called in wanted.items()},
            {(held[space], name): parent for (space, name), parent in (parents or {}).items() if space in held},
        )
        return self._in_their_space(made)

    def _in_their_space(self, found: Mapping[tuple[int, str], Room]) -> dict[tuple[int, str], Room]:
        real = {theirs: space for space, theirs in self._stage.rooms_of.items()}
        for room in found.values():
            room.space_id = real.get(room.space_id, room.space_id)
        return {(room.space_id, room.external_id): room for room in found.values()}
