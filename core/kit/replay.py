"""What the past gives under given rules: for history brought in with points, and for `/rules`.

Counted are live interactions and those of imports made with points. Nobody who is out by consent or was erased is
moved, and nothing here writes a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.clock import local_day
from core.domain.community import Community
from core.domain.people import Consent, Member
from core.domain.points import Entry, Reason, Rules, level_of
from core.domain.scoring import Fact, message_entry_key, reaction_entry_key, reply_entry_key, score
from core.store.members import Reward
from core.store.unit import UnitOfWork

#: What follows from the rules: a replay gives these anew and leaves the rest of the ledger as it is.
DERIVED = (Reason.MESSAGE, Reason.REPLY, Reason.REACTION, Reason.CHECKIN, Reason.THANKS, Reason.RULES)


@dataclass(frozen=True, slots=True)
class Change:
    """How rules move a member: points and levels as they stand and as they would."""

    member_id: int
    name: str
    balance: int
    new_balance: int
    earned: int
    new_earned: int
    level: int
    new_level: int


class _Books:
    """What the rules need to know while the past goes by in order of time."""

    def __init__(self, owners: Mapping[int, Member]) -> None:
        self._owners = owners
        self._rewarded: dict[int, datetime] = {}
        self._day = ""
        self._given: dict[tuple[int, Reason], int] = defaultdict(int)
        self._replies: set[str] = set()
        self._reactions: set[str] = set()
        self.offered: list[Entry] = []

    def open(self, day: str) -> None:
        """Begin a calendar day: caps and first replies are a day's."""
        if day != self._day:
            self._day = day
            self._given.clear()
            self._replies.clear()

    def rewarded_at(self, account_id: int) -> datetime | None:
        return self._rewarded.get(self._owners[account_id].id)

    def reward(self, account_id: int, at: datetime) -> None:
        self._rewarded[self._owners[account_id].id] = at

    def given(self, account_id: int, reason: Reason, day: str) -> int:
        return self._given[account_id, reason]

    def offer(self, entry: Entry, *, fresh: bool) -> bool:
        if not fresh:
            taken = self._replies if entry.reason is Reason.REPLY else self._reactions
            if entry.key in taken:
                return False
            taken.add(entry.key)
            self._given[entry.account_id, entry.reason] += 1
        self.offered.append(entry)
        return True

    def drain(self) -> list[Entry]:
        """Return what was offered since the last time."""
        offered, self.offered = self.offered, []
        return offered


async def replay(
    unit: UnitOfWork,
    community: Community,
    rules: Rules,
    since: datetime | None = None,
    until: datetime | None = None,
) -> AsyncIterator[tuple[Any, list[Entry]]]:
    """Yield each counted interaction in order of time with the entries that it gives under `rules`.

    An interaction is a row of the table: id, platform, event_key, kind, account_id, target_account_id, message_key,
    room_id, import_id, at. What was taken back since (deleted, undone) is left out of the entries.
    """
    owners = await unit.members.owners(community.id)
    shut = {
        room.id
        for room in (
            await unit.communities.rooms([s.id for s in await unit.communities.spaces_of(community.id)])
        ).values()
        if not room.gives_points
    }
    void = await _taken_back(unit, community)
    books = _Books(owners)
    zone = community.settings.timezone
    async for rows in unit.interactions.earning(community.id, since, until):
        for row in rows:
            entries: list[Entry] = []
            if row.room_id not in shut and row.account_id in owners:
                day = local_day(row.at, zone).isoformat()
                books.open(day)
                score(rules, _fact(row, day, owners), books)
                entries = [entry for entry in books.drain() if entry.key not in void]
            yield row, entries


def _earns(member: Member | None) -> bool:
    return member is not None and not member.bot and member.consent is not Consent.OUT


def _fact(row: Any, day: str, owners: Mapping[int, Member]) -> Fact:
    author, target = owners[row.account_id], owners.get(row.target_account_id)
    return Fact(
        row.kind,
        row.event_key,
        row.platform,
        row.at,
        day,
        row.account_id,
        None if target is None else row.target_account_id,
        row.message_key,
        same=target is not None and target.id == author.id,
        author_earns=_earns(author),
        target_earns=_earns(target) and _earns(author),
    )


async def _taken_back(unit: UnitOfWork, community: Community) -> set[str]:
    """Return the ledger keys that give nothing: their messages or reactions went, or a moderator undid them."""
    void = await unit.ledger.reversed_keys(community.id)
    async for row in unit.interactions.taken_back(community.id):
        if row.kind == "unreaction":
            void.add(reaction_entry_key(row.platform, row.message_key, row.account_id))
            continue
        void.add(message_entry_key(row.platform, row.message_key))
        if row.reply_author is not None and row.reply_target is not None:
            day = local_day(row.reply_at, community.settings.timezone).isoformat()
            void.add(reply_entry_key(row.reply_target, row.reply_author, day))
    return void


async def preview(unit: UnitOfWork, community: Community, rules: Rules) -> list[Change]:
    """Return whom `rules`, replayed over the past, would move: the most moved first."""
    changes, _ = await _changes(unit, community, rules)
    return changes


async def apply_rules(
    unit: UnitOfWork,
    community: Community,
    rules: Rules,
    key: str,
    now: datetime,
    actor_account_id: int | None = None,
) -> list[Change]:
    """Book what `rules`, replayed over the past, change: one adjusting entry an account, and return whom it moved.

    `key` names this change of rules and makes it happen once. The community's settings are the caller's to save.
    A balance that was spent meanwhile goes down to zero and no further.
    """
    await unit.lock(community.id)
    changes, moves = await _changes(unit, community, rules)
    entries = [
        Entry(
            account_id,
            amount,
            Reason.RULES,
            f"rules:{key}:{account_id}",
            now,
            earned,
            actor_account_id=actor_account_id,
        )
        for account_id, (amount, earned) in sorted(moves.items())
    ]
    if not entries or await unit.ledger.known({community.id: [entry.key for entry in entries]}):
        return []
    await unit.ledger.add([(community.id, entry) for entry in entries])
    members = await unit.members.many([change.member_id for change in changes])
    await unit.members.save_rewards(
        [
            Reward(
                change.member_id,
                change.new_balance - change.balance,
                change.new_earned - change.earned,
                change.new_level,
                members[change.member_id].rewarded_at,
            )
            for change in changes
        ]
    )
    return changes


async def _changes(
    unit: UnitOfWork, community: Community, rules: Rules
) -> tuple[list[Change], dict[int, tuple[int, int]]]:
    """Return how members move, and by how much (amount, lifetime) each account's ledger does."""
    owners = await unit.members.owners(community.id)
    wanted: dict[int, int] = defaultdict(int)
    async for _, entries in replay(unit, community, rules):
        for entry in entries:
            wanted[entry.account_id] += entry.amount
    undone = await unit.ledger.reversed_keys(community.id)
    for booked in await unit.ledger.each_of(community.id, (Reason.CHECKIN, Reason.THANKS)):
        if booked.key not in undone:
            checked_in = booked.reason is Reason.CHECKIN and booked.note.isdigit()
            given = rules.checkin_points(int(booked.note)) if checked_in else rules.thanks
            wanted[booked.account_id] += given if checked_in or booked.reason is Reason.THANKS else booked.amount
    had = await unit.ledger.derived(community.id, DERIVED)
    moves: dict[int, tuple[int, int]] = {}
    balances: dict[int, int] = {}
    lifetimes: dict[int, int] = {}
    for account_id in sorted(wanted.keys() | had.keys()):
        member = owners.get(account_id)
        if member is None or not _earns(member) or member.erased_at is not None:
            continue
        amount, earned = had.get(account_id, (0, 0))
        left = balances.get(member.id, member.balance)
        move = max(wanted[account_id] - amount, -max(left, 0))
        more = wanted[account_id] - earned
        if move or more:
            moves[account_id] = (move, more)
            balances[member.id] = left + move
            lifetimes[member.id] = lifetimes.get(member.id, member.earned) + more
    members = {member.id: member for member in owners.values()}
    changes = [_change(members[each], balances[each], lifetimes[each]) for each in balances]
    changes.sort(key=lambda change: (-abs(change.new_earned - change.earned), change.member_id))
    return changes, moves


def _change(member: Member, balance: int, earned: int) -> Change:
    return Change(
        member.id, member.name, member.balance, balance, member.earned, earned, member.level, level_of(earned)
    )
