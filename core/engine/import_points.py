"""What a history gives in points: worked out and written before it is published, so that then only balances move."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any

from core.domain.community import Community
from core.domain.people import Member, served
from core.domain.points import Entry, Reason, level_of
from core.kit.replay import replay
from core.store.balances import Moved
from core.store.ledger import row_of
from core.store.staged_entries import Given
from core.store.stages import Stage
from core.store.unit import Store, UnitOfWork

ENTRIES = 2_500  # in a transaction
Row = tuple[Any, ...]  # of Entry's fields: what is kept by the hundred thousand is read back four times as fast
_ACCOUNT, _AMOUNT, _REASON, _KEY, _AT = map(
    list(Entry.__dataclass_fields__).index, ("account_id", "amount", "reason", "key", "at")
)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What entries were worked out from: they hold while it is the same."""

    interactions: int  # of the history
    zone: str
    shut: frozenset[int]  # rooms without points
    whose: Mapping[int, tuple[int, bool, bool]]  # account → member, whether Kith keeps points for them, who owe some

    @classmethod
    async def look(cls, unit: UnitOfWork, stage: Stage, community: Community, owners: Mapping[int, Member]) -> _Ground:
        spaces = await unit.communities.spaces_of(community.id)
        rooms = await unit.communities.rooms([space.id for space in spaces])
        return cls(
            await unit.imports.size(stage.import_id),
            community.settings.timezone,
            frozenset(room.id for room in rooms.values() if not room.gives_points),
            {account: (member.id, served(member), bool(member.owed)) for account, member in owners.items()},
        )

    def holds(self, now: _Ground) -> bool:
        same = (self.interactions, self.zone, self.shut) == (now.interactions, now.zone, now.shut)
        return same and self.whose.items() <= now.whose.items()


@dataclass(frozen=True, slots=True)
class _Written:
    """What is written ahead: how many entries, what they give each account, and what must be booked at the end."""

    others: list[Entry]
    count: int
    given: list[Given]


@dataclass(slots=True)
class ImportPoints:
    """The entries of a staged history, in a file that the caller closes."""

    file: IO[bytes]
    ground: _Ground
    span: tuple[datetime, datetime]  # of the history
    interaction: int  # the last that was looked at
    entry: int  # the last of the ledger then
    written: _Written | None = None  # where it is written ahead

    def each(self) -> Iterator[tuple[list[Row], list[Entry]]]:
        """Yield the entries, some thousands at a time: those under new keys, as rows, and the others."""
        self.file.seek(0)
        while True:
            try:
                yield pickle.load(self.file)  # noqa: S301  this process wrote it
            except EOFError:
                return

    async def write_ahead(self, store: Store, stage: Stage) -> None:
        """Write the new entries in short transactions; nobody sees them before the history is published."""
        others: list[Entry] = []
        for new, apart in self.each():
            others += apart
            async with store.begin_staged(stage) as unit:
                known = await unit.ledger.known({stage.home: [row[_KEY] for row in new]})
                rows = [row for row in new if (stage.home, row[_KEY]) not in known]
                await unit.staged_entries.add(stage.import_id, stage.home, rows)
        async with store.read() as unit:
            count = await unit.staged_entries.count(stage.import_id)
            self.written = _Written(others, count, await unit.staged_entries.given(stage.import_id))

    async def hold(self, unit: UnitOfWork, stage: Stage, community: Community, owners: Mapping[int, Member]) -> bool:
        """Say whether nothing happened since that changes what the history gives."""
        now = await _Ground.look(unit, stage, community, owners)
        return self.ground.holds(now) and not await unit.imports.touched(stage.import_id, self.interaction)

    async def refuse_stale(self, unit: UnitOfWork, stage: Stage, community: Community) -> None:
        """Raise PointsMoved where what is written ahead holds no longer; the caller holds the community."""
        if self.written is None:
            return
        owners = await unit.members.owners(community.id)
        if not await self.hold(unit, stage, community, owners):
            raise PointsMoved


class PointsMoved(Exception):
    """Say that what a history gives isn't what was written ahead."""


async def work_out(
    unit: UnitOfWork, stage: Stage, community: Community, span: tuple[datetime, datetime], file: IO[bytes]
) -> ImportPoints:
    """Replay a history that happened in that time, into `file`; what was given live before counts for the caps."""
    owners = await unit.members.owners(community.id)
    ground = await _Ground.look(unit, stage, community, owners)
    interaction, entry = await unit.interactions.newest(community.id), await unit.ledger.newest()
    points = ImportPoints(file, ground, span, interaction, entry)
    file.seek(0)
    file.truncate()
    offered: list[Entry] = []
    first, last = span
    async for row, entries in replay(unit, community, community.settings.rules, first - timedelta(days=1), last):
        if row.import_id == stage.import_id:
            offered += entries
        if len(offered) >= ENTRIES:
            await _keep(unit, community, points, owners, offered)
            offered = []
    await _keep(unit, community, points, owners, offered)
    return points


async def _keep(
    unit: UnitOfWork, community: Community, points: ImportPoints, owners: Mapping[int, Member], offered: list[Entry]
) -> None:
    known = await unit.ledger.known({community.id: [entry.key for entry in offered]})
    new: list[Row] = []
    others: list[Entry] = []
    for entry in offered:
        if entry.amount > 0 and (community.id, entry.key) not in known and not owners[entry.account_id].owed:
            new.append(row_of(entry))
        else:
            others.append(entry)
    pickle.dump((new, others), points.file, pickle.HIGHEST_PROTOCOL)


async def book(unit: UnitOfWork, stage: Stage, community: Community, points: ImportPoints, *, moved: bool) -> None:
    """Book what was worked out; what isn't written ahead anew where it holds no longer, or messages have `moved`.

    The caller holds the community, and has refused what is written ahead and stale.
    """
    owners = await unit.members.owners(community.id)
    if points.written is not None:
        sums = await _book_written(unit, stage, community, points.written, owners)
    else:
        if moved or not await points.hold(unit, stage, community, owners):
            points = await work_out(unit, stage, community, points.span, points.file)
        sums = await _book_now(unit, community, points, owners)
    await unit.members.move(_moved(owners, sums))


async def _book_written(
    unit: UnitOfWork, stage: Stage, community: Community, written: _Written, owners: Mapping[int, Member]
) -> Counter[int]:
    """Book what couldn't be written ahead, and return by member how much the rest is."""
    given = written.given
    if written.count != await unit.staged_entries.count(stage.import_id):
        given = await unit.staged_entries.given(stage.import_id)  # some gave way to what was booked meanwhile
    await _book_others(unit, community, owners, written.others)
    sums: Counter[int] = Counter()
    for each in given:
        member = owners[each.account_id]
        sums[member.id] += each.points
        if each.rewarded_at is not None:
            _reward(member, Reason.MESSAGE, each.rewarded_at)
    return sums


async def _book_now(
    unit: UnitOfWork, community: Community, points: ImportPoints, owners: Mapping[int, Member]
) -> Counter[int]:
    """Write what is new, book the others, and return by member how much is new."""
    late = await unit.ledger.roots_since(points.entry)
    sums: Counter[int] = Counter()
    for new, others in points.each():
        rows = [row for row in new if row[_KEY] not in late]
        await unit.ledger.add_rows(community.id, rows)
        for row in rows:
            member = owners[row[_ACCOUNT]]
            sums[member.id] += row[_AMOUNT]
            _reward(member, row[_REASON], row[_AT])
        await _book_others(unit, community, owners, [*others, *(Entry(*row) for row in new if row[_KEY] in late)])
    return sums


async def _book_others(
    unit: UnitOfWork, community: Community, owners: Mapping[int, Member], entries: list[Entry]
) -> None:
    for entry in entries:
        _reward(owners[entry.account_id], entry.reason, entry.at)
    if entries:
        await unit.ledger.book([(community.id, entry) for entry in entries], owners)


def _reward(member: Member, reason: Reason, at: datetime) -> None:
    if reason == Reason.MESSAGE and (member.rewarded_at is None or member.rewarded_at < at):
        member.rewarded_at = at


def _moved(owners: Mapping[int, Member], sums: Mapping[int, int]) -> list[Moved]:
    """Return how members who owe nothing move by what comes in, as `core.domain.booking.post` says."""
    members = {member.id: member for member in owners.values()}
    return [
        Moved(id_, points, points, 0, level_of(members[id_].earned + points), members[id_].rewarded_at)
        for id_, points in sorted(sums.items())
    ]
