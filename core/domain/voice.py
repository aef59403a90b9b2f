"""Shared voice time: who was in a room with whom, and how long."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from operator import attrgetter

from core.domain.kinds import TIES, Kind

MOST = 50  # people whom one stay ties with: a talk to hundreds would tie each to all
_TIE = TIES[Kind.VOICE]

_until = attrgetter("until")


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's time in a voice room, which has ended."""

    account: int
    room: int
    since: datetime
    until: datetime


def weight(minutes: int) -> int:
    """Return what a pair's whole minutes together on one day weigh."""
    return _TIE.weight * min(minutes // _TIE.minutes, _TIE.most)


def shared(new: Sequence[Stay], earlier: Sequence[Stay]) -> Iterator[tuple[Stay, Stay, int]]:
    """Yield (new stay, one that had ended before it was told, whole minutes that both lasted).

    `earlier` holds what ended before the first of `new`; of each new stay at most 50 pairs, those with most minutes.
    """
    rooms: dict[int, list[Stay]] = defaultdict(list)
    for stay in sorted(earlier, key=_until):
        rooms[stay.room].append(stay)
    for stay in new:
        with_it = []
        for other in reversed(rooms[stay.room]):
            if other.until <= stay.since:
                break
            together = min(stay.until, other.until) - max(stay.since, other.since)
            minutes = int(together.total_seconds()) // 60
            if minutes > 0 and other.account != stay.account:
                with_it.append((stay, other, minutes))
        yield from nlargest(MOST, with_it, key=lambda pair: pair[2])
        insort(rooms[stay.room], stay, key=_until)
