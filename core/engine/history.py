"""Brings a history in: all or nothing, through the same batches as what happens now.

It is written on a stage, in transactions as short as those of what happens now, and published in one at the end.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from core.domain.community import Community, Room, Settings, Space
from core.domain.errors import BadInput
from core.domain.events import Event, MemberJoined
from core.domain.history import Chapter, Record
from core.domain.kinds import Kind
from core.domain.tasks import NEWS, PLAN
from core.engine import import_points
from core.engine.batch import Batch, interactions_of
from core.engine.bridges import Bridges, ErasureHash
from core.engine.import_points import ImportPoints, PointsMoved
from core.store.locks import ImportUnderWay
from core.store.stages import MeanwhileChanged, Stage, Stages
from core.store.unit import DatabaseDown, StagedUnit, Store, UnitOfWork

EVENTS = 1_200  # in a batch
TRIES = 4  # to give points: in the last they are written with the publication, whatever else happens meanwhile


@dataclass(slots=True)
class Taken:
    """What came of an import: figures of what was new, entries that came before, and reasons → what was left out.

    `authors` wrote something; a reply pair is (who replies, who wrote the parent), two people of whom both are known,
    and `reply_weight` their replies. `system` is what the platform wrote itself. `bridges` are accounts that write for
    others: for how many `names`, in how many `lines`, whether these were `split`, and how many were here before and
    `moved` to whoever they are of.
    """

    messages: int = 0
    system: int = 0
    authors: int = 0
    replies: int = 0
    reply_pairs: int = 0
    reply_weight: int = 0
    mentions: int = 0
    reactions: int = 0
    joins: int = 0
    duplicates: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    bridges: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return plain data, without bridges where there are none."""
        data = asdict(self)
        if not data["bridges"]:
            del data["bridges"]
        return data


async def import_history(  # noqa: PLR0913  what to bring, where to, and how
    store: Store,
    erasure_hash: ErasureHash,
    platform: str,
    community: str,
    history: Iterable[Chapter | Record],
    *,
    path: str,
    now: datetime,
    with_points: bool = False,
    bridges: Collection[str] = (),
) -> Taken:
    """Bring `history` into the community of that name, founded if missing; nobody sees any of it before all is there.

    What came before, live or imported, is a duplicate. People behind `bridges` (ids on the platform) become members of
    their own, with what came before as well. With points, what is new is scored under the community's rules
    in order of time. Raise BadInput, with nothing brought in, where the history can't be read, its space belongs to
    another community, or the community joined another meanwhile.
    """
    async with store.importing():
        await clear_abandoned(store)
        try:
            async with store.begin() as unit:
                home = await unit.communities.named(community)
                staged = await unit.communities.stage(home.name if home else community, Settings(), now)
                stage = await unit.stages.begin(home, staged, platform, path, now, with_points=with_points)
            bringing = _Bringing(store, stage, erasure_hash, platform, home or staged, now, frozenset(bridges))
            await bringing.all(history)
            return await bringing.finish(with_points=with_points)
        except MeanwhileChanged:
            await clear_abandoned(store)
            raise BadInput("import-meanwhile", community=community) from None
        except (Exception, asyncio.CancelledError):
            with suppress(DatabaseDown):  # the next import clears it then
                await clear_abandoned(store)
            raise


async def clear_abandoned(store: Store) -> None:
    """Remove what imports left that were given up or killed, in short transactions. The caller holds imports back."""
    async with store.read() as unit:
        abandoned = await unit.stages.abandoned()
    for import_id in abandoned:
        more = True
        while more:
            async with store.begin() as unit:
                more = await unit.stages.clear_some(import_id)
            await store.let_in()


async def clear_killed(store: Store) -> None:
    """Remove what imports left that were killed, unless one is under way."""
    async with store.read() as unit:
        if not await unit.stages.abandoned():
            return
    with suppress(ImportUnderWay):
        async with store.importing(patience=0):
            await clear_abandoned(store)


class _Bringing:
    """An import under way."""

    def __init__(
        self,
        store: Store,
        stage: Stage,
        erasure_hash: ErasureHash,
        platform: str,
        community: Community,
        now: datetime,
        bridges: frozenset[str],
    ) -> None:
        self._store, self._stage, self._hash, self._platform = store, stage, erasure_hash, platform
        self._community, self._now = community, now
        self._split = bool(bridges)
        self._bridges = Bridges(platform, erasure_hash, bridges)
        self._spaces: dict[str, Space] = {}
        self._rooms: dict[tuple[int, str], Room] = {}
        self._new_rooms: dict[tuple[int, str], str] = {}
        self._parents: dict[tuple[int, str], str] = {}
        self._named: dict[int, Room] = {}  # rooms as the history calls them
        self._joined: dict[int, datetime] = {}  # by member
        self._waiting: list[Record] = []
        self._events = 0
        self._skipped: Counter[str] = Counter()
        self._taken = Taken()
        self._first: datetime | None = None
        self._last: datetime | None = None

    async def all(self, history: Iterable[Chapter | Record]) -> None:
        for each in history:
            if isinstance(each, Chapter):
                await self._open(each)
                continue
            self._skipped.update(each.skipped)
            if each.events:
                self._waiting.append(self._bridges.see(each))
                self._events += len(each.events)
            if self._events >= EVENTS:
                await self._flush()
        await self._flush()

    async def _open(self, chapter: Chapter) -> None:
        space = self._spaces.get(chapter.space)
        if space is None:
            async with self._store.begin_staged(self._stage) as unit:
                space = self._spaces[chapter.space] = await self._space(unit, chapter)
                self._rooms |= await unit.communities.rooms([space.id])
        if chapter.room is None:
            return
        place = (space.id, chapter.room)
        room = self._rooms.get(place)
        if room is None:
            self._new_rooms[place] = chapter.room_name or self._new_rooms.get(place, "")
            if chapter.parent:
                self._parents[place] = chapter.parent
            return
        known = (room.name, room.parent)
        room.name, room.parent = room.name or chapter.room_name, room.parent or chapter.parent
        if known != (room.name, room.parent):
            self._named[room.id] = room

    async def _space(self, unit: StagedUnit, chapter: Chapter) -> Space:
        communities = unit.communities
        space = (await communities.spaces(self._platform, [chapter.space])).get(chapter.space)
        if space is None:
            return await communities.open_space(
                self._community.id, self._platform, chapter.space, chapter.title, chapter.kind, self._now
            )
        if space.community_id != self._community.id:
            owner = await communities.get(space.community_id)
            raise BadInput("import-space-elsewhere", space=space.title, community=owner.name)
        return space

    async def _flush(self) -> None:
        if not self._waiting and not self._new_rooms:
            return
        async with self._store.begin_staged(self._stage) as unit:
            if self._new_rooms:  # some exports are hundreds of rooms
                await self._add_rooms(unit)
            if self._waiting:
                await self._write(unit)

    async def _add_rooms(self, unit: StagedUnit) -> None:
        made = await unit.communities.add_rooms(self._new_rooms, self._parents)
        for place, room in made.items():  # some of which may be known, or become so, without a name
            name, parent = room.name or self._new_rooms[place], room.parent or self._parents.get(place)
            self._named[room.id] = replace(room, name=name, parent=parent)
        self._rooms |= made
        self._new_rooms = {}

    async def _write(self, unit: StagedUnit) -> None:
        records, self._waiting, self._events = await self._new_ones(unit), [], 0
        batch = Batch(unit, self._platform, self._now, self._hash, history=True)
        fresh = await batch.load([event for record in records for event in record.events])
        pairs = [(batch.happening(event), event) for event in fresh]
        rows = [row for pair in pairs for row in interactions_of(batch.people, *pair, self._stage.import_id)]
        await unit.interactions.add(rows)
        for event in fresh:
            self._note(batch, event)
        keys = {event.key for event in fresh}
        for record in records:
            if record.events[0].key not in keys:
                self._skipped["erased"] += 1
            elif record.system:
                self._taken.system += 1

    async def _new_ones(self, unit: StagedUnit) -> list[Record]:
        """Return what waits without duplicates: an entry that came before is left out with all its events."""
        firsts: dict[str, Record] = {}
        for record in self._waiting:
            firsts.setdefault(record.events[0].key, record)
        known = await unit.interactions.known(self._platform, firsts)
        new = [record for key, record in firsts.items() if key not in known]
        for key in known:
            self._bridges.came_before(key, firsts[key])
        self._taken.duplicates += len(self._waiting) - len(new)
        return new

    def _note(self, batch: Batch, event: Event) -> None:
        """Keep when people first came; where they are now follows from all that is kept, at the end."""
        self._first = min(self._first or event.at, event.at)
        self._last = max(self._last or event.at, event.at)
        account = batch.people.account(event, event.actor)
        if account is None or not isinstance(event, MemberJoined):
            return
        member = account.member_id
        self._joined[member] = min(self._joined.get(member, event.at), event.at)

    async def finish(self, *, with_points: bool) -> Taken:
        """Resolve who answered whom, roll it up, publish it, give points, and return the figures."""
        await self._store.count_anew()
        await self._in_steps(Stages.resolve)
        await self._in_steps(Stages.roll_up)
        async with self._store.read() as looking:
            first, _ = await looking.stages.span(self._stage)
            seen_until = await looking.interactions.newest(self._stage.home)
            moves = await looking.presences.moves(self._stage.import_id)
        for tries in range(TRIES):
            try:
                await self._publish_in_time(first, seen_until, moves, with_points=with_points, ahead=tries < TRIES - 1)
                break
            except PointsMoved:
                await self._clear_written()
        await self._store.count_anew()
        return await self._figures()

    async def _publish_in_time(
        self, first: int, seen_until: int, moves: Sequence[Any], *, with_points: bool, ahead: bool
    ) -> None:
        """Prepare whatever can be, and publish; raise PointsMoved where points were prepared that hold no longer."""
        with TemporaryFile() as file:
            points = await self._points(file, ahead=ahead and not self._split) if with_points else None
            await self._catch_up()
            await self._publish_all(first, seen_until, moves, points)

    async def _clear_written(self) -> None:
        more = True
        while more:
            async with self._store.begin_staged(self._stage) as unit:
                more = await unit.staged_entries.clear_some(self._stage.import_id)

    async def _publish_all(
        self, first: int, seen_until: int, moves: Sequence[Any], points: ImportPoints | None
    ) -> None:
        async with self._store.begin() as unit:
            await unit.lock(self._stage.home, self._stage.community)
            if points is not None:
                await points.refuse_stale(self._staged(unit), self._stage, self._community)
            await self._publish(unit, first, with_points=points is not None)
            await unit.presences.learn(self._community.id, moves, seen_until)
            if points is not None:
                moved = any(bridge["moved"] for bridge in self._taken.bridges)
                await import_points.book(unit, self._stage, self._community, points, moved=moved)
            if not first:
                await unit.imports.drop(self._stage.import_id)
            if self._stage.founds:
                await unit.tasks.want(PLAN, [self._stage.home])
            await unit.tasks.want(NEWS, [self._stage.home])

    async def _points(self, file: IO[bytes], *, ahead: bool) -> ImportPoints | None:
        """Work out what the history gives, and write it ahead where that is wanted."""
        if self._first is None or self._last is None:
            return None
        async with self._store.read() as looking:
            span = self._first, self._last
            points = await import_points.work_out(self._staged(looking), self._stage, self._community, span, file)
        if ahead:
            await points.write_ahead(self._store, self._stage)
        return points

    def _staged(self, unit: UnitOfWork) -> StagedUnit:
        return StagedUnit(unit.connection, self._stage, unit.written)

    async def _in_steps(self, step: Callable[[Stages, Stage, int], Awaitable[int | None]]) -> None:
        at: int | None = 0
        while at is not None:
            async with self._store.begin_staged(self._stage) as unit:
                at = await step(unit.stages, self._stage, at)

    async def _catch_up(self) -> None:
        """Bring the community's roll-ups up to date, so that little is left to do when it is held."""
        more = not self._stage.founds
        while more:
            async with self._store.begin() as unit:
                await unit.lock(self._stage.home)
                more = await unit.rollups.advance(self._stage.home)

    async def _publish(self, unit: UnitOfWork, first: int, *, with_points: bool) -> None:
        """Let everybody see what was brought, with what it changes of what was there."""
        if not self._stage.founds:
            while await unit.rollups.advance(self._stage.home):
                pass
        await unit.stages.publish(self._stage, first)
        rules, self._community = self._community.settings.rules, await unit.communities.get(self._stage.home)
        if with_points and rules != self._community.settings.rules:
            raise MeanwhileChanged
        for room in self._named.values():
            await unit.communities.name_room(room)
        await unit.members.joined(self._joined)
        self._taken.bridges = await self._bridges.settle(unit, self._community)

    async def _figures(self) -> Taken:
        taken, import_id = self._taken, self._stage.import_id
        taken.skipped = dict(sorted(self._skipped.items()))
        async with self._store.read() as unit:
            counts = await unit.imports.counts(import_id)
            taken.authors = await unit.imports.authors(import_id)
            taken.reply_pairs, taken.reply_weight = await unit.imports.pairs(import_id)
        taken.replies = counts.get(Kind.REPLY, 0)
        taken.messages = counts.get(Kind.MESSAGE, 0) + taken.replies
        taken.mentions = counts.get(Kind.MENTION, 0)
        taken.reactions = counts.get(Kind.REACTION, 0) + counts.get(Kind.REACTIONS, 0)
        taken.joins = counts.get(Kind.JOINED, 0)
        return taken
