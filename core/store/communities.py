"""Communities, spaces and rooms."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, and_, bindparam, cast, delete, func, insert, select, update

from core.domain.community import Community, Room, Settings, Space
from core.domain.people import folded
from core.domain.points import Rules
from core.domain.tasks import NEWS, PLAN
from core.store import dialect
from core.store.dialect import one_of
from core.store.rows import Aggregate
from core.store.tables.communities import communities, rooms, space_aliases, spaces
from core.store.tables.counts import counts
from core.store.tables.erasures import erasures
from core.store.tables.interactions import HIDDEN, gaps, imports, interactions
from core.store.tables.ledger import rule_eras
from core.store.tables.rollups import positions
from core.store.tables.snapshots import checkpoints, snapshots
from core.store.tasks import Tasks

# Each batch reads these: in the order of the domain's types they need no look-up by name.
_COMMUNITY = (communities.c.id, communities.c.name, cast(communities.c.settings, Text))
_SPACE = tuple(spaces.c[name] for name in Space.__slots__)
_ROOM = tuple(rooms.c[name] for name in Room.__slots__ if name in rooms.c)

_MANY = select(*_COMMUNITY).where(one_of(communities.c.id, "ids"))
_HELD = select(
    *_COMMUNITY,
    select(erasures.c.at).exists(),
    select(imports.c.id).where(imports.c.until.is_(None)).exists(),
).where(one_of(communities.c.id, "ids"))
_EVERY_SPACE = (
    select(space_aliases.c.external_id, *_SPACE)
    .join(spaces, spaces.c.id == space_aliases.c.space_id)
    .where(space_aliases.c.platform == bindparam("platform"), one_of(space_aliases.c.external_id, "ids"))
)
_SPACES = _EVERY_SPACE.where(spaces.c.community_id.not_in(HIDDEN))
_ROOMS = select(*_ROOM).where(one_of(rooms.c.space_id, "spaces"))
_ROOMS_NAMED = select(*_ROOM).where(one_of(rooms.c.space_id, "spaces"), one_of(rooms.c.external_id, "ids"))


@dataclass(frozen=True, slots=True)
class Rarities:
    """What is seldom there: somebody who was erased, anywhere; an import that is under way, or was given up."""

    erased: bool = False
    staging: bool = False


@lru_cache(maxsize=1_000)
def _settings(text: str) -> Settings:
    return Settings.from_json(json.loads(text))


def _community(row: Sequence[Any]) -> Community:
    return Community(row[0], row[1], _settings(row[2]))


def _room(row: Sequence[Any]) -> tuple[tuple[int, str], Room]:
    room = Room(*row)
    return (room.space_id, room.external_id), room


_DEPTH = 3  # a thread of a channel of a category


class Communities(Aggregate):
    """Find and change communities, their spaces and rooms."""

    async def add(self, name: str, settings: Settings, now: datetime) -> Community:
        """Found a community."""
        community = await self.stage(name, settings, now)
        await Tasks(self._connection).want(PLAN, [community.id])
        return community

    async def stage(self, name: str, settings: Settings, now: datetime) -> Community:
        """Make a community of which nothing recurs, as an import's stage."""
        values = {"name": name, "settings": settings.to_json(), "created_at": now}
        result = await self._connection.execute(insert(communities).values(values).returning(communities.c.id))
        return Community(result.scalar_one(), name, settings)

    async def get(self, community_id: int) -> Community:
        """Return a community by id; raise KeyError where there is none."""
        return (await self.many([community_id]))[community_id]

    async def many(self, ids: Collection[int]) -> dict[int, Community]:
        """Return communities by id."""
        rows = await self._run(_MANY, ids=ids)
        return {row[0]: _community(row) for row in rows}

    async def held(self, ids: Collection[int]) -> tuple[dict[int, Community], Rarities]:
        """Return communities by id, and what is seldom there: a batch needn't ask for each of it.

        The caller holds them, so that until the commit no import stages anything of theirs.
        """
        rows = await self._run(_HELD, ids=ids)
        return {row[0]: _community(row) for row in rows}, Rarities(*rows[0][3:]) if rows else Rarities()

    async def all(self) -> list[Community]:
        """Return every community, oldest first."""
        found = select(*_COMMUNITY).where(communities.c.id.not_in(HIDDEN)).order_by(communities.c.id)
        rows = await self._connection.execute(found)
        return [_community(row) for row in rows]

    async def named(self, name: str) -> Community | None:
        """Return the oldest community of that name, however it is written; one written the same comes first."""
        alike = [each for each in await self.all() if folded(each.name) == folded(name)]
        return next((each for each in alike if each.name == name), alike[0] if alike else None)

    async def save(self, community: Community) -> None:
        """Write a community's name and settings; where its points rules change, what came before had the old ones."""
        before = (await self.get(community.id)).settings
        if before.rules != community.settings.rules:
            await self._end_era(community.id, before.rules)
        tasks = Tasks(self._connection)
        if before.timezone != community.settings.timezone:
            await tasks.want(PLAN, [community.id])
        if before != community.settings:
            await tasks.want(NEWS, [community.id])
        values = {"name": community.name, "settings": community.settings.to_json()}
        await self._connection.execute(update(communities).where(communities.c.id == community.id).values(values))

    async def _end_era(self, community_id: int, rules: Rules) -> None:
        """Note that `rules` held up to now, since the last time that they were changed."""
        newest = select(func.max(interactions.c.id)).where(interactions.c.community_id == community_id)
        until = (await self._connection.execute(newest)).scalar_one()
        if until is not None:
            era = {"community_id": community_id, "until": until, "rules": asdict(rules)}
            await self._connection.execute(dialect.insert_new(self._connection, rule_eras), [era])

    async def rules_until_now(self, community_id: int) -> tuple[Rules, list[tuple[int, Rules]]]:
        """Return the rules that hold now, and those before: up to which interaction, oldest first.

        What a replay changed counts as if its rules had always held.
        """
        found = select(rule_eras.c.until, rule_eras.c.rules).where(rule_eras.c.community_id == community_id)
        rows = await self._connection.execute(found.order_by(rule_eras.c.until))
        eras = [(until, Rules.from_json(rules)) for until, rules in rows]
        return (await self.get(community_id)).settings.rules, eras

    async def replayed(self, community_id: int, rules: Rules) -> None:
        """Let `rules` hold, for the past too."""
        await self._connection.execute(delete(rule_eras).where(rule_eras.c.community_id == community_id))
        settings = replace((await self.get(community_id)).settings, rules=rules)
        changed = update(communities).where(communities.c.id == community_id)
        await self._connection.execute(changed.values(settings=settings.to_json()))

    async def open_space(
        self, community_id: int, platform: str, external_id: str, title: str, kind: str, now: datetime
    ) -> Space:
        """Add a space to a community under its platform's id; one that another process adds is an integrity error.

        What waits on a stage under that id is taken from there.
        """
        values = {
            "community_id": community_id,
            "platform": platform,
            "external_id": external_id,
            "title": title,
            "kind": kind,
            "closed": False,
            "created_at": now,
        }
        if (staged := await self._staged_space(platform, external_id)) is not None:
            await self._connection.execute(update(spaces).where(spaces.c.id == staged).values(values))
            return Space(staged, community_id, platform, external_id, title, kind)
        result = await self._connection.execute(insert(spaces).values(values).returning(spaces.c.id))
        space = Space(result.scalar_one(), community_id, platform, external_id, title, kind)
        alias = {"platform": platform, "external_id": external_id, "space_id": space.id}
        await self._connection.execute(insert(space_aliases).values(alias))
        return space

    async def _staged_space(self, platform: str, external_id: str) -> int | None:
        found = (
            select(spaces.c.id)
            .join(space_aliases, space_aliases.c.space_id == spaces.c.id)
            .where(
                space_aliases.c.platform == platform,
                space_aliases.c.external_id == external_id,
                spaces.c.community_id.in_(HIDDEN),
            )
        )
        return (await self._connection.execute(found)).scalar_one_or_none()

    async def alias(self, space: Space, external_id: str) -> None:
        """Let `external_id` lead to this space too; one that another process adds is an integrity error."""
        values = {"platform": space.platform, "external_id": external_id, "space_id": space.id}
        await self._connection.execute(insert(space_aliases).values(values))

    async def spaces(self, platform: str, external_ids: Collection[str]) -> dict[str, Space]:
        """Return the spaces that these platform ids lead to."""
        rows = await self._run(_SPACES, platform=platform, ids=external_ids)
        return {row[0]: Space(*row[1:]) for row in rows}

    async def every_space(self, platform: str, external_ids: Collection[str]) -> dict[str, Space]:
        """Return what `spaces` returns, with those that wait on a stage."""
        rows = await self._run(_EVERY_SPACE, platform=platform, ids=external_ids)
        return {row[0]: Space(*row[1:]) for row in rows}

    async def spaces_of(self, community_id: int) -> list[Space]:
        """Return a community's spaces, oldest first."""
        found = select(*_SPACE).where(spaces.c.community_id == community_id).order_by(spaces.c.id)
        return [Space(*row) for row in await self._connection.execute(found)]

    async def space(self, space_id: int) -> Space:
        """Return a space by id."""
        return Space(*(await self._connection.execute(select(*_SPACE).where(spaces.c.id == space_id))).one())

    async def save_space(self, space: Space) -> None:
        """Write what may change of a space: id, title, community, kind, open or closed."""
        values = {
            "external_id": space.external_id,
            "title": space.title,
            "kind": space.kind,
            "closed": space.closed,
            "community_id": space.community_id,
        }
        await self._connection.execute(update(spaces).where(spaces.c.id == space.id).values(values))

    async def rooms(
        self, space_ids: Collection[int], external_ids: Collection[str] | None = None
    ) -> dict[tuple[int, str], Room]:
        """Return the rooms of these spaces by space and platform id; only those of these ids where any are given.

        Each comes with the rooms that it is in.
        """
        if external_ids is None:
            found = dict(map(_room, await self._run(_ROOMS, spaces=space_ids)))
        else:
            found = dict(map(_room, await self._run(_ROOMS_NAMED, spaces=space_ids, ids=external_ids)))
        await self.place_rooms(found)
        return found

    async def place_rooms(self, found: Mapping[tuple[int, str], Room]) -> None:
        """Put rooms into the rooms that they are in, as far as those are known."""
        known = dict(found)
        for _ in range(_DEPTH):
            away = {(room.space_id, room.parent) for room in known.values() if room.parent} - known.keys()
            if not away:
                break
            ids = {parent for _, parent in away if parent}
            rows = await self._run(_ROOMS_NAMED, spaces={space for space, _ in away}, ids=ids)
            if not rows:
                break
            known = dict(map(_room, rows)) | known
        for room in known.values():
            room.inside = known.get((room.space_id, room.parent)) if room.parent else None

    async def room_with(self, room_id: int) -> Room:
        """Return a room by id; raise NoResultFound where there is none."""
        rows = await self._connection.execute(select(*_ROOM).where(rooms.c.id == room_id))
        room = Room(*rows.one())
        await self.place_rooms({(room.space_id, room.external_id): room})
        return room

    async def add_rooms(
        self, wanted: Mapping[tuple[int, str], str], parents: Mapping[tuple[int, str], str] | None = None
    ) -> dict[tuple[int, str], Room]:
        """Add rooms, given as (space, platform id) → name; `parents` says in which room each is that is in one.

        Those that wait on a stage are taken from there.
        """
        parents = parents or {}
        made = await self._take_rooms(wanted, parents)
        values = [
            {
                "space_id": place[0],
                "external_id": place[1],
                "name": name,
                "earns": True,
                "parent": parents.get(place),
                "thread": False,
                "gone": False,
            }
            for place, name in wanted.items()
            if place not in made
        ]
        if values:
            made |= map(_room, await self._connection.execute(insert(rooms).returning(*_ROOM), values))
        return made

    async def _take_rooms(
        self, wanted: Mapping[tuple[int, str], str], parents: Mapping[tuple[int, str], str]
    ) -> dict[tuple[int, str], Room]:
        here, staged = spaces.alias("here"), spaces.alias("staged")
        same = and_(staged.c.platform == here.c.platform, staged.c.external_id == here.c.external_id)
        found = (
            select(here.c.id, *_ROOM)
            .join(staged, staged.c.id == rooms.c.space_id)
            .join(here, and_(same, here.c.id != staged.c.id))
            .where(staged.c.community_id.in_(HIDDEN), self._among(here.c.id, {space for space, _ in wanted}))
        )
        taken = {}
        for space, *row in await self._connection.execute(found):
            room = Room(*row)
            place = (space, room.external_id)
            if place in wanted:
                taken[place] = replace(room, space_id=space, name=wanted[place], parent=parents.get(place))
        for room in taken.values():
            await self._connection.execute(update(rooms).where(rooms.c.id == room.id).values(space_id=room.space_id))
            await self.save_room(room)
        return taken

    async def save_room(self, room: Room) -> None:
        """Write what may change of a room: name, whether it earns, where it is, whether it is there."""
        values = {name: getattr(room, name) for name in ("name", "earns", "parent", "thread", "gone")}
        await self._connection.execute(update(rooms).where(rooms.c.id == room.id).values(values))

    async def name_room(self, room: Room) -> None:
        """Let a room have a name, and be in another, as far as neither is known."""
        here = update(rooms).where(rooms.c.id == room.id)
        await self._connection.execute(here.where(rooms.c.name == "").values(name=room.name))
        await self._connection.execute(here.where(rooms.c.parent.is_(None)).values(parent=room.parent))

    async def seen(self, room_id: int, message: str) -> None:
        """Record the newest message taken from a room."""
        await self._connection.execute(update(rooms).where(rooms.c.id == room_id).values(seen_message=message))

    async def last_seen(self, space_id: int) -> dict[str, str]:
        """Return the newest message taken, by the platform id of each room that has one."""
        found = select(rooms.c.external_id, rooms.c.seen_message).where(
            rooms.c.space_id == space_id, rooms.c.seen_message.is_not(None)
        )
        return {row.external_id: row.seen_message for row in await self._connection.execute(found)}

    async def heard(self, listener: str, at: datetime) -> None:
        """Record that everything until `at` has been taken by a listener: a platform, or a part of one."""
        values = {"name": f"heard:{listener}", "community_id": 0, "value": int(at.timestamp() * 1000)}
        await self._connection.execute(dialect.insert_replacing(self._connection, positions, ["value"]), [values])

    async def last_heard(self, listener: str) -> datetime | None:
        """Return until when a listener took everything, None where it never did."""
        found = select(positions.c.value).where(positions.c.name == f"heard:{listener}")
        value = (await self._connection.execute(found)).scalar_one_or_none()
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)

    async def add_gap(self, space_id: int, since: datetime, until: datetime, what: str) -> None:
        """Record that `what` happened in a space unseen between two times."""
        values = {"space_id": space_id, "since": since, "until": until, "what": what}
        await self._connection.execute(insert(gaps).values(values))

    async def gaps(self, space_ids: Collection[int]) -> list[tuple[int, datetime, datetime, str]]:
        """Return the recorded gaps of these spaces: space, since, until, what; newest first."""
        found = select(gaps).where(self._among(gaps.c.space_id, space_ids)).order_by(gaps.c.until.desc())
        return [(row.space_id, row.since, row.until, row.what) for row in await self._connection.execute(found)]

    async def drop(self, community_id: int) -> None:
        """Remove an empty community, one whose spaces and members have all gone elsewhere."""
        for table in (snapshots, checkpoints, counts):
            await self._connection.execute(delete(table).where(table.c.community_id == community_id))
        await self._connection.execute(delete(communities).where(communities.c.id == community_id))
