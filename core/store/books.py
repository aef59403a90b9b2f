"""Booking in memory: what stands under keys, and members moved one entry after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.domain.booking import Origin, TakeBack, first_key, key_again, post, reversal
from core.domain.people import Member
from core.domain.points import Entry, Reason
from core.store.balances import Moved


@dataclass(frozen=True, slots=True)
class Climb:
    """A member came from the level `old` to theirs by what was booked, last by `entry`."""

    member: Member
    old: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Booking:
    """What was booked, in order and with what it led to; who climbed by it; and what was refused."""

    rows: list[tuple[int, Entry]]
    levels: list[Climb]
    refused: list[Entry]


@dataclass(slots=True)
class Taken:
    """What moderators took of a member's lifetime sum and isn't settled; `last` is the ledger id of the last take."""

    amount: int = 0
    last: int = 0

    def of(self, origin: Origin) -> int:
        """Return what of it may be of `origin`: what came after the last take, no take can have meant."""
        return self.amount if origin.id is not None and origin.id < self.last else 0


class BookState:
    """What the books hold under keys, while more is booked."""

    def __init__(self) -> None:
        self._entries: dict[tuple[int, str], Origin] = {}
        self._booked: dict[tuple[int, str], Entry] = {}  # just now
        self._undone: dict[tuple[int, str], int | None] = {}  # by whom, None for what follows from events
        self._adjusted: dict[tuple[int, str], tuple[int, int]] = {}
        self.dropped: list[tuple[int, str]] = []

    def add(self, row: Any) -> None:
        place, key, id_, account_id, amount, earned, reason, actor = row
        if id_ is None:
            self._adjusted[place, key] = (account_id, amount)
        elif key.startswith("undo:"):
            self._undone[place, key.removeprefix("undo:")] = actor
        else:
            self._entries[place, key] = Origin(account_id, amount, earned, Reason(reason), key, id_)

    def under(self, place: int, key: str) -> tuple[str, Origin | None]:
        """Return under which key `key` was booked last or may be booked now, and what stands there."""
        time = 1
        while (place, now := key_again(key, time)) in self._undone and self._undone[place, now] is None:
            time += 1
        if (place, now) in self._undone:
            return now, None
        origin = self._origin(place, now)
        if (place, key) in self._adjusted:
            account_id, amount = self._adjusted[place, key]
            reason, id_ = (origin.reason, origin.id) if origin else (Reason.RULES, None)
            return now, Origin(account_id, amount, amount, reason, now, id_)
        return now, origin

    def _origin(self, place: int, key: str) -> Origin | None:
        if (entry := self._booked.get((place, key))) is not None:
            return Origin(entry.account_id, entry.amount, entry.earned, entry.reason, key)
        return self._entries.get((place, key))

    def may_book(self, place: int, key: str) -> str | None:
        """Return the key to book under, None where something stands or a moderator took it back."""
        now, origin = self.under(place, key)
        return now if origin is None and (place, now) not in self._undone else None

    def booked(self, place: int, entry: Entry) -> None:
        self._booked[place, entry.key] = entry

    def take(self, place: int, back: TakeBack) -> Origin | None:
        """Return what stands under a key, which stands no longer."""
        now, origin = self.under(place, first_key(back.key))
        if origin is None:
            return None
        if self._adjusted.pop((place, first_key(back.key)), None):
            self.dropped.append((place, first_key(back.key)))
        if self._origin(place, now) is None:
            # A replay alone gave it: its key is as free as before.
            return replace(origin, key=f"rules:{back.at.isoformat()}:{now}")
        self._undone[place, now] = back.actor_account_id
        return origin

    def origins(self, moves: Sequence[tuple[int, Entry | TakeBack]]) -> Iterator[Origin]:
        """Yield what takes back would take back, were it done now."""
        for place, move in moves:
            if isinstance(move, TakeBack):
                _, origin = self.under(place, first_key(move.key))
                if origin is not None:
                    yield origin


class Books:
    """Moves members in memory, one entry after the other."""

    def __init__(
        self,
        known: BookState,
        owners: Mapping[int, Member],
        taken: dict[int, Taken],
        fresh: frozenset[str],
        *,
        floor: bool,
    ) -> None:
        self._known, self._owners, self._taken, self._fresh, self._floor = known, owners, taken, fresh, floor
        self._before: dict[int, tuple[Member, int, int, int, int]] = {}
        self._raised: dict[int, Entry] = {}
        self.rows: list[tuple[int, Entry]] = []
        self._refused: list[Entry] = []

    def put(self, place: int, move: Entry | TakeBack) -> None:
        if isinstance(move, TakeBack):
            origin = self._known.take(place, move)
            if origin is not None:
                member = self._owners[origin.account_id]
                taken = self._taken.setdefault(member.id, Taken())
                entry = reversal(origin, move, taken.amount)
                self._post(place, entry, taken.of(origin))
                if origin.reason is Reason.TAKE:
                    taken.amount -= entry.earned
            return
        key = move.key if move.key in self._fresh else self._known.may_book(place, move.key)
        if key is None:
            return
        entry = move if key == move.key else replace(move, key=key)
        if not self._floor and entry.amount < -self._owners[entry.account_id].balance:
            self._refused.append(entry)
            return
        self._known.booked(place, entry)
        all_taken = self._taken.get(self._owners[entry.account_id].id)
        self._post(place, entry, all_taken.amount if all_taken else 0)

    def _post(self, place: int, entry: Entry, taken: int) -> None:
        member = self._owners[entry.account_id]
        if member.id not in self._before:
            self._before[member.id] = (member, member.balance, member.earned, member.owed, member.level)
        level = member.level
        rows = post(member, entry, taken)
        self.rows += [(place, row) for row in rows]
        if member.id in self._taken:
            self._taken[member.id].amount -= sum(row.earned for row in rows if row.reason is Reason.TAKE)
        if member.level > level:
            self._raised[member.id] = entry

    def moved(self) -> list[Moved]:
        return [
            Moved(id_, m.balance - balance, m.earned - earned, m.owed - owed, m.level, m.rewarded_at)
            for id_, (m, balance, earned, owed, _) in sorted(self._before.items())
        ]

    def booking(self) -> Booking:
        levels = [
            Climb(member, old, self._raised[id_])
            for id_, (member, _, _, _, old) in self._before.items()
            if member.level > old and id_ in self._raised
        ]
        return Booking(self.rows, levels, self._refused)
