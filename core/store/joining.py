"""One community takes another in: everything that names the one names the other afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from core.domain.booking import FOLLOWS, key_apart, root_key
from core.domain.people import Consent
from core.store.counts import Counts
from core.store.erasure import Erasure
from core.store.presences import Presences
from core.store.rollups import Rollups
from core.store.rows import Aggregate
from core.store.tables import ON_JOIN, metadata
from core.store.tables.activities import activities
from core.store.tables.base import OnJoin
from core.store.tables.communities import communities, rooms, spaces
from core.store.tables.members import accounts, members
from core.store.tables.rollups import positions


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What came over: how many members, how many of them the target knew, and whose sums are to be counted again."""

    members: int
    met: int
    changed: tuple[int, ...]


class Joining(Aggregate):
    """Take communities in. The caller holds both communities, and their roll-ups are up to date."""

    async def absorb(self, source: int, target: int) -> Absorbed:
        """Give everything of the community `source` to `target`, and remove `source`.

        An account that both know is one account afterwards, with what both had; members who were linked in one of them
        are no more linked in the other than they were.
        """
        count = select(func.count()).where(members.c.community_id == source)
        came = int((await self._connection.execute(count)).scalar_one())
        for how, gone in ((OnJoin.DROP, (source,)), (OnJoin.DROP_BOTH, (source, target))):
            for each in _declared(how):
                await self._connection.execute(delete(each).where(each.c.community_id.in_(gone)))
        await self._move_position(source, target)
        await Erasure(self._connection).hand_over(source, target)
        twins = await self._twins(source, target)
        changed = await self._merge(twins) if twins else ()
        await self._keep_keys_apart(source, target)
        await self._keep_numbers_apart(source, target)
        for table in _declared(OnJoin.MOVE, OnJoin.YIELD, OnJoin.ADD, OnJoin.KEYS_APART, OnJoin.MERGE):
            if "community_id" in table.c:
                await self._repoint(table, table.c.community_id, [(source, target)])
        await Presences(self._connection).settle_community(target)
        await self._connection.execute(delete(communities).where(communities.c.id == source))
        return Absorbed(came, len(twins), changed)

    async def fold(self, source: int, target: int) -> None:
        """Let the space `target` have all that the space `source` has, its ids too, and remove `source`."""
        await self._fold_rooms(source, target)
        for table, column in _pointing_at(spaces):
            await self._repoint(table, column, [(source, target)])
        await self._connection.execute(delete(spaces).where(spaces.c.id == source))

    async def _fold_rooms(self, source: int, target: int) -> None:
        """Let rooms that both spaces have be one."""
        mine, theirs = rooms.alias("mine"), rooms.alias("theirs")
        same = and_(theirs.c.external_id == mine.c.external_id, theirs.c.space_id == target)
        found = select(mine.c.id, theirs.c.id.label("twin")).join(theirs, same).where(mine.c.space_id == source)
        twins = [(row.id, row.twin) for row in await self._connection.execute(found)]
        if twins:
            for table, column in _pointing_at(rooms):
                await self._repoint(table, column, twins)
            await Counts(self._connection).fold_rooms(dict(twins))
            await self._connection.execute(delete(rooms).where(self._among(rooms.c.id, [mine for mine, _ in twins])))

    async def _twins(self, source: int, target: int) -> dict[int, int]:
        """Return which account of the target each account of the source is."""
        mine, theirs = accounts.alias("mine"), accounts.alias("theirs")
        found = select(mine.c.id, theirs.c.id.label("twin")).join(
            theirs,
            and_(
                theirs.c.platform == mine.c.platform,
                theirs.c.external_id == mine.c.external_id,
                theirs.c.community_id == target,
            ),
        )
        rows = await self._connection.execute(found.where(mine.c.community_id == source))
        return {row.id: row.twin for row in rows}

    async def _merge(self, twins: Mapping[int, int]) -> tuple[int, ...]:
        """Give what accounts have to their twins, remove them and the members left without any; return who changed."""
        found = select(accounts).where(self._among(accounts.c.id, [*twins, *twins.values()]))
        rows = {row.id: row for row in await self._connection.execute(found)}
        owner = {each: row.member_id for each, row in rows.items()}
        await Rollups(self._connection).hand_over(twins)
        pairs = sorted(twins.items())
        for table, column in _pointing_at(accounts):
            if ON_JOIN[table.name] is not OnJoin.ADD:
                await self._repoint(table, column, pairs)
        await self._connection.execute(delete(accounts).where(self._among(accounts.c.id, list(twins))))
        # With whom an account came waits, without any, for /unlink to give it back: now there is none to give.
        heirs = {rows[mine].first_member_id: owner[theirs] for mine, theirs in pairs}
        heirs |= {owner[mine]: owner[theirs] for mine, theirs in pairs}
        heirs.pop(None, None)
        for column in (accounts.c.member_id, accounts.c.first_member_id):
            kept = select(column).where(self._among(column, list(heirs)))
            for still_there in (await self._connection.execute(kept)).scalars().all():
                heirs.pop(still_there, None)
        await self._inherit(heirs)
        return tuple(sorted(set(owner.values()) - heirs.keys()))

    async def _inherit(self, heirs: Mapping[int, int]) -> None:
        """Give what members without an account leave behind to those who have theirs now."""
        if not heirs:
            return
        found = select(members).where(self._among(members.c.id, [*heirs, *heirs.values()]))
        rows = {row.id: row for row in await self._connection.execute(found)}
        for old, new in sorted(heirs.items()):
            left, heir = rows[old], rows[new]
            joined = [each for each in (left.joined_at, heir.joined_at) if each is not None]
            values = {
                "joined_at": min(joined, default=None),
                "owed": left.owed + heir.owed,
                "consent": Consent.OUT.value if Consent.OUT.value in (left.consent, heir.consent) else heir.consent,
            }
            await self._connection.execute(update(members).where(members.c.id == new).values(values))
        for table, column in _pointing_at(members):
            await self._repoint(table, column, sorted(heirs.items()))
        await self._connection.execute(delete(members).where(self._among(members.c.id, list(heirs))))

    async def _repoint(self, table: Table, column: Column[int], pairs: Sequence[tuple[int, int]]) -> None:
        """Let rows that point at the first of each pair point at the second; where that row is there, it holds."""
        old: ColumnElement[int] = bindparam("old_id")
        new: ColumnElement[int] = bindparam("new_id")
        given = [{"old_id": mine, "new_id": theirs} for mine, theirs in pairs]
        for unique in _unique_sets(table):
            if column.name in unique:
                twin = table.alias("twin")
                same: list[ColumnElement[bool]] = [twin.c[n] == table.c[n] for n in unique if n != column.name]
                there = exists().where(twin.c[column.name] == new, *same)
                await self._connection.execute(delete(table).where(column == old, there), given)
        await self._connection.execute(update(table).where(column == old).values({column.name: new}), given)

    async def _move_position(self, source: int, target: int) -> None:
        """Let the target's roll-ups go on behind the last interaction of both."""
        here = positions.c.community_id.in_((source, target))
        found = select(func.max(positions.c.value)).where(positions.c.name == "rollups", here)
        last = (await self._connection.execute(found)).scalar_one()
        await self._connection.execute(delete(positions).where(positions.c.community_id == source))
        if last is not None:
            await Rollups(self._connection).move_to(target, last)
        await Counts(self._connection).begin_anew(target)

    async def _keep_keys_apart(self, source: int, target: int) -> None:
        """Rename the keys of bookings that both communities use, and those that follow from what is renamed."""
        tables = list(_declared(OnJoin.KEYS_APART))
        known = union_all(*(select(each.c.key).where(each.c.community_id == target) for each in tables))
        follows = [f"{word}:%" for word in FOLLOWS]
        keys: set[str] = set()
        following: set[str] = set()
        for table in tables:
            mine = select(table.c.key).where(table.c.community_id == source)
            keys |= set((await self._connection.execute(mine.where(table.c.key.in_(known)))).scalars())
            after = or_(*(table.c.key.like(each) for each in follows))
            following |= set((await self._connection.execute(mine.where(after))).scalars())
        met = {root_key(key) for key in keys}
        keys |= met | {key for key in following if root_key(key) in met}
        renamed = [{"old_key": key, "new_key": key_apart(key, source)} for key in sorted(keys)]
        for table in tables if renamed else ():
            here = table.c.community_id == source, table.c.key == bindparam("old_key")
            await self._connection.execute(update(table).where(*here).values(key=bindparam("new_key")), renamed)

    async def _keep_numbers_apart(self, source: int, target: int) -> None:
        """Give activities whose number the other community uses too one behind all that both have."""
        here, other = activities.c.community_id, activities.alias("other")
        last = select(func.max(activities.c.number)).where(here.in_((source, target)))
        most = (await self._connection.execute(last)).scalar_one() or 0
        known = select(other.c.number).where(other.c.community_id == target)
        met = update(activities).where(here == source, activities.c.number.in_(known))
        await self._connection.execute(met.values(number=activities.c.number + most))


def _declared(*how: OnJoin) -> Iterator[Table]:
    for table in metadata.sorted_tables:
        if ON_JOIN[table.name] in how:
            yield table


def _pointing_at(other: Table) -> Iterator[tuple[Table, Column[int]]]:
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is other.c.id for key in column.foreign_keys):
                yield table, column


def _unique_sets(table: Table) -> Iterator[list[str]]:
    yield [column.name for column in table.primary_key.columns]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns]
    for index in table.indexes:
        if index.unique:
            yield [column.name for column in index.columns]
