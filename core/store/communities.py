"""Communities, spaces and rooms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import Row, delete, insert, select, update

from core.domain.community import Community, Room, Settings, Space
from core.store import dialect
from core.store.rows import Aggregate
from core.store.tables.communities import communities, rooms, space_aliases, spaces
from core.store.tables.interactions import gaps
from core.store.tables.rollups import positions
from core.store.tables.snapshots import carried, snapshots


def _community(row: Row[tuple[object, ...]]) -> Community:
    return Community(row.id, row.name, Settings.from_json(row.settings))


def _space(row: Row[tuple[object, ...]]) -> Space:
    return Space(row.id, row.community_id, row.platform, row.external_id, row.title, row.kind, row.closed)


def _room(row: Row[tuple[object, ...]]) -> Room:
    return Room(row.id, row.space_id, row.external_id, row.name, row.earns)


class Communities(Aggregate):
    """Find and change communities, their spaces and rooms."""

    async def add(self, name: str, settings: Settings, now: datetime) -> Community:
        """Found a community."""
        values = {"name": name, "settings": settings.to_json(), "created_at": now}
        result = await self._connection.execute(insert(communities).values(values).returning(communities.c.id))
        return Community(result.scalar_one(), name, settings)

    async def get(self, community_id: int) -> Community:
        """Return a community by id; raise KeyError where there is none."""
        return (await self.many([community_id]))[community_id]

    async def many(self, ids: Collection[int]) -> dict[int, Community]:
        """Return communities by id."""
        rows = await self._connection.execute(select(communities).where(self._among(communities.c.id, ids)))
        return {row.id: _community(row) for row in rows}

    async def all(self) -> list[Community]:
        """Return every community, oldest first."""
        rows = await self._connection.execute(select(communities).order_by(communities.c.id))
        return [_community(row) for row in rows]

    async def named(self, name: str) -> Community | None:
        """Return the oldest community of that name."""
        found = select(communities).where(communities.c.name == name).order_by(communities.c.id).limit(1)
        row = (await self._connection.execute(found)).first()
        return None if row is None else _community(row)

    async def save(self, community: Community) -> None:
        """Write a community's name and settings."""
        values = {"name": community.name, "settings": community.settings.to_json()}
        await self._connection.execute(update(communities).where(communities.c.id == community.id).values(values))

    async def open_space(
        self, community_id: int, platform: str, external_id: str, title: str, kind: str, now: datetime
    ) -> Space:
        """Add a space to a community under its platform's id; one that another process adds is an integrity error."""
        values = {
            "community_id": community_id,
            "platform": platform,
            "external_id": external_id,
            "title": title,
            "kind": kind,
            "closed": False,
            "created_at": now,
        }
        result = await self._connection.execute(insert(spaces).values(values).returning(spaces.c.id))
        space = Space(result.scalar_one(), community_id, platform, external_id, title, kind)
        alias = {"platform": platform, "external_id": external_id, "space_id": space.id}
        await self._connection.execute(insert(space_aliases).values(alias))
        return space

    async def alias(self, space: Space, external_id: str) -> None:
        """Let `external_id` lead to this space too."""
        values = {"platform": space.platform, "external_id": external_id, "space_id": space.id}
        await self._connection.execute(
            dialect.insert_replacing(self._connection, space_aliases, ["space_id"]), [values]
        )

    async def spaces(self, platform: str, external_ids: Collection[str]) -> dict[str, Space]:
        """Return the spaces that these platform ids lead to."""
        found = (
            select(space_aliases.c.external_id.label("alias"), spaces)
            .join(spaces, spaces.c.id == space_aliases.c.space_id)
            .where(space_aliases.c.platform == platform, self._among(space_aliases.c.external_id, external_ids))
        )
        return {row.alias: _space(row) for row in await self._connection.execute(found)}

    async def spaces_of(self, community_id: int) -> list[Space]:
        """Return a community's spaces, oldest first."""
        found = select(spaces).where(spaces.c.community_id == community_id).order_by(spaces.c.id)
        return [_space(row) for row in await self._connection.execute(found)]

    async def space(self, space_id: int) -> Space:
        """Return a space by id."""
        return _space((await self._connection.execute(select(spaces).where(spaces.c.id == space_id))).one())

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

    async def rooms(self, space_ids: Collection[int]) -> dict[tuple[int, str], Room]:
        """Return the rooms of these spaces by space and platform id."""
        rows = await self._connection.execute(select(rooms).where(self._among(rooms.c.space_id, space_ids)))
        return {(row.space_id, row.external_id): _room(row) for row in rows}

    async def room_with(self, room_id: int) -> Room:
        """Return a room by id; raise NoResultFound where there is none."""
        rows = await self._connection.execute(select(rooms).where(rooms.c.id == room_id))
        return _room(rows.one())

    async def add_rooms(self, wanted: Mapping[tuple[int, str], str]) -> dict[tuple[int, str], Room]:
        """Add rooms, given as (space, platform id) → name."""
        values = [
            {"space_id": space_id, "external_id": external_id, "name": name, "earns": True}
            for (space_id, external_id), name in wanted.items()
        ]
        result = await self._connection.execute(insert(rooms).returning(rooms), values)
        return {(row.space_id, row.external_id): _room(row) for row in result}

    async def save_room(self, room: Room) -> None:
        """Write a room's name and whether it earns."""
        values = {"name": room.name, "earns": room.earns}
        await self._connection.execute(update(rooms).where(rooms.c.id == room.id).values(values))

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
        for table in (snapshots, carried):
            await self._connection.execute(delete(table).where(table.c.community_id == community_id))
        await self._connection.execute(delete(communities).where(communities.c.id == community_id))
