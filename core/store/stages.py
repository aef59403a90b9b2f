"""Stages: where an import is written, in short transactions, until it is published in one.

What is staged stands in the tables already, but nobody sees it: interactions by their import (`seen` leaves them out),
people, spaces and rooms that were never seen before by the community in which they stand, roll-ups by their table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, false, func, insert, or_, select, update

from core.domain.community import Community
from core.domain.people import Consent
from core.store.rollups import Rollups
from core.store.rows import Aggregate
from core.store.staged_entries import StagedEntries
from core.store.tables.communities import communities, rooms, space_aliases, spaces
from core.store.tables.counts import counts, staged_counts
from core.store.tables.interactions import HIDDEN, imports, interactions
from core.store.tables.members import accounts, members
from core.store.tables.rollups import STAGED, positions

ROWS = 3_000  # that are rolled up, resolved or removed in a transaction
_POSITION = "stage"  # of the roll-ups of what is staged
_ABANDONED = select(imports.c.id).where(imports.c.until.is_(None))  # asked with every batch: built once


@dataclass(slots=True)
class Stage:
    """An import under way: into which community, and the one where those people, spaces and rooms wait that are new.

    The two are one where the import founds the community. `rooms_of` are the spaces that hold the new rooms of spaces
    that were here before.
    """

    import_id: int
    home: int
    community: int
    spaces: set[int] = field(default_factory=set)
    rooms_of: dict[int, int] = field(default_factory=dict)

    @property
    def founds(self) -> bool:
        """Say whether the community is new."""
        return self.home == self.community


class MeanwhileChanged(Exception):
    """Say that what an import was made for isn't there any longer as it was: it can't be published."""


class Stages(Aggregate):
    """Begin, fill, publish and clear stages; only one import is under way at a time."""

    async def hidden(self) -> set[int]:
        """Return the communities that only hold what is staged."""
        return set((await self._connection.execute(HIDDEN)).scalars())

    async def abandoned(self) -> list[int]:
        """Return the imports that were never published."""
        return [row[0] for row in await self._run(_ABANDONED)]

    async def begin(
        self, home: Community | None, founded: Community, platform: str, path: str, at: datetime, *, with_points: bool
    ) -> Stage:
        """Make a stage for an import into `home`, or into the new community `founded`, and record the import.

        Without points it counts for no replay.
        """
        place = founded.id if home is None else home.id
        values = {
            "community_id": place,
            "platform": platform,
            "path": path,
            "with_points": with_points,
            "at": at,
            "stage": founded.id,
        }
        made = await self._connection.execute(insert(imports).values(values).returning(imports.c.id))
        return Stage(int(made.scalar_one()), place, founded.id)

    async def room_space(self, stage: Stage, space_id: int) -> int:
        """Return the space that holds the new rooms of a space that was here before."""
        if space_id not in stage.rooms_of:
            names = ["platform", "external_id", "title", "kind", "closed", "created_at"]
            copied = select(*(spaces.c[name] for name in names)).where(spaces.c.id == space_id)
            row = (await self._connection.execute(copied)).one()._mapping
            values = {**row, "community_id": stage.community}
            made = await self._connection.execute(insert(spaces).values(values).returning(spaces.c.id))
            stage.rooms_of[space_id] = int(made.scalar_one())
        return stage.rooms_of[space_id]

    async def give_way(self, platform: str, keys: Collection[str]) -> None:
        """Remove from a stage what happens now under the same keys: it came first, for whoever looks."""
        if not await self.abandoned():
            return
        staged = interactions.c.import_id.in_(_ABANDONED)
        met = select(interactions).where(
            interactions.c.platform == platform, self._among(interactions.c.event_key, keys), staged
        )
        rows = (await self._connection.execute(met)).all()
        if not rows:
            return
        with_mentions = [
            and_(interactions.c.event_key > f"{row.event_key}#", interactions.c.event_key < f"{row.event_key}$")
            for row in rows
        ]
        gone = select(interactions).where(
            interactions.c.platform == platform,
            or_(self._among(interactions.c.event_key, [row.event_key for row in rows]), *with_mentions),
            staged,
        )
        rows = (await self._connection.execute(gone)).all()
        home = rows[0].community_id
        reached = await self._position(home)
        await Rollups(self._connection).stage(home, [row for row in rows if row.id <= reached], -1)
        ids = self._among(interactions.c.id, [row.id for row in rows])
        await self._connection.execute(delete(interactions).where(ids))

    async def span(self, stage: Stage) -> tuple[int, int]:
        """Return the first and the last interaction of an import, (0, 0) where it has none."""
        found = select(func.min(interactions.c.id), func.max(interactions.c.id))
        first, last = (await self._connection.execute(found.where(interactions.c.import_id == stage.import_id))).one()
        return (first, last) if first is not None else (0, 0)

    async def resolve(self, stage: Stage, start: int) -> int | None:
        """Point some staged answers and reactions behind `start` at the writers of their messages, who came later.

        Who is out by consent is nobody's target, and addresses nobody. Return where to go on, None at the end.
        """
        end = await self._end_of_some(stage, start)
        if end is None:
            return None
        parent = interactions.alias("parent")
        writer = (
            select(parent.c.account_id)
            .join(accounts, accounts.c.id == parent.c.account_id)
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                parent.c.platform == interactions.c.platform,
                parent.c.event_key == interactions.c.message_key,
                parent.c.community_id == interactions.c.community_id,
                members.c.consent != Consent.OUT,
            )
            .scalar_subquery()
        )
        await self._connection.execute(
            update(interactions)
            .where(
                interactions.c.import_id == stage.import_id,
                interactions.c.id > start,
                interactions.c.id <= end,
                interactions.c.target_account_id.is_(None),
                interactions.c.message_key.is_not(None),
                or_(interactions.c.account_id.is_not(None), interactions.c.kind == "reactions"),
            )
            .values(target_account_id=writer)
        )
        return end

    async def roll_up(self, stage: Stage, start: int) -> int | None:
        """Add some staged interactions behind `start` to the stage's roll-ups; return where to go on, None at the end.

        Not for histories with stays in voice rooms: no export has any.
        """
        end = await self._end_of_some(stage, start)
        if end is None:
            return None
        found = select(interactions).where(
            interactions.c.import_id == stage.import_id, interactions.c.id > start, interactions.c.id <= end
        )
        await Rollups(self._connection).stage(stage.home, (await self._connection.execute(found)).all())
        await Rollups(self._connection).move_to(stage.home, end, _POSITION)
        return end

    async def _end_of_some(self, stage: Stage, start: int) -> int | None:
        some = (
            select(interactions.c.id)
            .where(interactions.c.import_id == stage.import_id, interactions.c.id > start)
            .order_by(interactions.c.id)
            .limit(ROWS)
            .subquery()
        )
        end: int | None = (await self._connection.execute(select(func.max(some.c.id)))).scalar_one()
        return end

    async def _position(self, home: int) -> int:
        return await Rollups(self._connection).position(home, _POSITION)

    async def publish(self, stage: Stage, first: int) -> None:
        """Let everybody see what is staged; raise MeanwhileChanged where its place isn't as it was.

        The caller holds the community, and its roll-ups have every interaction that was seen so far.
        """
        await self.look_again(stage)
        await self._refuse_twins(stage)
        newest = select(func.max(interactions.c.id)).where(interactions.c.community_id == stage.home)
        until = (await self._connection.execute(newest)).scalar_one() or 0
        rollups = Rollups(self._connection)
        await rollups.publish_stage(stage.home, until)
        await self._connection.execute(
            delete(positions).where(positions.c.name == _POSITION, positions.c.community_id == stage.home)
        )
        for theirs, real in ((theirs, real) for real, theirs in stage.rooms_of.items()):
            moved = update(rooms).where(rooms.c.space_id == theirs)
            await self._connection.execute(moved.values(space_id=real))
            await self._connection.execute(delete(spaces).where(spaces.c.id == theirs))
        mine = update(imports).where(imports.c.id == stage.import_id)
        await self._connection.execute(mine.values(until=until, stage=None))
        if not stage.founds:
            for table in (spaces, members, accounts):
                moved = update(table).where(table.c.community_id == stage.community)
                await self._connection.execute(moved.values(community_id=stage.home))
            await self._connection.execute(delete(communities).where(communities.c.id == stage.community))
        await rollups.end_imported(stage.home, stage.import_id, first)

    async def look_again(self, stage: Stage) -> None:
        """Raise MeanwhileChanged where the community joined another, or somebody took a space of the stage."""
        place = select(imports.c.community_id).where(imports.c.id == stage.import_id)
        if (await self._connection.execute(place)).scalar_one() != stage.home:
            raise MeanwhileChanged
        theirs = {*stage.spaces, *stage.rooms_of}
        taken = select(spaces.c.id).where(
            self._among(spaces.c.id, theirs), spaces.c.community_id.not_in((stage.home, stage.community))
        )
        if theirs and (await self._connection.execute(taken.limit(1))).first() is not None:
            raise MeanwhileChanged

    async def _refuse_twins(self, stage: Stage) -> None:
        mine, here = accounts.alias("mine"), accounts.alias("here")
        twins = (
            select(mine.c.id)
            .join(here, and_(here.c.platform == mine.c.platform, here.c.external_id == mine.c.external_id))
            .where(mine.c.community_id == stage.community, here.c.community_id == stage.home, mine.c.id != here.c.id)
        )
        one, other = rooms.alias("one"), rooms.alias("other")
        twice = (
            select(one.c.id)
            .join(other, other.c.external_id == one.c.external_id)
            .where(or_(false(), *_pairs(one, other, stage.rooms_of)))
        )
        for found in (twins, twice):
            if (await self._connection.execute(found.limit(1))).first() is not None:
                raise MeanwhileChanged

    async def clear_some(self, import_id: int) -> bool:
        """Remove some of what an abandoned import left; say whether there is more."""
        some = select(interactions.c.id).where(interactions.c.import_id == import_id).limit(ROWS)
        entries = StagedEntries(self._connection)
        if await self._remove(interactions, interactions.c.id.in_(some)) or await entries.clear_some(import_id):
            return True
        for table in STAGED:
            first = table.primary_key.columns[0]
            days = select(first, table.c.day).limit(ROWS)
            lowest = (await self._connection.execute(days.order_by(first, table.c.day))).all()
            if lowest and await self._remove(table, first <= lowest[-1][0]):
                return True
        for table in (staged_counts, counts):
            if await self._clear_counts(table, import_id):
                return True
        found = select(imports.c.stage).where(imports.c.id == import_id)
        stage = (await self._connection.execute(found)).scalar_one_or_none()
        if stage is None:
            await self._connection.execute(delete(imports).where(imports.c.id == import_id))
            return False
        for table in (accounts, members):
            some = select(table.c.id).where(table.c.community_id == stage).limit(ROWS)
            if await self._remove(table, table.c.id.in_(some)):
                return True
        await self._clear_places(import_id, stage)
        return False

    async def _clear_counts(self, table: Table, import_id: int) -> int:
        """Remove some of what was counted of an import, or of the community that it founds."""
        mine = select(imports.c.community_id, imports.c.stage).where(imports.c.id == import_id)
        row = (await self._connection.execute(mine)).first()
        if row is None or (table is counts and row.community_id != row.stage):
            return 0
        here = table.c.community_id == row.community_id
        hours = select(table.c.hour).where(here).order_by(table.c.hour).limit(ROWS)
        lowest = (await self._connection.execute(hours)).scalars().all()
        return await self._remove(table, and_(here, table.c.hour <= lowest[-1])) if lowest else 0

    async def _clear_places(self, import_id: int, stage: int) -> None:
        theirs = select(spaces.c.id).where(spaces.c.community_id == stage)
        await self._remove(rooms, rooms.c.space_id.in_(theirs))
        await self._remove(space_aliases, space_aliases.c.space_id.in_(theirs))
        await self._remove(spaces, spaces.c.community_id == stage)
        await self._remove(positions, or_(positions.c.name == _POSITION, positions.c.community_id == stage))
        await self._remove(imports, imports.c.id == import_id)
        await self._remove(communities, communities.c.id == stage)

    async def _remove(self, table: Table, which: ColumnElement[bool]) -> int:
        return int((await self._connection.execute(delete(table).where(which))).rowcount)


def _pairs(one: Any, other: Any, rooms_of: Mapping[int, int]) -> Iterator[ColumnElement[bool]]:
    for real, theirs in rooms_of.items():
        yield and_(one.c.space_id == theirs, other.c.space_id == real)
