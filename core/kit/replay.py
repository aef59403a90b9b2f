"""What the past gives under given rules: for history brought in with points, and for `/rules`.

Counted are live interactions and those of imports made with points, as far as they are still there: what was deleted,
removed or undone gives nothing. Nobody whom Kith doesn't serve is moved, and nothing here writes a name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from core.domain.booking import post
from core.domain.clock import local_day
from core.domain.community import Community
from core.domain.kinds import Kind
from core.domain.people import Member, present, served
from core.domain.points import Entry, Reason, Rules
from core.domain.scoring import Contribution, message_entry_key, reaction_entry_key, reply_entry_key, score
from core.store.adjustments import Adjustment
from core.store.books import Taken
from core.store.unit import UnitOfWork

_NEVER = datetime.min.replace(tzinfo=UTC)  # of entries that are tried out alone
EARNED = (Reason.MESSAGE, Reason.REPLY, Reason.REACTION)


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


@dataclass(frozen=True, slots=True)
class _Past:
    """What there is to know of a community before its past goes by: who is who, and what of it is gone."""

    owners: Mapping[int, Member]
    zone: str
    shut: frozenset[int]  # rooms without points
    deleted: frozenset[tuple[str, str]]  # platform and key of the message
    void: frozenset[str]  # ledger keys: the last reaction went, or a moderator undid it

    @classmethod
    async def load(cls, unit: UnitOfWork, community: Community) -> _Past:
        spaces = await unit.communities.spaces_of(community.id)
        rooms = await unit.communities.rooms([space.id for space in spaces])
        void = await unit.ledger.undone_by_moderators(community.id)
        last: dict[str, set[str | None]] = defaultdict(set)
        async for row in unit.interactions.changed_reactions(community.id):
            there = last[reaction_entry_key(row.platform, row.message_key, row.account_id)]
            (there.add if row.kind == Kind.REACTION else there.discard)(row.emoji)
        return cls(
            await unit.members.owners(community.id),
            community.settings.timezone,
            frozenset(room.id for room in rooms.values() if not room.gives_points),
            frozenset(await unit.interactions.deleted(community.id)),
            frozenset(void | {key for key, emoji in last.items() if not emoji}),
        )

    def contribution(self, row: Any) -> Contribution | None:
        """Return an interaction as the rules see it, None where nothing of it is left to see."""
        author, target = self.owners.get(row.account_id), self.owners.get(row.target_account_id)
        if author is None or row.room_id in self.shut:
            return None
        day = local_day(row.at, self.zone).isoformat()
        if row.kind == Kind.REACTION:
            key = reaction_entry_key(row.platform, row.message_key, row.account_id)
            if key in self.void:
                return None
        elif (row.platform, row.event_key) in self.deleted or (
            target is not None and reply_entry_key(row.target_account_id, row.account_id, day) in self.void
        ):
            target = None  # it answers nobody any longer; what it was worth to its writer, `gives` says
        return Contribution(
            Kind(row.kind),
            row.event_key,
            row.platform,
            row.at,
            day,
            row.account_id,
            None if target is None else row.target_account_id,
            row.message_key,
            same=target is not None and target.id == author.id,
            author_earns=served(author),
            target_earns=target is not None and served(target) and served(author),
        )

    def gives(self, rules: Rules, deed: Contribution, books: _Books) -> list[Entry]:
        """Return what a contribution gives; a message that is gone gives nothing, though the cooldown began with it."""
        books.open(deed.day)
        score(rules, deed, books)
        gone = (deed.platform, deed.key) in self.deleted
        lost = message_entry_key(deed.platform, deed.key) if gone else None
        return [entry for entry in books.drain() if entry.key != lost and entry.key not in self.void]


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
    past = await _Past.load(unit, community)
    books = _Books(past.owners)
    async for rows in unit.interactions.earning(community.id, since, until):
        for row in rows:
            deed = past.contribution(row)
            yield row, [] if deed is None else past.gives(rules, deed, books)


async def preview(unit: UnitOfWork, community: Community, rules: Rules) -> list[Change]:
    """Return whom `rules`, replayed over the past, would move: the most moved first."""
    return (await _compared(unit, community, rules)).changes()


async def apply_rules(
    unit: UnitOfWork,
    community: Community,
    rules: Rules,
    key: str,
    now: datetime,
    actor_account_id: int | None = None,
) -> list[Change]:
    """Book what `rules`, replayed over the past, change: one adjusting entry an account, and return whom it moved.

    `key` names this change of rules and makes it happen once. The rules are the community's from then on. What was
    spent meanwhile of what is taken back is owed.
    """
    await unit.lock(community.id)
    compared = await _compared(unit, community, rules)
    entries = compared.entries(key, now, actor_account_id)
    if entries and await unit.ledger.known({community.id: [entry.key for entry in entries]}):
        return []
    changes = compared.changes()
    await unit.ledger.book([(community.id, entry) for entry in entries], compared.owners)
    await unit.ledger.adjust(community.id, compared.adjusted)
    await unit.communities.replayed(community.id, rules)
    return changes


@dataclass(slots=True)
class _Compared:
    """By what the ledger moves when new rules are replayed, by account; and what entries amount to then, by key."""

    owners: Mapping[int, Member]
    moves: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    adjusted: list[Adjustment] = field(default_factory=list)
    taken: dict[int, Taken] = field(default_factory=dict)  # by moderators, by member

    def weigh(self, key: str, account_id: int, stands: int | None, was: int, is_: int) -> None:
        """Note an entry: at what it `stands`, if at all, and what it gives under the old rules (`was`) and the new.

        What gives the same stays as it is. What the old rules gave and yet isn't there, something else withheld.
        Who left gets nothing anew.
        """
        member = self.owners.get(account_id)
        if was == is_ or (stands is None and was) or member is None or not served(member):
            return
        if stands is None and not present(member):
            return
        self.adjusted.append(Adjustment(key, account_id, is_))
        self.moves[account_id] += is_ - (stands or 0)

    def entries(self, key: str, now: datetime, actor: int | None = None) -> list[Entry]:
        """Return the entry of each account that moves."""
        return [
            Entry(account_id, move, Reason.RULES, f"rules:{key}:{account_id}", now, move, actor_account_id=actor)
            for account_id, move in sorted(self.moves.items())
            if move
        ]

    def changes(self) -> list[Change]:
        """Return how members would stand, the most moved first."""
        before: dict[int, Member] = {}
        after: dict[int, Member] = {}
        left: dict[int, int] = {}
        for entry in self.entries("", _NEVER):
            member = self.owners[entry.account_id]
            before[member.id] = member
            taken = left.setdefault(member.id, self.taken[member.id].amount if member.id in self.taken else 0)
            rows = post(after.setdefault(member.id, replace(member)), entry, taken)
            left[member.id] -= sum(row.earned for row in rows if row.reason is Reason.TAKE)
        changes = [_change(before[each], after[each]) for each in before]
        changes.sort(key=lambda change: (-abs(change.new_earned - change.earned), change.member_id))
        return [c for c in changes if (c.balance, c.earned) != (c.new_balance, c.new_earned)]


async def _compared(unit: UnitOfWork, community: Community, rules: Rules) -> _Compared:
    """Replay what is left of the past under the rules as they were and under new ones.

    So nobody moves for what a replay can't see: what somebody who asked to be left out or forgotten did once, rooms
    that give no points by now, a community's other time zone.
    """
    past = await _Past.load(unit, community)
    now, eras = await unit.communities.rules_until_now(community.id)
    old_rules = _rules_by_id(now, eras)
    stands = await unit.ledger.worth(community.id, EARNED)
    old, new = _Books(past.owners), _Books(past.owners)
    gave: dict[str, int] = {}
    gives: dict[str, int] = {}
    accounts: dict[str, int] = {}
    async for rows in unit.interactions.earning(community.id):
        for row in rows:
            deed = past.contribution(row)
            if deed is None:
                continue
            for some, entries in (
                (gave, past.gives(old_rules(row.id), deed, old)),
                (gives, past.gives(rules, deed, new)),
            ):
                for entry in entries:
                    some[entry.key] = entry.amount
                    accounts[entry.key] = entry.account_id
    compared = _Compared(past.owners)
    for key, account_id in accounts.items():
        compared.weigh(key, account_id, stands.get(key), gave.get(key, 0), gives.get(key, 0))
    await _weigh_facts(unit, community, compared, now if not eras else None, rules)
    compared.taken = await unit.ledger.taken({past.owners[account_id].id for account_id in compared.moves})
    return compared


async def _weigh_facts(
    unit: UnitOfWork, community: Community, compared: _Compared, old: Rules | None, new: Rules
) -> None:
    """Weigh check-ins and thanks, of which the ledger itself tells; `old` are the rules that held for all of them."""
    stands = await unit.ledger.worth(community.id, (Reason.CHECKIN, Reason.THANKS))
    for booked in await unit.ledger.each_of(community.id, (Reason.CHECKIN, Reason.THANKS)):
        if booked.key not in stands or (booked.reason is Reason.CHECKIN and not booked.note.isdigit()):
            continue
        amount, is_ = stands[booked.key], _fact_points(new, booked.reason, booked.note)
        was = amount if old is None else _fact_points(old, booked.reason, booked.note)
        compared.weigh(booked.key, booked.account_id, amount, was, is_)


def _fact_points(rules: Rules, reason: Reason, note: str) -> int:
    return rules.checkin_points(int(note)) if reason is Reason.CHECKIN else rules.thanks


def _rules_by_id(now: Rules, eras: Sequence[tuple[int, Rules]]) -> Callable[[int], Rules]:
    """Return which rules held when the interaction with an id came."""
    ends = [until for until, _ in eras]

    def held(interaction: int) -> Rules:
        place = bisect_left(ends, interaction)
        return eras[place][1] if place < len(eras) else now

    return held


def _change(member: Member, after: Member) -> Change:
    return Change(
        member.id,
        member.name,
        member.balance,
        after.balance,
        member.earned,
        after.earned,
        member.level,
        after.level,
    )
