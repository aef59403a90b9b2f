"""What a history gives in points: worked out before it is published, and booked at once when it is."""

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
from core.store.stages import MeanwhileChanged, Stage
from core.store.unit import Store, UnitOfWork

ENTRIES = 5_000  # at a time
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
    whose: Mapping[int, tuple[int, bool]]  # account → member, and whether Kith keeps points for them

    @classmethod
    async def look(cls, unit: UnitOfWork, stage: Stage, community: Community, owners: Mapping[int, Member]) -> _Ground:
        spaces = await unit.communities.spaces_of(community.id)
        rooms = await unit.communities.rooms([space.id for space in spaces])
        return cls(
            await unit.imports.size(stage.import_id),
            community.settings.timezone,
            frozenset(room.id for room in rooms.values() if not room.gives_points),
            {account: (member.id, served(member)) for account, member in owners.items()},
        )

    def holds(self, now: _Ground) -> bool:
        same = (self.interactions, self.zone, self.shut) == (now.interactions, now.zone, now.shut)
        return same and self.whose.items() <= now.whose.items()


@dataclass(slots=True)
class ImportPoints:
    """The entries of a staged history, in a file that the caller closes."""

    file: IO[bytes]
    ground: _Ground
    span: tuple[datetime, datetime]  # of the history
    interaction: int  # the last that was looked at
    entry: int  # the last of the ledger then
    ahead: bool = False  # whether they are written

    def each(self) -> Iterator[tuple[list[Row], list[Entry]]]:
        """Yield the entries, some thousands at a time: those under new keys, as rows, and the others."""
        self.file.seek(0)
        while True:
            try:
                yield pickle.load(self.file)  # noqa: S301  this process wrote it
            except EOFError:
                return

    async def write_ahead(self, store: Store, stage: Stage) -> None:
        """Write the new entries in short transactions: nobody sees a community that the history founds."""
        for new, _ in self.each():
            async with store.begin_staged(stage) as unit:
                await unit.ledger.add_rows(stage.home, new)
        self.ahead = True

    async def hold(self, unit: UnitOfWork, stage: Stage, community: Community, owners: Mapping[int, Member]) -> bool:
        """Say whether nothing happened since that changes what the history gives."""
        now = await _Ground.look(unit, stage, community, owners)
        return self.ground.holds(now) and not await unit.imports.touched(stage.import_id, self.interaction)


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
            await _keep(unit, community, points, offered)
            offered = []
    await _keep(unit, community, points, offered)
    return points


async def _keep(unit: UnitOfWork, community: Community, points: ImportPoints, offered: list[Entry]) -> None:
    known = await unit.ledger.known({community.id: [entry.key for entry in offered]})
    new: list[Row] = []
    others: list[Entry] = []
    for entry in offered:
        if entry.amount > 0 and (community.id, entry.key) not in known:
            new.append(row_of(entry))
        else:
            others.append(entry)
    pickle.dump((new, others), points.file, pickle.HIGHEST_PROTOCOL)


async def book(unit: UnitOfWork, stage: Stage, community: Community, points: ImportPoints, *, moved: bool) -> None:
    """Book what was worked out, anew where it holds no longer, or messages of before have `moved` to others.

    The caller holds the community. Raise MeanwhileChanged where what is written ahead holds no longer.
    """
    owners = await unit.members.owners(community.id)
    if moved or not await points.hold(unit, stage, community, owners):
        if points.ahead:
            raise MeanwhileChanged
        points = await work_out(unit, stage, community, points.span, points.file)
    late = await unit.ledger.roots_since(points.entry)
    sums: Counter[int] = Counter()
    for new, others in points.each():
        apart = [] if points.ahead else [row for row in new if row[_KEY] in late or owners[row[_ACCOUNT]].owed]
        keys = {row[_KEY] for row in apart}
        rows = [row for row in new if row[_KEY] not in keys] if keys else new
        if not points.ahead:
            await unit.ledger.add_rows(community.id, rows)
        for row in rows:
            member = owners[row[_ACCOUNT]]
            sums[member.id] += row[_AMOUNT]
            _reward(member, row[_REASON], row[_AT])
        await _book_others(unit, community, owners, [*others, *(Entry(*row) for row in apart)])
    await unit.members.move(_moved(owners, sums))


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
